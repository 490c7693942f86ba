"""Counting deadlines, moving them, and reminding of them."""
