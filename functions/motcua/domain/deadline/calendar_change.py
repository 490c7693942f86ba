"""A change of the working calendar: proposed, previewed, then applied as the calendar's next version."""

from datetime import date

from motcua.domain.deadline.working_calendar import CalendarDay, CalendarYear
from motcua.domain.errors import Fault
from motcua.domain.record import dataclass
from motcua.domain.registry.legal_basis import LegalBasis


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """The proposed full list of a year's days.

    It replaces version `base_version` of that year (0 when there is none). `preview_job` finds what would move;
    `apply_job` is empty until a controller has applied the change.
    """

    id: str
    year: int
    base_version: int
    days: tuple[CalendarDay, ...]
    basis: LegalBasis
    preview_job: str
    apply_job: str = ""

    @property
    def proposed(self) -> CalendarYear:
        return CalendarYear(self.year, self.days)

    @property
    def new_version(self) -> int:
        return self.base_version + 1

    @property
    def cited(self) -> str:
        """The calendar version as an event names it, such as `2020.2`."""
        return f"{self.year}.{self.new_version}"


def faults_of_days(year: int, days: tuple[CalendarDay, ...]) -> list[Fault]:
    """Return what is wrong with a year's list.

    It may hold no day at all, a day of another year, a day twice, or a make-up day that is a working day anyway.
    """
    if not days:
        return [Fault("too_few", "/days", {"min_length": "1"})]
    faults, seen = [], set[date]()
    for index, day in enumerate(days):
        pointer = f"/days/{index}"
        if day.date.year != year:
            faults.append(Fault("day_of_another_year", f"{pointer}/date", {"year": str(year)}))
        if day.date in seen:
            faults.append(Fault("day_twice", f"{pointer}/date", {"day": day.date.isoformat()}))
        if day.kind == "makeup_workday" and day.date.weekday() < 5:
            faults.append(Fault("makeup_on_a_workday", f"{pointer}/kind", {"day": day.date.isoformat()}))
        seen.add(day.date)
    return faults
