"""Keep the system itself going."""
