"""The environments in `.venv/`, and the locks they are made from."""
