"""Units, procedures and carriers: who receives, who processes, what may be asked for, who delivers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class UnitKind(StrEnum):
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
class Unit:
    """A unit of the administration, of one administrative level.

    `serves` is filled for one-stop units: the agencies whose counters they are.
    """

    id: str
    name_vi: str
    short_name_vi: str
    kind: UnitKind
    parent_id: str
    identifier: str
    identifier_is_sample: bool
    level: Level
    valid_from: date
    valid_to: date | None = None
    serves: tuple[str, ...] = ()

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def existed_within(self, first: date, last: date) -> bool:
        """Whether it existed on any day from `first` to `last`."""
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)

    @property
    def is_provincial_centre(self) -> bool:
        """The provincial centre is the one-stop unit of the departments, not of one committee."""
        return self.kind is UnitKind.ONE_STOP and self.level is Level.PROVINCE

    @property
    def committee_id(self) -> str:
        """The committee whose counter this one-stop unit is; empty for the provincial centre."""
        return "" if self.is_provincial_centre or not self.serves else self.serves[0]


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long the processing may take. 0 is the same day; half a day is 4 working hours."""

    count: Decimal
    unit: str  # working_day, calendar_day, hour


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure (thủ tục hành chính) as published. `agency_id` is set where a department issues the result."""

    code: str
    name_vi: str
    field_vi: str
    levels: frozenset[Level]
    agency_id: str
    counts_in_department: bool
    limit: TimeLimit | None
    fee_vnd: int | None
    post_in: bool | None
    post_out: bool | None
    components_vi: tuple[str, ...]
    published: bool

    @property
    def offers_post(self) -> bool:
        """Return by post is offered unless the published list says no; not known = offered, as a sample."""
        return self.post_out is not False


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier of results. Only a *public* postal service counts towards the target (Decision 45/2016)."""

    id: str
    name_vi: str
    public_postal_service: bool
    valid_from: date
    document: str = ""
