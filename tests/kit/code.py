"""The functions' code as data, for the tests of its shape."""

from infra.rooms.imports import MODULES, ROOT, imports, layer, routes, tree

HANDLERS = [name for name in MODULES if name.startswith("handlers.")]

__all__ = ["HANDLERS", "MODULES", "ROOT", "imports", "layer", "routes", "tree"]
