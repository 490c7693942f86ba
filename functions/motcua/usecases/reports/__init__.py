"""Count facts, close months, enter opening figures."""
