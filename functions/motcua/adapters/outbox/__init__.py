"""The transactional outbox: messages that a queue must still carry, and the queues."""
