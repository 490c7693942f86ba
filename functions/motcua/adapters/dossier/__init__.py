"""Dossiers, their events and persons in DynamoDB, with the inbox, the search and the index of next checks."""
