"""The environments in `.venv/`, and the lock files they are made from."""
