"""Rules of every kind, as they are entered and shown."""
