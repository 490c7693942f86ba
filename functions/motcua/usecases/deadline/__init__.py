"""Count deadlines, move them, and remind of them."""
