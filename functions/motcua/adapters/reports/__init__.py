"""Facts, daily counters and published reports in DynamoDB."""
