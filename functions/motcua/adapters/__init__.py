"""What the ports look like on AWS: DynamoDB, SQS, Secrets Manager, the postal partner's HTTP interface."""
