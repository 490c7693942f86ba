"""The functions' code as data: its modules, what each imports, and the layer and room in which each stands."""

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
    """Return the table that a handler mounts, as it is written; empty for one that serves no HTTP."""
    for node in tree(handler).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROUTES":
            table: Mapping[str, str] = ast.literal_eval(node.value)
            return table
    return {}


def imports(module: str) -> Iterator[str]:
    """Yield every module that `module` imports: `motcua.domain.event`, `json`, `botocore.session`.

    Inside functions too, and what a handler's table names, which is imported when a request asks for it.
    """
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
    """Return `domain` for motcua.domain.event, `handlers` for handlers.x, and nothing for what is not ours."""
    first, _, rest = module.partition(".")
    if first != "motcua":
        return "handlers" if first == "handlers" else ""
    return rest.partition(".")[0] or "motcua"


def room(module: str) -> str:
    """Return the folder in which a module stands, below `functions/motcua`: `domain/dossier/acts`, `domain`, `edge`.

    Nothing for handlers, for modules beside the layers, and for what is not ours.
    """
    if layer(module) in ("", "handlers") or module not in MODULES:
        return ""
    place = MODULES[module].parent.relative_to(ROOT / "motcua").as_posix()
    return "" if place == "." else place


def arrows() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return which room knows which inside one layer, and by which imports: (from, to) → [(module, imported)]."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for module in MODULES:
        for known in sorted(set(imports(module))):
            here, there = room(module), room(known)
            if here and there and here != there and layer(module) == layer(known):
                found.setdefault((here, there), []).append((module, known))
    return found


def modules_in(place: str) -> list[str]:
    """Return the modules that stand in a room itself, without those of the rooms inside it."""
    return [module for module in MODULES if room(module) == place and MODULES[module].name != "__init__.py"]
