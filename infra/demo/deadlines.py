"""Deadlines in the demo: one is shown step by step, and every suspended one is recounted minute by minute."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from rich.console import Console
from rich.panel import Panel

from infra.demo.office import CONTROLLER, Office
from infra.demo.plan import Case
from infra.demo.verdict import Row, Verdict, rows_of
from infra.registry.seed import DATA
from infra.stack.stack import Stack
from motcua.domain.local_time import LOCAL

HOURS = ((time(7), time(11, 30)), (time(13, 30), time(17)))
HOLIDAY = date(2020, 4, 30)
WENT_ON = (4, 9, 10)
"""Statuses after a suspension that ended, other than by refusal or withdrawal."""

SHORTEST, LONGEST = 5, 24
"""The number of steps of a trace that is worth showing."""


class Waited:
    """The dossiers that were suspended, and checks of their deadlines."""

    def __init__(self, stack: Stack, cases: list[Case]) -> None:
        rows = {row["id"]: row for row in rows_of(stack, "DossierTableName") if row.get("kind") == "dossier"}
        waited = [(case, rows[case.id]) for case in cases if rows[case.id].get("waits")]
        self._all = [(case, row) for case, row in waited if row.get("due_at") and row["status"] in WENT_ON]

    def show(self, console: Console, office: Office) -> None:
        """Print one deadline as staff and applicant read it: of a suspended dossier, if possible over a holiday."""
        told = max(self._traces(office), key=lambda each: _worth(each[1]), default=None)
        if told is None:
            return
        _, trace = told
        lines = [f"[bold]Hồ sơ {trace['number']}[/bold], thời hạn {trace['limit_vi']} ({trace['limit_en']})", ""]
        lines += [f"  {step['vi']}" for step in trace["steps"]]
        lines += ["", *dict.fromkeys(f"[dim]{rule['cited']}: {rule['vi']}[/dim]" for rule in trace["rules"])]
        lines += [f"[bold]{trace['note_vi']}[/bold] [dim]{trace['note_en']}[/dim]"]
        title = "Hạn trả tự giải thích · A deadline that explains itself: GET /dossiers/{id}/deadline"
        console.print(Panel("\n".join(lines), title=title, title_align="left"))

    def _traces(self, office: Office) -> Iterator[tuple[Case, Row]]:
        """Yield the traces of the first few dossiers that were received before the holidays."""
        early = [(case, row) for case, row in self._all if case.way == "receipt" and case.received_at.date() < HOLIDAY]
        for case, _ in (early or self._all)[:8]:
            yield case, office.get(CONTROLLER, f"/dossiers/{case.id}/deadline")

    def recounted(self) -> Verdict:
        """Check that each dossier is due when a naive count says so."""
        counted = [
            (case, row)
            for case, row in self._all
            if case.counted_in_days and case.days >= 1 and case.days == int(case.days)
        ]
        wrong = [row["number"] for case, row in counted if _due(case, row) != datetime.fromisoformat(row["due_at"])]
        return Verdict(
            "Hạn trả của hồ sơ từng chờ bằng số đếm lại từng phút",
            "the due date of each dossier that waited equals a naive count, minute by minute",
            bool(counted) and not wrong,
            f"{len(counted)} hồ sơ (dossiers), {len(wrong)} sai (wrong) {', '.join(wrong)}",
        )


def _worth(trace: Row) -> tuple[bool, bool, int]:
    kinds = {step["kind"] for step in trace["steps"]}
    return SHORTEST <= len(trace["steps"]) <= LONGEST, not trace["differs"], len(kinds)


def counted_naively(received_at: datetime, days: int, waits: list[Row]) -> datetime:
    """Count `days` working days from receipt.

    A suspension restarts the count, or adds the working time that it took.
    """
    due = _days_after(received_at, days)
    for wait in waits:
        since, until = (datetime.fromisoformat(wait[name]) for name in ("since", "until"))
        due = _days_after(until, days) if wait.get("restarts") else _forward(due, _worked(since, until))
    return due


def _due(case: Case, row: Row) -> datetime:
    return counted_naively(datetime.fromisoformat(row["received_at"]), int(case.days), row["waits"])


def _days_after(moment: datetime, days: int) -> datetime:
    here = moment.astimezone(LOCAL)
    while not _works(here):
        here += _step(here)
    day = here.date()
    while days:
        day += timedelta(days=1)
        days -= _is_worked(day)
    return datetime.combine(day, here.timetz())


def _worked(since: datetime, until: datetime) -> timedelta:
    here, worked = since.astimezone(LOCAL), timedelta()
    while here < until:
        step = min(_step(here), until - here)
        worked += step * _works(here)
        here += step
    return worked


def _forward(moment: datetime, length: timedelta) -> datetime:
    here = moment
    while length:
        step = min(_step(here), length) if _works(here) else _step(here)
        length -= step * _works(here)
        here += step
    return here


def _step(here: datetime) -> timedelta:
    """Return the time to the next whole minute. Working hours begin and end on whole minutes."""
    return timedelta(seconds=60 - here.second)


def _works(moment: datetime) -> bool:
    here = moment.astimezone(LOCAL)
    return any(begin <= here.time() < end for begin, end in HOURS) and _is_worked(here.date())


def _is_worked(day: date) -> bool:
    announced = _announced().get(day.isoformat())
    return day.weekday() < 5 if announced is None else announced == "makeup_workday"


@cache
def _announced() -> dict[str, str]:
    with (DATA / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return {row["date"]: row["kind"] for row in csv.DictReader(file)}
