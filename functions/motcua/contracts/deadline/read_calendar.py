"""A working calendar, as it is shown."""

from motcua.contracts.deadline.change_calendar import CalendarDayModel
from motcua.contracts.model import Outward
from motcua.domain.deadline.working_calendar import CalendarYear
from motcua.domain.registry.entry import Entry


class CalendarView(Outward):
    """The announced days of a year; on all others Monday to Friday are worked. `version` counts the list's changes."""

    year: int
    version: int
    days: list[CalendarDayModel]

    @classmethod
    def of(cls, entry: Entry[CalendarYear]) -> "CalendarView":
        days = [CalendarDayModel.from_domain(day) for day in entry.thing.days]
        return cls.model_construct(year=entry.thing.year, version=entry.version, days=days)
