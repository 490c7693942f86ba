"""Procedures (thủ tục hành chính) and work procedures: who handles them, how long they take, and what to bring.

A procedure has versions. For its whole life, a dossier keeps the version under which it was received.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Level


class ProcedureKind(StrEnum):
    """An administrative procedure (TTHC), or a work procedure (thủ tục giải quyết công việc).

    Letter 1313 asks departments to review both.
    """

    PROCEDURE = "tthc"
    WORK = "cong_viec"


class LimitUnit(StrEnum):
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"


class AfterSupplement(StrEnum):
    """What happens to the limit once a supplement is in: it counts anew, or is lengthened by the suspended time."""

    RESTART = "RESTART"
    PAUSE = "PAUSE"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long processing may take. 0 is the same day; half a day is 4 working hours."""

    count: Decimal
    unit: LimitUnit

    @property
    def by_hours(self) -> bool:
        """Whether it is late by the moment; every other limit is late on a local date after its due date."""
        return self.unit is LimitUnit.HOUR and self.count > 0


@dataclass(frozen=True, slots=True)
class Component:
    """A paper to bring, with the number of originals and copies; None where the number is not known.

    `original_at_return`: its original is handed in when the result is returned, so the post cannot return the result.
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
    """The decision that announced a version (quyết định công bố); `document` tells where it can be read."""

    number: str
    date: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure. `agency_id` is set where a department issues the result.

    `published_on` is the day from which it is received; None for a draft awaiting its publication (R4). A limit, fee or
    channel that is None is not known. `values_of` is the year of the values.
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
        """The limit promised to the applicant: the announced one, else the steps of a linked procedure together.

        The announced limit wins: it may leave time between the legs, but never less than they need [ours].
        """
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
        """Whether return by post is offered: unless the published list says no. When not known, it is, as a sample."""
        return self.post_out is not False

    @property
    def offers_online(self) -> bool:
        """Whether it is received online: level 3 takes the dossier online, level 4 the fee, too (R5)."""
        return self.online_level is not None and self.online_level >= 3

    @property
    def values_are_sample(self) -> bool:
        """Whether no decision on record announced the values: they serve to run and test, never to be shown as law."""
        return self.decision is None


@dataclass(frozen=True, slots=True)
class ProcedureVersions:
    """Every version of one procedure, by number. Only the last may be a draft."""

    code: str
    versions: tuple[Procedure, ...]

    @property
    def latest(self) -> Procedure:
        return self.versions[-1]

    @property
    def draft(self) -> Procedure | None:
        """The version that awaits its publication; None when there is none, or when the draft was given up."""
        return None if self.latest.published or self.latest.withdrawn_on else self.latest

    def version(self, number: int) -> Procedure:
        """Return the version with this number. Raises LookupError when there is none."""
        for each in self.versions:
            if each.version == number:
                return each
        raise LookupError(f"procedure {self.code} has no version {number}")

    def in_force(self, day: date) -> Procedure | None:
        """Return the version that is received on `day`; None before the first publication and after a withdrawal."""
        published = [each for each in self.versions if each.published_on is not None and each.published_on <= day]
        newest = max(published, key=lambda each: (each.published_on or day, each.version), default=None)
        return None if newest is None or (newest.withdrawn_on is not None and newest.withdrawn_on <= day) else newest

    def spans(self) -> list[tuple[Procedure, date, date | None]]:
        """Return each version that ever is in force, oldest first, with its first and last day (None: no end)."""
        published = sorted((each.published_on, each.version, each) for each in self.versions if each.published_on)
        spans: list[tuple[Procedure, date, date | None]] = []
        for index, (first, _, each) in enumerate(published):
            following = published[index + 1][0] if index + 1 < len(published) else None
            ends = min((day for day in (following, each.withdrawn_on) if day is not None), default=None)
            if ends is None or ends > first:
                spans.append((each, first, ends - timedelta(days=1) if ends else None))
        return spans

    def shown(self, day: date) -> Procedure:
        """Return the version in force on `day`, else the latest: the one that a refusal names."""
        return self.in_force(day) or self.latest

    def with_draft(self, content: Procedure) -> "ProcedureVersions":
        """Return the versions with `content` as the draft, replacing a former draft."""
        kept = tuple(each for each in self.versions if each.published)
        number = kept[-1].version + 1 if kept else 1
        return replace(self, versions=(*kept, replace(content, version=number, published_on=None, withdrawn_on=None)))

    def with_published_draft(self, day: date, decision: Decision | None) -> "ProcedureVersions":
        """Return the versions with the draft published on `day`; unchanged when there is no draft."""
        if self.draft is None:
            return self
        published = replace(self.latest, published_on=day, decision=decision)
        return replace(self, versions=(*self.versions[:-1], published))

    def withdrawn(self, day: date) -> "ProcedureVersions":
        """Return the versions withdrawn from `day` on: the procedure is no longer received.

        Drafts and versions that would begin later are given up. An earlier withdrawal keeps its day. Of a procedure
        that was never received, the last content stays, withdrawn.
        """
        kept = [each for each in self.versions if each.published_on is not None and each.published_on <= day]
        last = kept[-1] if kept else replace(self.latest, version=1, published_on=None)
        last = replace(last, withdrawn_on=min(day, last.withdrawn_on or day))
        return replace(self, versions=(*kept[:-1], last))


def has_last_leg(procedure: Procedure, agency_id: str) -> bool:
    """Whether the agency has a leg in the last step: the issuing one must, because that leg finishes the whole."""
    last = max((leg.step for leg in procedure.legs), default=0)
    return any(leg.step == last and leg.agency_id == agency_id for leg in procedure.legs)


def field_names(procedures: Iterable[Procedure]) -> list[str]:
    """Return the fields (lĩnh vực) of the procedures, each once, sorted."""
    return sorted({each.field_vi for each in procedures if each.field_vi})
