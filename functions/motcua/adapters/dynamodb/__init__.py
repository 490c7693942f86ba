"""What every DynamoDB adapter shares: keys, items, records, cursors, transactions."""
