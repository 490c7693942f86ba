"""Facts, counters and published reports, as the use cases need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from motcua.domain.record import dataclass

if TYPE_CHECKING:  # a port says what it is about in annotations only: it loads nothing of the domain
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from motcua.domain.reports.figure import Fact, FactKind


class Figures(Protocol):
    """Facts, counters and reports."""

    def record(self, facts: Sequence[Fact], settles: str) -> None: ...
    def by_day(self, agency_id: str, kind: FactKind, first: date, last: date) -> Mapping[date, int]: ...
    def facts(
        self, agency_id: str, kind: FactKind, span: tuple[date, date], after: str, limit: int
    ) -> tuple[Sequence[Fact], str]: ...


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """One version of a period's target report.

    `content` is its published JSON, `digest` the SHA-256 of that content, and `reason` why a closed month was restated.
    """

    period: str
    version: int
    status: str
    digest: str
    made_at: datetime
    content: str
    reason: str = ""


class Reports(Protocol):
    """Published reports, by period and version."""

    def latest(self, period: str) -> ReportVersion | None: ...
    def version(self, period: str, version: int) -> ReportVersion | None: ...
    def publish(self, report: ReportVersion) -> None: ...
