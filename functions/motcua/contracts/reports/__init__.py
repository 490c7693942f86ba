"""The target report, the facts under its numbers, and opening figures."""
