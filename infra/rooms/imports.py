"""The functions' code as data: its modules, their imports, and the layer and room of each."""

import ast
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "functions"
MODULES: Mapping[str, Path] = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
"""Dotted name → file, of every module that Lambda runs."""


@functools.cache
def tree(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def routes(handler: str) -> Mapping[str, str]:
    """Return the table that a handler mounts, as written. It is empty for a handler without HTTP."""
    for node in tree(handler).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROUTES":
            table: Mapping[str, str] = ast.literal_eval(node.value)
            return table
    return {}


@functools.cache
def imports(module: str) -> tuple[str, ...]:
    """Return every module that `module` imports: `motcua.domain.event`, `json`, `botocore.session`.

    It includes imports inside functions, and the modules in a handler's table, which are imported when a request needs
    them.
    """
    return tuple(_imports(module))


def _imports(module: str) -> Iterator[str]:
    if layer(module) == "handlers":
        yield from dict.fromkeys(f"motcua.routes.{place.partition(':')[0]}" for place in routes(module).values())
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{module} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def layer(module: str) -> str:
    """Return `domain` for motcua.domain.event, `handlers` for handlers.x, an empty text for foreign modules."""
    first, _, rest = module.partition(".")
    if first != "motcua":
        return "handlers" if first == "handlers" else ""
    return rest.partition(".")[0] or "motcua"


def room(module: str) -> str:
    """Return the folder of a module below `functions/motcua`: `domain/dossier/acts`, `domain`, `edge`.

    It is empty for handlers, for modules beside the layers, and for modules that are not ours.
    """
    if layer(module) in ("", "handlers") or module not in MODULES:
        return ""
    place = MODULES[module].parent.relative_to(ROOT / "motcua").as_posix()
    return "" if place == "." else place


def arrows() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return which room imports which within one layer, and how: (from, to) → [(module, imported)]."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for module in MODULES:
        for known in sorted(set(imports(module))):
            here, there = room(module), room(known)
            if here and there and here != there and layer(module) == layer(known):
                found.setdefault((here, there), []).append((module, known))
    return found


def modules_in(place: str) -> list[str]:
    """Return the modules directly in a room, without those of the rooms inside it."""
    return [module for module in MODULES if room(module) == place and MODULES[module].name != "__init__.py"]
