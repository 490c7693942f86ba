"""Tracking by number and identity number: what is asked and what anybody may see."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import Field

from motcua.contracts.dossier.views import StatusView, shared_fields
from motcua.contracts.model import Inward, Outward
from motcua.contracts.reading.read_timeline import StageView, stage_views
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.usecases.reading.read_timeline import Told


class TrackingRequest(Inward):
    """Both numbers are sent in the body, so that neither lands in an access log."""

    number: str = Field(min_length=10, max_length=60, examples=["000.00.04.H23-200423-0001"])
    identity_number: str = Field(min_length=9, max_length=14, examples=["030099000001"])


class TrackingView(Outward):
    """What anybody sees who knows number and identity number: stage and dates, nothing personal."""

    number: str
    number_is_sample: bool
    status: StatusView
    procedure_code: str
    received_at: datetime | None
    due_at: datetime | None
    new_due_at: datetime | None = Field(
        description="The new date of an apology; late is measured by `due_at` all the same"
    )
    ready_at: datetime | None
    returned_at: datetime | None
    channel_out: ChannelOut
    parcel: str | None
    stages: list[StageView] = Field(description="What happened so far, as its applicant sees it; no reasons")

    @classmethod
    def from_domain(cls, dossier: Dossier, told: Iterable[Told] = ()) -> "TrackingView":
        known = shared_fields(dossier) | {"stages": stage_views(told)}
        return cls.model_construct(**{name: known[name] for name in cls.model_fields})
