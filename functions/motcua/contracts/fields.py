"""Fields that many models share: text that can be read, names, codes, reasons, amounts; and the request that has none."""

from datetime import datetime, time
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field
from pydantic_core import PydanticCustomError

from motcua.contracts.days import EARLIEST, LATEST
from motcua.contracts.model import Inward
from motcua.domain import identity_numbers
from motcua.domain.local_time import LOCAL


def readable(text: str) -> str:
    """Return text that a person can read on paper, tidied: no control or format characters, and something left."""
    tidy = identity_numbers.name(text)
    if not tidy or not tidy.isprintable():
        raise PydanticCustomError("unreadable_text", "not readable text")
    return tidy


def readable_or_empty(text: str) -> str:
    """Return readable text, or nothing where nothing was given."""
    return readable(text) if text else ""


def _mobile(text: str) -> str:
    if phone := identity_numbers.mobile_phone(text):
        return phone
    raise PydanticCustomError("malformed_phone", "not a Vietnamese mobile number")


UnitId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$", examples=["mc-tinh"])]
ProcedureCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,40}$", examples=["2.000635"])]
Name = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]

Phone = Annotated[str, Field(max_length=20, examples=["0912345678"]), AfterValidator(_mobile)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(readable)]
LongText = Annotated[str, Field(max_length=600), AfterValidator(readable)]
Line = Annotated[str, Field(max_length=200), AfterValidator(readable_or_empty)]
"""A line that may be empty: not known, or none."""

Reason = Annotated[str, Field(min_length=5, max_length=500), AfterValidator(readable)]
Why = Annotated[str, Field(min_length=5, max_length=500), AfterValidator(readable)]
"""Every change of the registry says why."""

Amount = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000_000, examples=[100000])]
"""Whole đồng."""


class NoBody(Inward):
    """An empty body, or `{}`: the path says everything."""


StaffId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$", examples=["b1d7c6de-6a52-4f0e-9d7e-0a4c3c1f2e11"])
]  # fmt: skip
"""The identity provider's opaque id of a member of staff: never a name or an address."""


Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime.combine(EARLIEST, time(), LOCAL), le=datetime.combine(LATEST, time(), LOCAL)),
]
"""Of this century, so that it is a moment in every zone."""
