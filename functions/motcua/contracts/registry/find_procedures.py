"""A procedure as anybody reads it: what to bring, how long it takes, what it costs, and whether post and online do."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from motcua.contracts.model import Outward
from motcua.contracts.registry.find_units import UnitName
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.procedure import (
    AfterSupplement,
    Component,
    Decision,
    Leg,
    LimitUnit,
    Procedure,
    ProcedureKind,
    ProcedureVersions,
    TimeLimit,
)
from motcua.domain.registry.unit import Level

Day = date
"""A field named `date` would hide the type from the fields after it."""

_UNITS = {
    LimitUnit.WORKING_DAY: ("ngày làm việc", "working day"),
    LimitUnit.CALENDAR_DAY: ("ngày", "calendar day"),
    LimitUnit.HOUR: ("giờ làm việc", "working hour"),
}
_UNKNOWN = ("Chưa rõ", "Not known")


class LimitView(Outward):
    """A time limit, in figures where it is known and in words always."""

    count: float | None = Field(description="0 is the same day; null = not known")
    unit: LimitUnit | None
    vi: str
    en: str

    @classmethod
    def of(cls, limit: TimeLimit | None) -> "LimitView":
        if limit is None:
            return cls.model_construct(count=None, unit=None, vi=_UNKNOWN[0], en=_UNKNOWN[1])
        vi, en = limit_in_words(limit)
        return cls.model_construct(count=float(limit.count), unit=limit.unit, vi=vi, en=en)


def limit_in_words(limit: TimeLimit) -> tuple[str, str]:
    """Return a limit in words: `2,5 ngày làm việc`, `2.5 working days`."""
    if limit.count == 0:
        return "Trong ngày", "The same day"
    count = format(limit.count.normalize(), "f")
    vi, en = _UNITS[limit.unit]
    return f"{count.replace('.', ',')} {vi}", f"{count} {en}{'' if limit.count == Decimal(1) else 's'}"


class FeeView(Outward):
    """The fee; that it is not known is said."""

    vnd: int | None
    vi: str
    en: str

    @classmethod
    def of(cls, fee: int | None) -> "FeeView":
        if fee is None:
            return cls.model_construct(vnd=None, vi=_UNKNOWN[0], en=_UNKNOWN[1])
        if fee == 0:
            return cls.model_construct(vnd=0, vi="Không thu", en="None")
        return cls.model_construct(vnd=fee, vi=f"{fee:,} đồng".replace(",", "."), en=f"{fee:,} VND")


class OfferView(Outward):
    """Whether a way is open; `known` = false: it is taken as open or shut because nothing published says."""

    offered: bool
    known: bool


class ComponentView(Outward):
    """A paper to bring; null = how many is not known."""

    name_vi: str
    originals: int | None
    copies: int | None
    original_at_return: bool = Field(
        description="Its original is handed in when the result is returned, so that the post cannot return it"
    )

    @classmethod
    def of(cls, component: Component) -> "ComponentView":
        return cls.model_construct(**{name: getattr(component, name) for name in cls.model_fields})


class ProcedureLegView(Outward):
    """One agency's part of a linked procedure; `leads` issues the result."""

    step: int
    agency: UnitName
    limit: LimitView
    leads: bool

    @classmethod
    def of(cls, leg: Leg, lead_id: str, directory: Directory) -> "ProcedureLegView":
        return cls.model_construct(
            step=leg.step,
            agency=UnitName.of(leg.agency_id, directory),
            limit=LimitView.of(leg.limit),
            leads=leg.agency_id == lead_id,
        )


class DecisionView(Outward):
    """The decision that announced the version."""

    number: str
    date: Day
    document: str | None

    @classmethod
    def of(cls, decision: Decision | None) -> "DecisionView | None":
        if decision is None:
            return None
        return cls.model_construct(number=decision.number, date=decision.date, document=decision.document or None)


