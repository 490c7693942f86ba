"""What is sent about a ready result: one module for each command."""
