"""The registry in DynamoDB: dated entries, their history, and a cache for reading them."""
