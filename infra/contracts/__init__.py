"""The published contracts in `schemas/`, generated from the code: the HTTP API, queue messages, webhook and report."""
