"""Records are made late: a frozen class with slots comes from `motcua.domain.record`, not from the standard library."""

import ast

from tests.kit.code import MODULES, tree

LATE = "dataclass(frozen=True, slots=True)"
EVERY_RECORD_TAKES = {"default", "default_factory"}


def test_every_frozen_class_with_slots_is_made_late() -> None:
    offenders = []
    for module in MODULES:
        imported = {
            alias.asname or alias.name: node.module
            for node in ast.walk(tree(module))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(tree(module)):
            if not isinstance(node, ast.ClassDef) or _needs_the_standard_one(node):
                continue
            made = [ast.unparse(each) for each in node.decorator_list]
            if f"dataclasses.{LATE}" in made or (LATE in made and imported.get("dataclass") == "dataclasses"):
                offenders.append(f"{module}.{node.name}")
    assert offenders == []


def _needs_the_standard_one(node: ast.ClassDef) -> bool:
    """Whether a field is hidden from `repr` or comparison, which records cannot do."""
    return any(
        isinstance(each, ast.Call)
        and ast.unparse(each.func).endswith("field")
        and {keyword.arg for keyword in each.keywords} - EVERY_RECORD_TAKES
        for each in ast.walk(node)
    )
