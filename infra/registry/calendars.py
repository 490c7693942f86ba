"""holidays.csv: the announced days off of each year, one row per day. An entry of the registry is one year's list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from infra.registry.cells import DAY, column
from infra.registry.table import Made, Reading, Said, Table
from motcua.contracts.deadline.change_calendar import CalendarDayModel
from motcua.domain.deadline.calendar_change import faults_of_days
from motcua.domain.deadline.working_calendar import CalendarDay, CalendarYear
from motcua.domain.errors import Fault
from motcua.domain.registry.entry import EntryKind


class Calendars(Table):
    """The table of days off. A new year is imported; different *days* for a known year are refused.

    Other days may move the due dates of open dossiers, so they go through the calendar change, which shows what moves.
    Names and evidence may differ.
    """

    name, file, kind = "calendars", "holidays.csv", EntryKind.CALENDAR
    vi, en = "lịch nghỉ", "days off"
    model = CalendarDayModel
    key = "date"
    columns = (column("date", DAY), column("kind"), column("name_vi"), column("evidence"))

    def gather(self, said: Sequence[Said], reading: Reading) -> dict[str, Made]:
        years: dict[int, list[Said]] = defaultdict(list)
        for each in said:
            years[each.record.date.year].append(each)
        made = {}
        for number, rows in sorted(years.items()):
            rows.sort(key=lambda each: each.record.date)
            year = CalendarYear(number, tuple(each.record for each in rows))
            for fault in faults_of_days(number, year.days):
                _, index, name = fault.pointer.strip("/").split("/")
                self.tell(reading.findings, rows[int(index)].row, replace(fault, pointer=f"/{name}"))
            made[str(number)] = Made(rows[0].row, year)
        return made

    def check(self, made: Mapping[str, Made], reading: Reading) -> None:
        for number, each in made.items():
            stored = reading.known.of(self.kind).get(number)
            if stored is not None and _kinds(stored.thing) != _kinds(each.thing):
                self.tell(reading.findings, each.row, Fault("calendar_differs", "/date", {"year": number}))

    def records(self, things: Iterable[CalendarYear]) -> Iterator[CalendarDay]:
        for year in sorted(things, key=lambda year: year.year):
            yield from year.days


def _kinds(year: CalendarYear) -> dict[date, str]:
    return {day.date: day.kind.value for day in year.days}
