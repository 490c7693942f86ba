"""Entering rules and finding the one that applies."""
