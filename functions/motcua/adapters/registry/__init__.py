"""The registry in DynamoDB: dated entries, their history, and the remembered reading of them."""
