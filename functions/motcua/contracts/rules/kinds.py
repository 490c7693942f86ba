"""The values of each kind of rule on the wire: the domain's own record, field by field, with its bounds."""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from datetime import date, time
from fractions import Fraction
from functools import cache
from itertools import pairwise
from re import fullmatch
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, Strict, ValidationError, create_model
from pydantic import Field as Bounds
from pydantic_core import PydanticCustomError, PydanticKnownError

from motcua.contracts.days import EARLIEST, LATEST
from motcua.contracts.faults import faults_of
from motcua.contracts.fields import Name
from motcua.contracts.model import Inward
from motcua.domain.errors import InvalidError
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.values import Span

_BOUNDS: dict[str, tuple[Any, Any]] = {
    "share": (0, 1),
    "working_day": (1, 20),
    "attempts": (1, 20),
    "days_kept": (1, 365),
    "weekdays": (1, 7),
    "working_hours": (1, 200),
    "at_intake": (0, 20),
    "during_appraisal": (0, 20),
    "days": (1, 365),
    "times": (0, 20),
    "latest_working_days_before": (0, 20),
    "warn_from": (0, 20),
    "after_days": (1, 365),
    "before": (EARLIEST, LATEST),
}
"""Least and most of the numbers and days that rules say."""

_WRITTEN: dict[type, tuple[str, str]] = {
    date: (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "YYYY-MM-DD"),
    time: (r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?", "HH:MM"),
    Fraction: (r"[0-9]{1,4}/[1-9][0-9]{0,3}|[01](\.[0-9]{1,6})?", "50/100"),
}
"""What is written as text, so that it means exactly that: as a binary number, 0.55 is a little more than 55/100."""


def value_of(kind: str, value: dict[str, Any], at: str) -> Any:
    """Return the value of a rule of this kind. Raises InvalidError, pointing into `at`, when the value does not fit the kind."""
    try:
        read = value_model(kind).model_validate(value)
    except ValidationError as error:
        raise InvalidError.of(faults_of(error, at)) from None
    return KINDS[kind].value(**{name: getattr(read, name) for name in type(read).model_fields})


def view_of(kind: str, value: Any) -> dict[str, Any]:
    """Return the value of a rule of this kind as plain JSON."""
    said = {field.name: getattr(value, field.name) for field in fields(value)}
    view: dict[str, Any] = value_model(kind).model_construct(**said).model_dump(mode="json")
    return view


@cache
def value_model(kind: str) -> type[BaseModel]:
    of = KINDS[kind].value
    known: dict[str, Any] = {field.name: (_bounded(field), _default(field)) for field in fields(of)}
    model: type[BaseModel] = create_model(of.__name__, __base__=Inward, __doc__=of.__doc__, **known)
    return model


def _bounded(field: "Field[Any]") -> Any:
    kind = _strict(field.type, _BOUNDS.get(field.name))
    return Annotated[kind, AfterValidator(_one_after_the_other)] if field.type == tuple[Span, ...] else kind


def _strict(kind: Any, bounds: tuple[Any, Any] | None) -> Any:
    """Return the type `kind` without pydantic's coercions: "yes" is no boolean and "3" no number."""
    if get_origin(kind) is tuple:
        within = tuple(each if each is Ellipsis else _strict(each, bounds) for each in get_args(kind))
        several = tuple.__class_getitem__(within)
        return (
            Annotated[several, Bounds(max_length=20), AfterValidator(_at_least_one)] if Ellipsis in within else several
        )
    if kind in _WRITTEN:
        kind = Annotated[kind, BeforeValidator(_as_written(*_WRITTEN[kind]))]
    elif kind in (bool, int):
        kind = Annotated[kind, Strict()]
    elif kind is str:
        kind = Name
    return Annotated[kind, Bounds(ge=bounds[0], le=bounds[1])] if bounds else kind


def _as_written(pattern: str, shown: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, str) or not fullmatch(pattern, value):
            raise PydanticKnownError("string_pattern_mismatch", {"pattern": shown})
        return value

    return check


def _at_least_one(several: tuple[Any, ...]) -> tuple[Any, ...]:
    """Raise for an empty list. `min_length` would count a wrong entry as missing, and report the same fault twice."""
    if not several:
        raise PydanticKnownError("too_short", {"field_type": "Tuple", "min_length": 1, "actual_length": 0})
    return several


def _one_after_the_other(intervals: tuple[Span, ...]) -> tuple[Span, ...]:
    """Raise for hours that close before they open, or overlap: a day would never end."""
    moments = [moment for span in intervals for moment in span]
    if any(before >= after for before, after in pairwise(moments)):
        raise PydanticCustomError("hours_out_of_order", "each opens after the former has closed")
    return intervals


def _default(field: "Field[Any]") -> Any:
    return ... if field.default is MISSING else field.default
