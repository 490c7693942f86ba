"""The review of procedures (R4): the steps of each item, and how far a department has come."""
