"""The tools of the incidents: moments of working time, and ways to rework a planned dossier."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from infra.demo.actors import Agency, Service
from infra.demo.plan import Case
from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.local_time import LOCAL

BEFORE_TAKEOVER = 0.45
"""In working hours. An officer takes over an hour after receipt at the earliest, and the paper has arrived by then."""


def day_of(case: Case) -> tuple[int, int]:
    """Return the month and day on which the dossier comes."""
    return case.arrives_at.month, case.arrives_at.day


@dataclass(frozen=True, slots=True)
class Script:
    """The random draws of the incidents, the working calendar, and the agencies that take part."""

    draw: random.Random
    days: WorkingCalendar
    agencies: dict[str, Agency]
    turns: Counter[str] = field(default_factory=Counter)

    def turn(self, what: str, every: int) -> bool:
        """Return True the first time for `what`, and then every `every`-th time."""
        self.turns[what] += 1
        return self.turns[what] % every == 1

    def later(self, moment: datetime, least: float, most: float | None = None) -> datetime:
        """Return the moment `least` working hours after `moment`, or after hours drawn between `least` and `most`."""
        hours = least if most is None else self.draw.uniform(least, most)
        return self.days.add_hours(moment, timedelta(hours=hours)).replace(microsecond=0)

    def opening(self, day: date, hour: int) -> datetime:
        return self.days.opening(datetime.combine(day, time(hour), LOCAL))

    def wait(self, case: Case, since: datetime, until: datetime) -> None:
        """Delay the work planned after `since` by the working time until `until`."""
        length = self.days.worked(since, until)
        for name in ("take_over_at", "resolve_at"):
            if (planned := getattr(case, name)) >= since:
                setattr(case, name, max(until, self.days.add_hours(planned, length)))

    def in_appraisal(self, case: Case, least: float = 0.5, most: float = 2) -> datetime:
        """Return a moment soon after the takeover, and move the result behind it."""
        moment = self.later(case.take_over_at, least, most)
        if case.resolve_at <= moment:
            case.resolve_at = self.later(moment, 1, 3)
        return moment

    def by_clerk(self, case: Case) -> None:
        """Let the dossier come at the counter, or by post as planned."""
        case.accept_at, case.refused = None, False
        case.channel_in = "counter" if case.channel_in == "online" else case.channel_in

    def online(self, case: Case) -> None:
        """Let the dossier come through the portal."""
        if case.accept_at is None:
            case.channel_in, case.accept_at = "online", self.later(case.arrives_at, 0.4, 3)
            self.wait(case, case.arrives_at, case.accept_at)

    def handed_over(self, case: Case) -> None:
        """Let the result be collected at the counter."""
        case.channel_out, case.chooses_post_late = "counter", False

    def longer(self, case: Case, least: float) -> None:
        """Switch to the shortest procedure of at least `least` working days: of the same agency, or else of another."""
        if case.days >= least and case.counted_in_days:
            return
        if not _long(case.agency, least):
            case.agency = self.agencies["stp"]
        service = min(_long(case.agency, least), key=lambda each: (each.days, each.code))
        case.procedure, case.days, case.counted_in_days = service.code, service.days, True

    def plan_paper(self, case: Case) -> None:
        """Plan when the paper of a dossier from the counter or the post is handed over to the agency."""
        if case.channel_in != "online" and case.way == "receipt":
            case.paper_at = case.paper_at or self.later(case.arrives_at, 0.2, BEFORE_TAKEOVER)


def _long(agency: Agency, least: float) -> list[Service]:
    return [each for each in agency.procedures if each.days >= least and each.by_post and each.counted_in_days]
