"""The review of procedures (R4)."""
