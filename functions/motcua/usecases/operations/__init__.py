"""What keeps the system itself going."""
