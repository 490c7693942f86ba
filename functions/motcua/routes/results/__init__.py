"""The way out: the routes, one module for each use case."""
