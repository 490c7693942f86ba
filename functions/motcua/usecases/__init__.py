"""One module per use case: check the rules, decide, write one transaction. HTTP and queues call the same functions."""
