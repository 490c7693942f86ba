"""What is sent to the one-stop unit's counter: one module for each command."""
