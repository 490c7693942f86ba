"""HTTP routes, one module per use case. A handler only mounts them."""
