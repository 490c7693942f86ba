"""HTTP routes, one module per audience and theme. A handler only mounts them."""
