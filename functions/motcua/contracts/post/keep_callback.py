"""What a postal partner posts: our webhook's body, version 1. Unknown fields are the partner's own affair."""

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from motcua.contracts.messages import ORDER_NUMBER
from motcua.contracts.model import Outward
from motcua.domain.post.parcel import PLACES, REASONS, known

if TYPE_CHECKING:
    from motcua.usecases.post.apply_parcel_event import CarrierReport


def _listed(words: frozenset[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


class ParcelCallback(BaseModel):
    """One event of one parcel. Null texts and odd fractions of a second are accepted: partners send both."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    carrier_system: str = Field(pattern=r"^[a-z0-9_]{1,60}$", description="Whose code list `code` belongs to")
    order_number: str = Field(min_length=3, max_length=40)
    code: str = Field(min_length=1, max_length=30, description="The carrier's own code, as it is")
    occurred_at: AwareDatetime
    place: str | None = Field(
        default=None, description=f"Of a delivery: {_listed(PLACES)}; another word is kept with the raw report alone"
    )
    reason: str | None = Field(
        default=None,
        max_length=100,
        description=f"Of a failure: {_listed(REASONS)}; another word is kept with the raw report alone",
    )
    note: str | None = None

    @field_validator("code", mode="before")
    @classmethod
    def _code_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("place", "reason")
    @classmethod
    def _known_or_nothing(cls, value: str | None, field: ValidationInfo) -> str:
        """Return a known word or nothing: any other word might name a person or an address, and a report goes into events."""
        return known(value or "", PLACES if field.field_name == "place" else REASONS)

    def to_domain(self) -> "CarrierReport":
        from motcua.usecases.post.apply_parcel_event import CarrierReport  # noqa: PLC0415 - the webhook only keeps the call

        at: datetime = self.occurred_at
        return CarrierReport(self.carrier_system, self.order_number, self.code, at, self.place or "", self.reason or "")


def report_of(body: str) -> "CarrierReport | None":
    """Return the report in a callback's body; None when it cannot be read."""
    try:
        return ParcelCallback.model_validate_json(body).to_domain()
    except ValidationError:
        return None


def order_number_of(body: bytes) -> str:
    """Return the order number in a callback's body; empty when it cannot be read or is none of ours."""
    try:
        named = json.loads(body)["order_number"]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return ""
    return named if isinstance(named, str) and re.fullmatch(ORDER_NUMBER, named) else ""


class CallbackKept(Outward):
    """The call is kept. The answer is the same for a call that came before: do not send it again."""

    outcome: str = "kept"
