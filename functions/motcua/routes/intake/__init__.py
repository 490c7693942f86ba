"""Up to the receipt: the routes, one module for each use case."""
