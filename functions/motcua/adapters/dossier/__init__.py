"""Dossiers, their events and persons in DynamoDB; the inbox, the search and the index of deadlines that are made of them."""
