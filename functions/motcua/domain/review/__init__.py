"""The review of procedures (R4): each item's steps, and how far a department has come."""
