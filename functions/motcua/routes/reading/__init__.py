"""Reading dossiers: the routes, one module for each use case."""
