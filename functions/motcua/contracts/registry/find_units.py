"""Units as anybody reads them: as they stand on a day, whom they serve, and who came after them."""

from datetime import date
from typing import Literal

from pydantic import Field

from motcua.contracts.model import Outward
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.unit import Level, Unit, UnitKind


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
    since: date = Field(
        description="The first day on which it stands like this; before, it was called or was otherwise"
    )
    until: date | None = Field(description="The last such day; null = none is known. Ask for the day after to read on")
    state: Literal["not_yet", "valid", "ended"] = Field(description="On the day that was asked for")
    successors: list[UnitName] = Field(description="Who came after a unit that ended")
    says_vi: str | None = Field(description="What to tell somebody who asks for a unit that is not valid that day")
    says_en: str | None
    serves: list[UnitName] = Field(description="Of a one-stop unit: the agencies whose counter it is")
    served_by: list[UnitName] = Field(description="The one-stop units that serve it that day")
    evidence: str | None

    @classmethod
    def of(cls, unit: Unit, directory: Directory) -> "UnitView":
        """Return the unit, with its full history, as it stands on the day of `directory`."""
        day = directory.day
        since, until = unit.span(day)
        unit = unit.on(day)
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
            since=since,
            until=until,
            state=state,
            successors=[UnitName.of(each, directory) for each in unit.successor_ids],
            says_vi=says_vi,
            says_en=says_en,
            serves=[UnitName.of(each, directory) for each in unit.serves],
            served_by=[UnitName.of(each.id, directory) for each in directory.serving(unit.id)],
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