class ProcedureView(Outward):
    """One version of a procedure."""

    code: str
    version: int
    kind: ProcedureKind
    name_vi: str
    field_vi: str | None
    levels: list[Level]
    owner_vi: str | None
    agency: UnitName | None = Field(description="The department that issues the result; null = the committee's")
    components: list[ComponentView] = Field(description="What to bring")
    limit: LimitView
    same_day: bool = Field(description="The result is due on the day of receipt")
    legs: list[ProcedureLegView] = Field(description="Of a linked procedure: each agency's part")
    after_supplement: AfterSupplement
    fee: FeeView
    dossier_by_post: OfferView
    result_by_post: OfferView
    online: OfferView
    online_level: int | None
    sensitive: bool
    received_from: date | None = Field(description="null = a draft that waits for its publication")
    withdrawn_on: date | None = Field(description="Received no more from this day on")
    decision: DecisionView | None
    values_of: str | None = Field(description="The year that limit, fee and channels are of; null = not known")
    values_are_sample: bool = Field(description="No decision on record announced them: never to be shown as the law")
    evidence: str | None

    @classmethod
    def of(cls, procedure: Procedure, directory: Directory) -> "ProcedureView":
        agency_id = procedure.agency_id
        return cls.model_construct(
            code=procedure.code,
            version=procedure.version,
            kind=procedure.kind,
            name_vi=procedure.name_vi,
            field_vi=procedure.field_vi or None,
            levels=sorted(procedure.levels),
            owner_vi=procedure.owner_vi or None,
            agency=UnitName.of(agency_id, directory) if agency_id else None,
            components=[ComponentView.of(each) for each in procedure.components],
            limit=LimitView.of(procedure.limit),
            same_day=procedure.same_day,
            legs=[ProcedureLegView.of(leg, agency_id, directory) for leg in procedure.legs],
            after_supplement=procedure.after_supplement,
            fee=FeeView.of(procedure.fee_vnd),
            dossier_by_post=_offer(procedure.post_in is not False, procedure.post_in),
            result_by_post=_offer(procedure.offers_post, procedure.post_out),
            online=_offer(procedure.offers_online, procedure.online_level),
            online_level=procedure.online_level,
            sensitive=procedure.sensitive,
            received_from=procedure.published_on,
            withdrawn_on=procedure.withdrawn_on,
            decision=DecisionView.of(procedure.decision),
            values_of=procedure.values_of or None,
            values_are_sample=procedure.values_are_sample,
            evidence=procedure.evidence or None,
        )


class ProceduresView(Outward):
    """One page of the procedures that are received on a day; the header `Link: …; rel="next"` opens the next page."""

    on: date
    total: int = Field(description="How many were found, on all pages")
    procedures: list[ProcedureView]
    fields: list[str] = Field(description="The fields (lĩnh vực) of all procedures that are received that day")
    next_cursor: str | None


class VersionView(Outward):
    """From when to when a published version is received; `to` null = until the next one or a withdrawal."""

    version: int
    name_vi: str
    first: date = Field(serialization_alias="from")
    last: date | None = Field(serialization_alias="to")
    ends_by: Literal["next_version", "withdrawal"] | None
    decision: DecisionView | None


class VersionsView(Outward):
    """Every published version of a procedure, oldest first."""

    code: str
    versions: list[VersionView]

    @classmethod
    def of(cls, known: ProcedureVersions) -> "VersionsView":
        return cls.model_construct(code=known.code, versions=list(_versions(known)))


def _versions(known: ProcedureVersions) -> Iterable[VersionView]:
    for version, first, last in known.spans():
        withdrawn = last is not None and version.withdrawn_on == last + timedelta(days=1)
        ends_by = None if last is None else "withdrawal" if withdrawn else "next_version"
        yield VersionView.model_construct(
            version=version.version,
            name_vi=version.name_vi,
            first=first,
            last=last,
            ends_by=ends_by,
            decision=DecisionView.of(version.decision),
        )


def _offer(offered: bool, stated: object) -> OfferView:
    return OfferView.model_construct(offered=offered, known=stated is not None)
