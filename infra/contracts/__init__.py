"""The published contracts in `schemas/`, made from the code: the HTTP API, the queues' messages, the webhook, the report."""
