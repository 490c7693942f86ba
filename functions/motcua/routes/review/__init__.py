"""The review of procedures (R4): the routes, one module for each use case."""
