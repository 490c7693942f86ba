"""The ports on AWS: DynamoDB, SQS, Secrets Manager, and the postal partner's HTTP interface."""
