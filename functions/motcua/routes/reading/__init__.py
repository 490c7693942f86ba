"""What is read of dossiers: the routes, one module for each use case."""
