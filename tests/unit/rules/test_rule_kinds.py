"""The kinds of rules: those marked as applied are read by some module, and those that nothing reads are not marked."""

import ast
from pathlib import Path

import pytest
from pydantic import ValidationError

from motcua.contracts.rules.kinds import value_model
from motcua.contracts.rules.rule import RuleModel, RuleView
from motcua.domain.rules.kinds import KINDS
from tests.kit.rule_samples import shipped

ROOT = Path(__file__).parents[3]
TELL_ONLY = {"kinds", "names", "values"}
"""Modules that know kinds without applying them."""


def names_read() -> set[str]:
    """Return every name that a module of the system uses, other than by importing it."""
    read: set[str] = set()
    for path in (ROOT / "functions").rglob("*.py"):
        if path.stem not in TELL_ONLY:
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            read |= {
                node.id if isinstance(node, ast.Name) else node.attr
                for node in nodes
                if isinstance(node, ast.Name | ast.Attribute)
            }
    return read


READ = names_read()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_applied_exactly_when_something_reads_what_it_says(kind: str) -> None:
    known = KINDS[kind]
    assert (known.value.__name__ in READ) == known.applied
    if known.applied:
        assert set(value_model(kind).model_fields) <= READ, "nobody enters what nothing reads"


def test_the_documents_name_the_kinds_that_are_not_applied_yet() -> None:
    told = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    (line,) = [line for line in told.splitlines() if "not applied yet" in line]
    named = {kind for kind in KINDS if f"`{kind}`" in line}
    assert named == {kind for kind, known in KINDS.items() if not known.applied}
    assert "`applied`" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_whoever_reads_a_rule_is_told_whether_it_is_applied() -> None:
    assert RuleView.of(shipped("post-attempts")).applied is False
    assert RuleView.of(shipped("target-departments")).applied is True
    assert "chưa áp dụng" in str(RuleView.model_fields["applied"].description)
    assert "applied" not in RuleModel.model_fields, "it follows from the kind"


@pytest.mark.parametrize("value", [{"share": "1/2", "year": "reporting"}, {"share": "1/2", "year": "2020"}])
def test_a_target_over_a_year_that_no_report_counts_is_refused(value: dict[str, str]) -> None:
    assert value_model("target").model_validate(value | {"year": "calendar"})
    with pytest.raises(ValidationError):
        value_model("target").model_validate(value)


def test_a_day_that_nothing_applies_on_is_not_needed() -> None:
    """A required kind must be read somewhere, or the registry would refuse an annulment for no reason."""
    assert all(known.applied for known in KINDS.values() if known.needed)
