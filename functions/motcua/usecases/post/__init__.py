"""Orders to the postal partner, and its callbacks."""
