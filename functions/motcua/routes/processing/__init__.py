"""At the processing agency: the routes, one module for each use case."""
