"""Units as they are entered and changed. The views of units are in `find_units`."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.fields import Line, Name, Text, Why
from motcua.contracts.model import Inward
from motcua.domain.registry.unit import Level, Unit, UnitKind

NameOrNone = Name | Literal[""]
Identifier = Annotated[str, Field(max_length=40, pattern=r"^([A-Z0-9]+(\.[A-Z0-9]+)*)?$")]


class UnitModel(Inward):
    """A unit, valid from `valid_from` to `valid_to`, both included; `serves` is for one-stop units."""

    id: Name = Field(examples=["skhdt"])
    kind: UnitKind
    level: Level
    name_vi: Text = Field(examples=["Sở Kế hoạch và Đầu tư"])
    short_name_vi: Line = ""
    gso_code: str = Field(default="", pattern=r"^[0-9]{0,5}$", description="2, 3 or 5 digits by level")
    parent_id: NameOrNone = ""
    identifier: Identifier = ""
    identifier_is_sample: bool = False
    valid_from: Day
    valid_to: Day | None = None
    serves: list[Name] = Field(default=[], max_length=200)
    successor_ids: list[Name] = Field(default=[], max_length=200)
    evidence: Line = ""

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise PydanticCustomError("ends_before_it_begins", "ends before it begins", {"field": "valid_to"})
        return self

    def to_domain(self) -> Unit:
        named: dict[str, Any] = {name: getattr(self, name) for name in UnitModel.model_fields}
        return Unit(**named | {"serves": tuple(self.serves), "successor_ids": tuple(self.successor_ids)})

    @classmethod
    def from_domain(cls, unit: Unit) -> "UnitModel":
        named: dict[str, Any] = {name: getattr(unit, name) for name in cls.model_fields}
        return cls.model_construct(**named | {"serves": list(unit.serves), "successor_ids": list(unit.successor_ids)})


class EnterUnitRequest(Inward):
    """A new unit."""

    unit: UnitModel
    why: Why = Field(examples=["Thành lập theo quyết định của UBND tỉnh"])


class ChangeUnitRequest(Inward):
    """The unit as it shall be. What an order changes of it, it changes from a day on; before that day it stays as it was.

    One that ends names its successors, or says that it has none. Where dossiers may lie it ends by a reorganisation.
    """

    unit: UnitModel
    changes_from: Day | None = Field(
        default=None,
        examples=["2021-03-01"],
        description="The day from which kind, level, names, parent, identifier or serves are as they are sent; needed when "
        "one of them changes. The first day of the present state (`since`) corrects that state as it was entered.",
    )
    no_successor: bool = Field(default=False, description="Nobody takes over: said on purpose, never by omission")
    why: Why
