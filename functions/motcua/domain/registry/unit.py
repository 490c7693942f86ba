"""Units of the administration: who receives, who processes, who came after whom."""

from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum

from motcua.domain.record import dataclass


class UnitKind(StrEnum):
    """`department_unit` counts in its parent; `vertical` (police, tax, social insurance) is under no target."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    DEPARTMENT_UNIT = "department_unit"
    DISTRICT = "district"
    COMMUNE = "commune"
    ONE_STOP = "one_stop"
    VERTICAL = "vertical"


class Level(StrEnum):
    """Administrative level at which a procedure is received."""

    PROVINCE = "tinh"
    DISTRICT = "huyen"
    COMMUNE = "xa"


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """What a unit was until the day `last`, included: all of it that an order may change from a day on."""

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
"""What of a unit changes from a day on, and stays on record as it was before."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, of one administrative level, from `valid_from` to `valid_to`, both included.

    `serves` is filled for one-stop units: the agencies whose counters they are. `successor_ids` name who came after a
    unit that ended; which of them a matter goes to is said by the rules of the reorganisation. `former` is what it was
    before, oldest first; who asks about a day asks what it was `on` that day.
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
        """The unit as it stood on `day`, and no more of its past."""
        if not self.former:
            return self
        then = next((each for each in self.former if day <= each.last), self)
        return replace(self, former=(), **{name: getattr(then, name) for name in DATED})

    def span(self, day: date) -> tuple[date, date | None]:
        """The first and the last day on which it stands as it does on `day`; None = no last day is known."""
        lasts = [each.last for each in self.former]
        began = max((last for last in lasts if last < day), default=None)
        first = self.valid_from if began is None else began + timedelta(days=1)
        return first, min((last for last in lasts if last >= day), default=self.valid_to)

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def ended_before(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

    def existed_within(self, first: date, last: date) -> bool:
        """Whether it existed on any day from `first` to `last`."""
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)

    def ended(self, effective: date, successor_ids: tuple[str, ...]) -> "Unit":
        """This unit as it stands when its work passes to others on the day `effective`; successors that are known stay."""
        after, last = tuple(dict.fromkeys((*self.successor_ids, *successor_ids))), effective - timedelta(days=1)
        past = tuple(each for each in self.former if each.last < last)  # what it would have become, it never was
        return replace(self.on(last), former=past, valid_to=last, successor_ids=after)

    @property
    def is_provincial_centre(self) -> bool:
        """The provincial centre is the one-stop unit of the departments, not of one committee."""
        return self.kind is UnitKind.ONE_STOP and self.level is Level.PROVINCE

    @property
    def committee_id(self) -> str:
        """The committee whose counter this one-stop unit is; empty for the provincial centre."""
        return "" if self.is_provincial_centre or not self.serves else self.serves[0]
