"""The plan of the demo: when each dossier comes, by which channel, how long it takes and how its result goes out.

Everything is drawn from one seed, so that two runs follow the same plan. The shapes follow public figures: 85 % early,
13.5 % on time, 1 % late; peaks at 07:30–09:30 and before 15:00.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from infra.demo.actors import Agency
from infra.registry.seed import registry_entries
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.entry import EntryKind
from motcua.domain.rules.rule_book import RuleBook

REFUSED_BECAUSE = "Thiếu bản chính theo thành phần hồ sơ (ví dụ)"

FIRST, LAST_RECEIPT, END = date(2020, 4, 23), date(2020, 5, 31), date(2020, 6, 3)
SEED = 1313

Row = dict[str, Any]


@dataclass(slots=True)
class Step:
    """What somebody does with a dossier, not before `at`.

    `who` is a role at the dossier's own unit (`clerk`, `officer`, `head`), a person elsewhere (`officer@stp`) or
    `portal`. The dossier is found in the inbox of the unit `inbox` in a status. Without an inbox it is opened by itself,
    and must be in that status unless the status is 0. With `whenever`, it is done at the end of the half day in which
    it became possible.
    """

    at: datetime
    who: str
    act: str
    inbox: str = ""
    status: int = 0
    body: Row | Callable[[Row], Row] = field(default_factory=dict)
    whenever: bool = False


@dataclass(slots=True)
class Case:
    """One dossier of the demo: what is planned for it, and what the system has answered so far.

    Fields that an incident (`infra.demo.incidents`) changes have defaults. `ends_at`: no step of the plain plan comes
    later. `outstanding`: what the dossier still waits for, on purpose, when the demo ends.
    """

    index: int
    agency: Agency
    procedure: str
    channel_in: str
    channel_out: str
    arrives_at: datetime
    accept_at: datetime | None  # online only
    refused: bool
    chooses_post_late: bool
    take_over_at: datetime
    resolve_at: datetime
    fetch_after: timedelta
    days: float = 3
    counted_in_days: bool = True
    incident: str = ""
    way: str = "receipt"  # or "transitional", or "refusal" at the counter
    at_intake: Row = field(default_factory=dict)
    received_on: date | None = None
    ends_at: datetime | None = None
    outstanding: str = ""
    paper_at: datetime | None = None
    extra: list[Step] = field(default_factory=list)
    id: str = ""
    steps: list[Step] = field(default_factory=list)
    clock: datetime | None = None

    def __hash__(self) -> int:
        return self.index

    @property
    def received_at(self) -> datetime:
        """The planned time of receipt."""
        return self.accept_at or self.arrives_at

    def person(self, who: str) -> str:
        """Return `role@unit`, or the portal."""
        unit = self.agency.one_stop_id if who == "clerk" else self.agency.id
        return who if "@" in who or who == "portal" else f"{who}@{unit}"


def steps_of(case: Case) -> list[Step]:
    """Return all steps planned for a dossier after its receipt: the plain plan, and what its incident adds."""
    one_stop, agency, plain = case.agency.one_stop_id, case.agency.id, list[Step]()
    if case.accept_at and case.refused:
        return [Step(case.accept_at, "clerk", "refusal", one_stop, 1, {"reason": REFUSED_BECAUSE})]
    if case.accept_at:
        plain.append(Step(case.accept_at, "clerk", "acceptance", one_stop, 1, case.at_intake))
    plain.append(Step(case.take_over_at, "officer", "takeover", agency, 4))
    plain.append(Step(case.resolve_at, "officer", "resolution", agency, 4))
    plain.append(Step(case.resolve_at + case.fetch_after, "clerk", "return", one_stop, 9))
    kept = [step for step in plain if case.ends_at is None or step.at <= case.ends_at]
    return sorted([*kept, *case.extra], key=lambda step: step.at)


def calendar() -> WorkingCalendar:
    """Return the shipped calendar, with the hours that everybody keeps."""
    entries = registry_entries()
    rules = RuleBook(tuple(entry.thing for entry in entries if entry.kind is EntryKind.RULE))
    years = WorkingCalendar.of((entry.thing, entry.version) for entry in entries if entry.kind is EntryKind.CALENDAR)
    return years.with_hours(*rules.hours(FIRST, None))


def plan(agencies: list[Agency], dossiers: int) -> list[Case]:
    """Spread `dossiers` cases over the agencies, departments first, and over the working days of the period."""
    draw, days = random.Random(SEED), calendar()  # noqa: S311 - a story, not a secret
    weights = [3.0 if agency.one_stop_id == "mc-tinh" else 1.6 if agency.id[0] == "h" else 1.0 for agency in agencies]
    cases = [_case(index, draw.choices(agencies, weights)[0], draw, days) for index in range(dossiers)]
    cases[-1] = _last_evening(cases[-1])
    return cases


def _case(index: int, agency: Agency, draw: random.Random, days: WorkingCalendar) -> Case:
    service = draw.choice(agency.procedures)
    channel_in = draw.choices(("counter", "online", "post"), (55, 33, 12 * service.by_post))[0]
    arrives_at = _moment(_working_day(draw, days), draw)
    accept_at = days.add_hours(arrives_at, timedelta(hours=draw.uniform(0.3, 3))) if channel_in == "online" else None
    received_at = accept_at or arrives_at
    take_over_at = days.add_hours(received_at, timedelta(hours=draw.uniform(1, 6)))
    share = draw.choices((draw.uniform(0.25, 0.8), 1.0, 1.4), (85, 13.5, 1.5))[0]
    resolve_at = days.add_hours(take_over_at, timedelta(hours=max(0.5, service.days * share * 8 - 6)))
    by_post = draw.random() < agency.post_share
    return Case(
        index=index,
        agency=agency,
        procedure=service.code,
        channel_in=channel_in,
        channel_out="post" if by_post else draw.choices(("counter", "online"), (85, 15))[0],
        arrives_at=arrives_at,
        accept_at=accept_at,
        refused=channel_in == "online" and draw.random() < 0.08,
        chooses_post_late=not by_post and draw.random() < 0.04,
        take_over_at=take_over_at,
        resolve_at=resolve_at,
        fetch_after=timedelta(hours=draw.choice((2, 18, 26, 50, 74))),
        days=service.days,
        counted_in_days=service.counted_in_days,
    )


def _working_day(draw: random.Random, days: WorkingCalendar) -> date:
    span = (LAST_RECEIPT - FIRST).days
    while True:
        day = FIRST + timedelta(days=draw.randrange(span))
        if days.is_working_day(day):
            return day


def _moment(day: date, draw: random.Random) -> datetime:
    hour = draw.choices((7.5, 8.5, 9.5, 10.5, 13.5, 14.5, 15.5), (24, 22, 12, 8, 12, 14, 8))[0] + draw.random()
    seconds = int(hour * 3600)
    return datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60), LOCAL)


def _last_evening(case: Case) -> Case:
    """Make the case the last receipt of the period: submitted on Sunday 31 May 2020, accepted by the clerk on duty."""
    case.channel_in, case.refused = "online", False
    case.arrives_at = datetime.combine(LAST_RECEIPT, time(9, 5), LOCAL)
    case.accept_at = datetime.combine(LAST_RECEIPT, time(10, 15), LOCAL)
    case.take_over_at = datetime.combine(date(2020, 6, 1), time(8), LOCAL)
    case.resolve_at = datetime.combine(date(2020, 6, 2), time(14), LOCAL)
    return case


def half_days() -> list[datetime]:
    """Return the ends of the half days by which the demo advances: noon and 18:00 of each day."""
    days = [FIRST + timedelta(days=n) for n in range((END - FIRST).days + 1)]
    return [datetime.combine(day, at, LOCAL) for day in days for at in (time(12), time(18))]
