"""What staff send while a dossier is processed: what is missing or to be paid, who works on it, whom to ask, a new date."""

from datetime import datetime, time
from typing import Annotated

from pydantic import AwareDatetime, Field

from motcua.contracts.days import EARLIEST, LATEST
from motcua.contracts.fields import Amount, Reason, UnitId
from motcua.contracts.model import Inward
from motcua.contracts.registry.procedures import LimitModel
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.local_time import LOCAL
from motcua.usecases.processing.request_supplement import MissingPapers

StaffId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$", examples=["b1d7c6de-6a52-4f0e-9d7e-0a4c3c1f2e11"])
]  # fmt: skip
"""The identity provider's opaque id of a member of staff: never a name or an address."""

Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime.combine(EARLIEST, time(), LOCAL), le=datetime.combine(LATEST, time(), LOCAL)),
]
"""Of this century, so that it is a moment in every zone."""


class SupplementRequest(Inward):
    """Ask for what is missing (form 02). Beyond what the rule allows the head asks, with `override_reason`."""

    reason: Reason = Field(
        description="What is missing, as the applicant reads it",
        examples=["Thiếu bản sao chứng thực giấy tờ pháp lý của chủ doanh nghiệp"],
    )
    override_reason: Reason | None = Field(default=None, description="Why the head asks once more than the rule allows")

    def to_domain(self) -> MissingPapers:
        return MissingPapers(self.reason, self.override_reason or "")


class PaymentRequest(Inward):
    """Ask for a payment."""

    amount_vnd: Amount


class PauseRequest(Inward):
    """Pause the processing."""

    reason: Reason = Field(examples=["Chờ kết quả xác minh tại thực địa"])


class RefusalAfterAppraisal(Inward):
    """Not eligible: why, as the written answer says."""

    reason: Reason = Field(examples=["Không đủ điều kiện về ngành nghề theo quy định"])


class AnswerReturn(Inward):
    """Hand the written answer back at the counter or online. A parcel carries results only."""

    channel: ChannelOut


class Assignment(Inward):
    """Which officer of the agency works on it."""

    officer: StaffId


class OpinionRequest(Inward):
    """Ask another agency for its opinion, within a limit by its own calendar."""

    agency_id: UnitId = Field(examples=["stp"])
    limit: LimitModel


class ApologyRequest(Inward):
    """Apologise and set a new date (form 04)."""

    new_due_at: Moment = Field(description="In the agency's working hours, after the due date")
    reason: Reason = Field(examples=["Hồ sơ phức tạp, cần thêm thời gian thẩm định"])
