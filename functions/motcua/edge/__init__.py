"""The two edges, HTTP and SQS: requests and messages are read strictly, errors become answers."""
