"""Entered days are of this century, so that no day computed from them is outside the calendar."""

import pkgutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

import motcua.contracts
from motcua.contracts.days import EARLIEST, LATEST, Day
from motcua.contracts.model import Inward
from motcua.contracts.rules.kinds import value_model
from motcua.domain.rules.kinds import KINDS

for each in pkgutil.walk_packages(motcua.contracts.__path__, "motcua.contracts."):
    import_module(each.name)
import_module("infra.registry.kinds")
for kind in KINDS:
    value_model(kind)


def every(model: type[Any]) -> Iterator[type[Any]]:
    for narrower in model.__subclasses__():
        yield narrower
        yield from every(narrower)


DAYS: dict[str, TypeAdapter[Any]] = {
    f"{model.__name__}.{name}": TypeAdapter(field.rebuild_annotation())
    for model in every(Inward)
    for name, field in model.model_fields.items()
    if date in (field.annotation, *get_args(field.annotation))
    or any(date in get_args(inner) for inner in get_args(field.annotation))
}


def test_the_days_of_the_registry_are_looked_at() -> None:
    known = {"RuleModel.first", "RuleModel.last", "LegalBasisModel.date", "ReviewOrder.before", "UnitModel.valid_from"}
    known |= {"CalendarDayModel.date", "ReorganisationModel.effective", "DecisionModel.date"}
    assert known <= set(DAYS)


@pytest.mark.parametrize("field", sorted(DAYS))
@pytest.mark.parametrize("text", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_of_another_century_is_refused_wherever_it_is_entered(field: str, text: str) -> None:
    with pytest.raises(ValidationError):
        DAYS[field].validate_python(text)


@pytest.mark.parametrize("day", [EARLIEST, date(2020, 4, 23), LATEST])
def test_both_bounds_are_days(day: date) -> None:
    assert TypeAdapter(Day).validate_python(day.isoformat()) == day
