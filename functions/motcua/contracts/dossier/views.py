"""What we answer: dossiers, timelines, tracking. Only the staff's detail view holds persons."""

from datetime import datetime
from typing import Any

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.dossier.part_views import (
    BroughtView,
    LegView,
    OpinionView,
    PaperLegView,
    TransitionalView,
    WaitView,
)
from motcua.contracts.model import Outward
from motcua.contracts.persons import PersonModel, RecipientView
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.post.parcel import order_number
from motcua.domain.status import NAMES_EN, NAMES_VI, Status


class StatusView(Outward):
    """A status by its national code, and its name in both languages."""

    code: int = Field(ge=1, le=10)
    vi: str
    en: str

    @classmethod
    def of(cls, status: Status) -> "StatusView":
        return cls.model_construct(code=status.code, vi=NAMES_VI[status], en=NAMES_EN[status])


class DossierView(Outward):
    """A dossier without persons: what every command answers."""

    id: str
    number: str | None = Field(description="None until an online submission is accepted")
    number_is_sample: bool = Field(description="Its agency identifier is a sample, not the official one")
    version: int
    status: StatusView
    procedure_code: str
    one_stop_id: str
    agency_id: str
    channel_in: ChannelIn
    channel_out: ChannelOut
    submitted_at: datetime | None
    answer_by: datetime | None = Field(description="Until when an online submission is to be accepted or refused")
    received_at: datetime | None
    due_at: datetime | None = Field(description="The original date, later by what was waited; late is measured by it")
    new_due_at: datetime | None = Field(description="The new date of an apology, which changes nothing in late")
    calendar: str | None = Field(description="Versions of the working calendars that the date was counted by")
    ready_at: datetime | None
    returned_at: datetime | None
    receipt_version: int = Field(description="How often the receipt was issued; 0 before there is one")
    waiting: WaitView | None = Field(description="What the dossier waits for, while the clock stands still")
    legs: list[LegView] = Field(description="The parts of linked agencies; empty where one agency does it all")
    paper: PaperLegView | None = Field(description="The paper's way to the agency; null where there is none")
    papers: list[BroughtView] | None = Field(description="The papers that were brought; null where nobody listed them")
    transitional: TransitionalView | None = Field(description="Where and when it was received before its registration")
    reason: str | None = Field(
        description="Why it waits, else why the last act that must say why was done; told where the dossier is read"
    )
    parcel: str | None = Field(description="Order number of the latest parcel at the postal partner")
    parcel_open: bool = Field(description="Whether that parcel is still on its way")

    @classmethod
    def from_domain(cls, dossier: Dossier, reason: str = "") -> "DossierView":
        return cls.model_construct(**shared_fields(dossier, reason))


class DossierDetailView(DossierView):
    """A dossier with its persons, for staff who may see it."""

    owner: PersonModel
    submitter: PersonModel | None
    recipient: RecipientView | None
    authority: str | None = Field(description="The submitter's proof that they may act for the owner")
    opinions: list[OpinionView] = Field(description="What other agencies were asked to say")

    @classmethod
    def of(cls, dossier: Dossier, persons: Persons) -> "DossierDetailView":
        named: dict[str, Any] = {
            name: model.from_domain(person) if (person := getattr(persons, name)) else None
            for name, model in (("owner", PersonModel), ("submitter", PersonModel), ("recipient", RecipientView))
        }
        named["opinions"] = [OpinionView.of(each) for each in dossier.opinions]
        named["authority"] = persons.authority or None
        return cls.model_construct(**shared_fields(dossier, persons.reason_for(dossier.waiting)), **named)


_MOMENTS = ("submitted_at", "answer_by", "received_at", "due_at", "new_due_at", "ready_at", "returned_at")


def shared_fields(dossier: Dossier, reason: str = "") -> dict[str, Any]:
    return {
        "id": dossier.id,
        "number": dossier.number or None,
        "number_is_sample": dossier.number_is_sample,
        "version": dossier.version,
        "status": StatusView.of(dossier.status),
        "procedure_code": dossier.procedure_code,
        "one_stop_id": dossier.one_stop_id,
        "agency_id": dossier.agency_id,
        "channel_in": dossier.channel_in,
        "channel_out": dossier.channel_out,
        **{name: local(getattr(dossier, name)) for name in _MOMENTS},
        "calendar": dossier.calendar or None,
        "receipt_version": dossier.receipt_version,
        "waiting": WaitView.of(dossier.waiting) if dossier.waiting else None,
        "legs": [LegView.of(each) for each in dossier.legs],
        "paper": PaperLegView.of(dossier.paper) if dossier.paper else None,
        "papers": None if dossier.papers is None else [BroughtView.of(each) for each in dossier.papers],
        "transitional": TransitionalView.of(dossier.transitional) if dossier.transitional else None,
        "reason": reason or None,
        "parcel": order_number(dossier.id, dossier.parcels) if dossier.parcels else None,
        "parcel_open": dossier.parcel_open,
    }
