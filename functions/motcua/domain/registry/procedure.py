"""Procedures (thủ tục hành chính) and work procedures: what may be asked for, of whom, how long it takes, what to bring.

A procedure has versions. A dossier keeps the version that it was received under, for its life.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Level


class ProcedureKind(StrEnum):
    """TTHC, or a work procedure (thủ tục giải quyết công việc) that letter 1313 asks departments to review, too."""

    PROCEDURE = "tthc"
    WORK = "cong_viec"


class LimitUnit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"


class AfterSupplement(StrEnum):
    """What becomes of the limit once a supplement is in: counted anew, or lengthened by the time waited."""

    RESTART = "RESTART"
    PAUSE = "PAUSE"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long the processing may take. 0 is the same day; half a day is 4 working hours."""

    count: Decimal
    unit: LimitUnit

    @property
    def by_hours(self) -> bool:
        """Late by the moment; every other limit is late on a local date after its due date."""
        return self.unit is LimitUnit.HOUR and self.count > 0


@dataclass(frozen=True, slots=True)
class Component:
    """A paper to bring; how many originals and copies, None where that is not known.

    `original_at_return`: its original is handed in when the result is returned, so that the post cannot return it.
    """

    name_vi: str
    originals: int | None = None
    copies: int | None = None
    original_at_return: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One agency's part of a linked procedure (liên thông). Legs of the same `step` run in parallel, steps in sequence."""

    step: int
    agency_id: str
    limit: TimeLimit


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that announced a version (quyết định công bố); `document` says where it is to be read."""

    number: str
    date: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure. `agency_id` is set where a department issues the result.

    `published_on` is the day from which it is received; None = a draft that waits for its publication (R4). A limit, fee
    or channel that is None is not known; the values are of the year in `values_of`.
    """

    code: str
    version: int
    kind: ProcedureKind
    name_vi: str
    field_vi: str
    levels: frozenset[Level]
    owner_vi: str
    agency_id: str
    counts_in_department: bool
    limit: TimeLimit | None
    after_supplement: AfterSupplement
    fee_vnd: int | None
    post_in: bool | None
    post_out: bool | None
    online_level: int | None
    components: tuple[Component, ...]
    legs: tuple[Leg, ...]
    sensitive: bool
    values_of: str
    evidence: str
    published_on: date | None = None
    withdrawn_on: date | None = None
    decision: Decision | None = None

    @property
    def published(self) -> bool:
        return self.published_on is not None

    @property
    def whole_limit(self) -> TimeLimit | None:
        """What the applicant is promised: the announced limit; of a linked procedure that announces none, its steps together.

        The announced limit wins: it may leave time between the legs, and never less than they need [ours]."""
        if self.limit or not self.legs:
            return self.limit
        longest: dict[int, Decimal] = {}
        for leg in self.legs:
            longest[leg.step] = max(leg.limit.count, longest.get(leg.step, Decimal()))
        units = {leg.limit.unit for leg in self.legs}
        return TimeLimit(sum(longest.values(), Decimal()), units.pop()) if len(units) == 1 else None

    @property
    def same_day(self) -> bool:
        return self.whole_limit is not None and self.whole_limit.count == 0

    @property
    def offers_post(self) -> bool:
        """Return by post is offered unless the published list says no; not known = offered, as a sample."""
        return self.post_out is not False

    @property
    def offers_online(self) -> bool:
        """Level 3 takes the dossier online, level 4 the fee, too (R5)."""
        return self.online_level is not None and self.online_level >= 3

    @property
    def values_are_sample(self) -> bool:
        """No decision on record announced them: good to run and test with, never to be shown as the law of the day."""
        return self.decision is None


@dataclass(frozen=True, slots=True)
class ProcedureVersions:
    """Every version of one procedure, by number. At most the last one is a draft."""

    code: str
    versions: tuple[Procedure, ...]

    @property
    def latest(self) -> Procedure:
        return self.versions[-1]

    @property
    def draft(self) -> Procedure | None:
        """What waits for its publication; a draft that was given up does not."""
        return None if self.latest.published or self.latest.withdrawn_on else self.latest

    def version(self, number: int) -> Procedure:
        """The version with this number; LookupError when there is none."""
        for each in self.versions:
            if each.version == number:
                return each
        raise LookupError(f"procedure {self.code} has no version {number}")

    def in_force(self, day: date) -> Procedure | None:
        """The version that is received on `day`; None before the first publication and after a withdrawal."""
        published = [each for each in self.versions if each.published_on is not None and each.published_on <= day]
        newest = max(published, key=lambda each: (each.published_on or day, each.version), default=None)
        return None if newest is None or (newest.withdrawn_on is not None and newest.withdrawn_on <= day) else newest

    def spans(self) -> list[tuple[Procedure, date, date | None]]:
        """Every version that ever was or will be in force, oldest first, with its first and last day (None = no end)."""
        published = sorted((each.published_on, each.version, each) for each in self.versions if each.published_on)
        spans: list[tuple[Procedure, date, date | None]] = []
        for index, (first, _, each) in enumerate(published):
            following = published[index + 1][0] if index + 1 < len(published) else None
            ends = min((day for day in (following, each.withdrawn_on) if day is not None), default=None)
            if ends is None or ends > first:
                spans.append((each, first, ends - timedelta(days=1) if ends else None))
        return spans

    def shown(self, day: date) -> Procedure:
        """The version in force on `day`, else the latest: what a refusal names."""
        return self.in_force(day) or self.latest

    def with_draft(self, content: Procedure) -> "ProcedureVersions":
        """`content` as the draft, in the place of the former one if there is one."""
        kept = tuple(each for each in self.versions if each.published)
        number = kept[-1].version + 1 if kept else 1
        return replace(self, versions=(*kept, replace(content, version=number, published_on=None, withdrawn_on=None)))

    def with_published_draft(self, day: date, decision: Decision | None) -> "ProcedureVersions":
        """The draft published on `day`; unchanged when there is none: the version in force stays as it is."""
        if self.draft is None:
            return self
        published = replace(self.latest, published_on=day, decision=decision)
        return replace(self, versions=(*self.versions[:-1], published))

    def withdrawn(self, day: date) -> "ProcedureVersions":
        """Received no more from `day` on; drafts and what would begin later are given up. What was withdrawn before stays so
        from then. Of a procedure that was never received its last content stays, withdrawn."""
        kept = [each for each in self.versions if each.published_on is not None and each.published_on <= day]
        last = kept[-1] if kept else replace(self.latest, version=1, published_on=None)
        last = replace(last, withdrawn_on=min(day, last.withdrawn_on or day))
        return replace(self, versions=(*kept[:-1], last))


def has_last_leg(procedure: Procedure, agency_id: str) -> bool:
    """Whether the agency has a part in the last step: who issues the result must, for that finishes the whole."""
    last = max((leg.step for leg in procedure.legs), default=0)
    return any(leg.step == last and leg.agency_id == agency_id for leg in procedure.legs)


def field_names(procedures: Iterable[Procedure]) -> list[str]:
    """The fields (lĩnh vực) that occur, each once, sorted."""
    return sorted({each.field_vi for each in procedures if each.field_vi})
