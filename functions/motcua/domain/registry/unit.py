"""Units of the administration: who receives, who processes, and who succeeded whom."""

from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum

from motcua.domain.record import dataclass


class UnitKind(StrEnum):
    """The kinds of units.

    A `department_unit` counts in its parent; `vertical` agencies (police, tax, social insurance) are under no target.
    """

    PROVINCE = "province"
    DEPARTMENT = "department"
    DEPARTMENT_UNIT = "department_unit"
    DISTRICT = "district"
    COMMUNE = "commune"
    ONE_STOP = "one_stop"
    VERTICAL = "vertical"


class Level(StrEnum):
    """The administrative level at which a procedure is received."""

    PROVINCE = "tinh"
    DISTRICT = "huyen"
    COMMUNE = "xa"


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A former state of a unit, until the day `last`, included: everything that an order may change from a day on."""

    last: date
    kind: UnitKind
    level: Level
    name_vi: str
    short_name_vi: str
    parent_id: str
    identifier: str
    identifier_is_sample: bool
    serves: tuple[str, ...] = ()


DATED = tuple(field.name for field in fields(FormerUnit) if field.name != "last")
"""The fields of a unit that change from a day on and whose former values stay on record."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of one administrative level, from `valid_from` to `valid_to`, both included.

    `serves` is filled for one-stop units: the agencies whose counters they are. `successor_ids` name the successors of
    a unit that ended; the rules of the reorganisation tell to which of them a dossier goes. `former` holds its former
    states, oldest first; use `on` for its state on a day.
    """

    id: str
    kind: UnitKind
    level: Level
    name_vi: str
    short_name_vi: str
    gso_code: str
    parent_id: str
    identifier: str
    identifier_is_sample: bool
    valid_from: date
    valid_to: date | None = None
    serves: tuple[str, ...] = ()
    successor_ids: tuple[str, ...] = ()
    evidence: str = ""
    former: tuple[FormerUnit, ...] = ()

    def on(self, day: date) -> "Unit":
        """Return the unit as it stood on `day`, without its past."""
        if not self.former:
            return self
        then = next((each for each in self.former if day <= each.last), self)
        return replace(self, former=(), **{name: getattr(then, name) for name in DATED})

    def span(self, day: date) -> tuple[date, date | None]:
        """Return the first and last day of the unit's state on `day`; None when no last day is known."""
        lasts = [each.last for each in self.former]
        began = max((last for last in lasts if last < day), default=None)
        first = self.valid_from if began is None else began + timedelta(days=1)
        return first, min((last for last in lasts if last >= day), default=self.valid_to)

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def ended_before(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

    def existed_within(self, first: date, last: date) -> bool:
        """Whether the unit existed on any day from `first` to `last`."""
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)

    def ended(self, effective: date, successor_ids: tuple[str, ...]) -> "Unit":
        """Return the unit ended by the passing of its work to others on the day `effective`; known successors stay."""
        after, last = tuple(dict.fromkeys((*self.successor_ids, *successor_ids))), effective - timedelta(days=1)
        past = tuple(each for each in self.former if each.last < last)  # later states never come to pass
        return replace(self.on(last), former=past, valid_to=last, successor_ids=after)

    @property
    def is_provincial_centre(self) -> bool:
        """Whether this is the provincial centre: the one-stop unit of the departments, not of one committee."""
        return self.kind is UnitKind.ONE_STOP and self.level is Level.PROVINCE

    @property
    def committee_id(self) -> str:
        """The committee that this one-stop unit serves; empty for the provincial centre."""
        return "" if self.is_provincial_centre or not self.serves else self.serves[0]
