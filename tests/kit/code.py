"""The functions' code as data: its modules, what each imports, and the syntax tree of each."""

import ast
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2] / "functions"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
}
"""Dotted name → file, of every module that Lambda runs."""

HANDLERS = [name for name in MODULES if name.startswith("handlers.")]


@functools.cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def routes(handler: str) -> Mapping[str, str]:
    """The table that a handler mounts, as it is written; empty for one that serves no HTTP."""
    for node in tree(handler).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROUTES":
            table: Mapping[str, str] = ast.literal_eval(node.value)
            return table
    return {}


def imports(module: str) -> Iterator[str]:
    """Every module that `module` imports: `motcua.domain.dossier.dossier`, `json`, `botocore.session`.

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
    """`domain` for motcua.domain.dossier.dossier, `http` for motcua.edge.http, `handlers` for handlers.x; empty for the world."""
    first, _, rest = module.partition(".")
    if first != "motcua":
        return "handlers" if first == "handlers" else ""
    return rest.partition(".")[0] or "motcua"
