"""Make the target report of a month: provisional, closed at the moment of the dated rule, or restated with a reason.

A closed month never changes silently: closing it again returns the same version, and says when a recount differs.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.domain.event import Queue
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit
from motcua.domain.reports import target_report as reports_
from motcua.domain.reports.figure import FactKind
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.reports.target import Share
from motcua.domain.reports.target_report import COUNTED, Beside, Line, Period
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import Closing, Target
from motcua.ports.outbox import Outbox, PendingMessage
from motcua.ports.refusals import VersionMovedError
from motcua.ports.registry import Registry
from motcua.ports.reports import Figures, Reports, ReportVersion


class CloseOutcome(StrEnum):
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    NOT_DUE = "not_due"
    DEFERRED = "deferred"
    DIFFERS = "differs"


class ReportStatus(StrEnum):
    PROVISIONAL = "provisional"
    CLOSED = "closed"
    RESTATED = "restated"


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """What to close, as of which moment.

    `reason` closes the month in spite of pending messages, and turns the close of a closed month into a restatement.
    """

    period: Period
    status: ReportStatus
    as_of: datetime
    real_now: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    outcome: CloseOutcome
    report: ReportVersion | None


SHOWN: tuple[FactKind, ...] = tuple(kind for kind in FactKind if kind is not FactKind.RECEIVED)
"""The kinds of facts that the report shows."""

SOON = timedelta(minutes=1)
"""A message is pending, too, that another machine wrote by a clock that is a little ahead."""

Publish = Callable[[Period, date, Sequence[Line]], str]
"""Makes the report's content: the same text for the same figures."""


def close_when_due(
    command: CloseMonth, *, registry: Registry, figures: Figures, reports: Reports, outbox: Outbox, publish: Publish
) -> Closed:
    """Close the month if its time has come by the dated rule, else do nothing: the schedule only asks."""
    if command.as_of < _closes_at(command.period, registry):
        return Closed(CloseOutcome.NOT_DUE, None)
    return close_month(command, registry=registry, figures=figures, reports=reports, outbox=outbox, publish=publish)


def close_month(
    command: CloseMonth, *, registry: Registry, figures: Figures, reports: Reports, outbox: Outbox, publish: Publish
) -> Closed:
    """Count the month and publish it as its next version. The same figures make no new version."""
    latest = reports.latest(str(command.period))
    is_final = latest is not None and latest.status != ReportStatus.PROVISIONAL
    if is_final and command.status is ReportStatus.PROVISIONAL:
        return Closed(CloseOutcome.UNCHANGED, latest)
    first_close = command.status is not ReportStatus.PROVISIONAL and not is_final
    if first_close and not command.reason and _still_pending(command, outbox, registry):
        return Closed(CloseOutcome.DEFERRED, latest)
    year_from = registry.rules().figures_from(reports_.year_first(command.period))
    content = publish(command.period, year_from, count_lines(command.period, registry, figures))
    digest = hashlib.sha256(content.encode()).hexdigest()
    if latest and latest.digest == digest and (is_final or latest.status == command.status):
        return Closed(CloseOutcome.UNCHANGED, latest)
    if is_final and not command.reason:
        return Closed(CloseOutcome.DIFFERS, latest)
    status = ReportStatus.RESTATED if is_final else command.status
    number = latest.version + 1 if latest else 1
    report = ReportVersion(str(command.period), number, status, digest, command.real_now, content, command.reason)
    try:
        reports.publish(report)
    except VersionMovedError:
        return Closed(CloseOutcome.UNCHANGED, reports.latest(str(command.period)))
    return Closed(CloseOutcome.PUBLISHED, report)


def count_lines(period: Period, registry: Registry, figures: Figures) -> list[Line]:
    """Return a line for every agency of the period, as it stood at its end, with its month and its year so far.

    The year consists of opening figures up to go-live, and of this system's own figures from then on. An opening figure
    that does not end there is left out until it is entered anew.
    """
    rules = registry.rules()
    own_from = rules.figures_from(reports_.year_first(period))
    figures_before = [each for each in registry.opening_figures(period.year) if each.ends_before(own_from)]
    opening = {figure.agency_id: figure for figure in figures_before}
    units = [unit.on(period.last) for unit in registry.units()]
    lines: list[Line] = []
    for kind in COUNTED:
        agencies = [unit for unit in units if unit.kind is kind and unit.existed_within(period.first, period.last)]
        agencies.sort(key=lambda unit: (unit.identifier, unit.id))
        for agency in agencies:
            rule = rules.target(agency, period.last)
            lines.append(_line(agency, period, own_from, figures, rule, opening.get(agency.id)))
    return lines


def _line(
    agency: Unit,
    period: Period,
    own_from: date,
    figures: Figures,
    rule: Rule[Target] | None,
    opening: OpeningFigure | None,
) -> Line:
    """Return an agency's line. It reads one range of counters for each kind, because the year holds its month."""
    in_year = {kind: figures.by_day(agency.id, kind, reports_.year_first(period), period.last) for kind in SHOWN}
    year = {kind: sum(n for day, n in days.items() if day >= own_from) for kind, days in in_year.items()}
    month = {kind: sum(n for day, n in days.items() if day >= period.first) for kind, days in in_year.items()}
    beside = Beside(month[FactKind.BECAME_READY], month[FactKind.REGISTERED_FOR_POST], month[FactKind.HANDED_TO_POST])
    return reports_.line(agency, _share(month), _share(year), beside, rule, opening)


def _share(counts: Mapping[FactKind, int]) -> Share:
    return Share(counts[FactKind.DELIVERED_BY_POST], counts[FactKind.RETURNED])


def _still_pending(command: CloseMonth, outbox: Outbox, registry: Registry) -> bool:
    """Return whether a pending message, waiting or dead, may still have an effect that belongs to the month.

    The day of an event decides. The day of a callback is known only when it is applied, so every one that came before
    the closing moment may belong. A later callback leads to a restatement anyway, and steady traffic must not put a
    close off for ever. Pending messages are read twice, shard by shard: an effect that makes the next message meanwhile
    could pass from a later shard to an earlier one.
    """
    closes_at = _closes_at(command.period, registry)
    came_until = command.real_now - max(command.as_of - closes_at, timedelta())  # the closing moment, in real time
    soon = command.real_now + SOON
    return any(_may_belong(each, command.period, came_until) for _ in range(2) for each in outbox.older_than(soon))


def _closes_at(period: Period, registry: Registry) -> datetime:
    rule = registry.rules().known(Closing, period.last).value
    return period.closes_at(rule, registry.calendar(period.last))


def _may_belong(message: PendingMessage, period: Period, came_until: datetime) -> bool:
    if message.queue is Queue.JOBS:
        return False  # a job moves open dossiers; it counts nothing
    if message.queue is Queue.PARCEL_EVENTS:
        return message.time <= came_until
    return message.queue is None or local_day(message.time) <= period.last
