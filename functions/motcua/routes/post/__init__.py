"""From the postal partner: the routes, one module for each use case."""
