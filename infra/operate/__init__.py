"""The operator's commands: up, down, close, redrive, replay, sweep."""
