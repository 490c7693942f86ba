"""Units as they cross the wire: what is entered, and what anybody reads of them on a day."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.persons import Inward, Outward, Text, readable
from motcua.contracts.rule_values import Name
from motcua.contracts.rules import Why
from motcua.domain.directory import Directory
from motcua.domain.unit import Level, Unit, UnitKind


def readable_or_empty(text: str) -> str:
    return readable(text) if text else ""


Line = Annotated[str, Field(max_length=200), AfterValidator(readable_or_empty)]
"""A line that may be empty: not known, or none."""


class UnitModel(Inward):
    """A unit, valid from `valid_from` to `valid_to`, both included; `serves` is for one-stop units."""

    id: Name = Field(examples=["skhdt"])
    kind: UnitKind
    level: Level
    name_vi: Text = Field(examples=["Sở Kế hoạch và Đầu tư"])
    short_name_vi: Line = ""
    gso_code: str = Field(default="", pattern=r"^[0-9]{0,5}$", description="2, 3 or 5 digits by level")
    parent_id: Name | Literal[""] = ""
    identifier: str = Field(default="", max_length=40, pattern=r"^([A-Z0-9]+(\.[A-Z0-9]+)*)?$")
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
    """The unit as it shall be. One that ends names its successors, or says that it has none."""

    unit: UnitModel
    no_successor: bool = Field(default=False, description="Nobody takes over: said on purpose, never by omission")
    why: Why


class UnitName(Outward):
    """A unit by its name."""

    id: str
    name_vi: str

    @classmethod
    def of(cls, unit_id: str, directory: Directory) -> "UnitName":
        return cls.model_construct(id=unit_id, name_vi=directory.name(unit_id))


class UnitView(Outward):
    """A unit as it stands on a day: what it is, whom it serves or is served by, and who came after it."""

    id: str
    kind: UnitKind
    level: Level
    name_vi: str
    short_name_vi: str | None
    gso_code: str | None
    parent: UnitName | None
    identifier: str | None
    identifier_is_sample: bool
    valid_from: date
    valid_to: date | None
    state: Literal["not_yet", "valid", "ended"] = Field(description="On the day that was asked for")
    successors: list[UnitName] = Field(description="Who came after a unit that ended")
    says_vi: str | None = Field(description="What to tell somebody who asks for a unit that is not valid that day")
    says_en: str | None
    serves: list[UnitName] = Field(description="Of a one-stop unit: the agencies whose counter it is")
    served_by: list[UnitName] = Field(description="The one-stop units that serve it that day")
    evidence: str | None

    @classmethod
    def of(cls, unit: Unit, directory: Directory, day: date) -> "UnitView":
        state = "ended" if unit.ended_before(day) else "valid" if unit.valid_on(day) else "not_yet"
        says_vi, says_en = _says(unit, state, directory)
        return cls.model_construct(
            id=unit.id,
            kind=unit.kind,
            level=unit.level,
            name_vi=unit.name_vi,
            short_name_vi=unit.short_name_vi or None,
            gso_code=unit.gso_code or None,
            parent=UnitName.of(unit.parent_id, directory) if unit.parent_id else None,
            identifier=unit.identifier or None,
            identifier_is_sample=unit.identifier_is_sample,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
            state=state,
            successors=[UnitName.of(each, directory) for each in unit.successor_ids],
            says_vi=says_vi,
            says_en=says_en,
            serves=[UnitName.of(each, directory) for each in unit.serves],
            served_by=[UnitName.of(each.id, directory) for each in directory.serving(unit.id, day)],
            evidence=unit.evidence or None,
        )


class UnitsView(Outward):
    """One page of the units, by id; the header `Link: …; rel="next"` opens the next page."""

    on: date
    total: int = Field(description="How many there are on all pages")
    units: list[UnitView]
    next_cursor: str | None


def _says(unit: Unit, state: str, directory: Directory) -> tuple[str | None, str | None]:
    if state == "valid":
        return None, None
    if state == "not_yet":
        first = f"{unit.valid_from:%d/%m/%Y}"
        return f"Hoạt động từ ngày {first}.", f"It begins on {first}."
    last, after = f"{unit.valid_to:%d/%m/%Y}", "; ".join(directory.name(each) for each in unit.successor_ids)
    ended_vi, ended_en = f"Kết thúc hoạt động ngày {last}; ", f"It ended on {last}; "
    if not after:
        return f"{ended_vi}chưa ghi nhận đơn vị kế tiếp.", f"{ended_en}no successor is recorded."
    return f"{ended_vi}việc được chuyển cho: {after}.", f"{ended_en}after it came: {after}."
