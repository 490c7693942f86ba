"""The target report: each agency's month and year to date against its dated target."""

import re
from datetime import date, datetime, timedelta
from fractions import Fraction

from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import LOCAL
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.reports.target import Share
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import Closing, Target

_PERIOD = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])")

COUNTED = (UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE, UnitKind.VERTICAL)
"""Agencies with a line, in this order. Communes and vertical agencies have no target: the order states none."""


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar month, written `2020-05`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str, pointer: str = "/period") -> "Period":
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise InvalidError("malformed_period", pointer)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def before(cls, moment: datetime) -> "Period":
        """Return the last month that ended before `moment`, in local time."""
        last = moment.astimezone(LOCAL).date().replace(day=1) - timedelta(days=1)
        return cls(last.year, last.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Period":
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    def closes_at(self, rule: Closing, calendar: WorkingCalendar) -> datetime:
        """Return when the month is closed by `rule`: for April 2020, 6 May 2020 at 18:00."""
        after = self.following
        return datetime.combine(calendar.nth_working_day(after.year, after.month, rule.working_day), rule.at, LOCAL)


@dataclass(frozen=True, slots=True)
class Beside:
    """Figures of the month shown beside the ratio, never instead of it."""

    became_ready: int = 0
    registered_for_post: int = 0
    handed_to_post: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One agency's line of the report. `target` is None where no order states one.

    `year` includes the `opening` figures of the months before go-live; `opening` is None when none were entered.
    """

    agency_id: str
    agency_vi: str
    kind: UnitKind
    month: Share
    year: Share
    beside: Beside
    target: Fraction | None
    rule: str
    opening: OpeningFigure | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the year to date, which the order measures, reaches the target; None without a target or results."""
        return None if self.target is None else self.year.reaches(self.target)

    @property
    def missing(self) -> int | None:
        return None if self.target is None else self.year.missing(self.target)


def line(
    agency: Unit,
    month: Share,
    own_year: Share,
    beside: Beside,
    rule: Rule[Target] | None,
    opening: OpeningFigure | None,
) -> Line:
    """Return the agency's line; `own_year` is what this system has counted itself."""
    year = own_year + opening.share if opening else own_year
    return Line(
        agency_id=agency.id,
        agency_vi=agency.name_vi,
        kind=agency.kind,
        month=month,
        year=year,
        beside=beside,
        target=rule.value.share if rule else None,
        rule=rule.cited if rule else "",
        opening=opening,
    )


def year_first(period: Period) -> date:
    """Return the first day of the year to date: the calendar year's [ours; the reporting year is a later variant]."""
    return date(period.year, 1, 1)
