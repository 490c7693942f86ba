"""The transactional outbox: what a queue must still carry, and the queues."""
