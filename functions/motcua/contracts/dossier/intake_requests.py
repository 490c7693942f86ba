"""What callers send. Every fault is answered by field (JSON Pointer), in Vietnamese and English."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.fields import ProcedureCode, Reason, UnitId
from motcua.contracts.model import Inward
from motcua.contracts.persons import Authority, PersonModel, WithPersons
from motcua.contracts.service_request import AsksAtIntake, Papers, ServiceRequest, brought_of
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut
from motcua.usecases.intake.correct_receipt import Correction
from motcua.usecases.intake.refuse_at_counter import RefuseAtCounter
from motcua.usecases.intake.register_transitional import RegisterTransitional
from motcua.usecases.intake.submit_dossier import SubmitDossier
from motcua.usecases.results.choose_return_channel import Choice


class SubmitDossierRequest(ServiceRequest):
    """Submit a dossier online. The portal vouches for the citizen in the header `X-Motcua-Citizen`."""

    def to_domain(self, citizen: str) -> SubmitDossier:
        return SubmitDossier(
            self.one_stop_id,
            self.procedure_code,
            self.channel_out,
            self.persons(),
            citizen,
            brought_of(self.papers),
        )


class AcceptanceRequest(AsksAtIntake):
    """Accept an online submission; `papers` as the clerk found them, else those of the submission count."""

    papers: Papers | None = None

    def brought(self) -> tuple[Brought, ...] | None:
        return brought_of(self.papers)


class TransitionalRequest(ServiceRequest):
    """Register a dossier that an agency received directly during an isolation period (R3)."""

    agency_id: UnitId = Field(description="The agency that received it and handles it", examples=["skhdt"])
    original_number: Annotated[
        str,
        Field(
            pattern=r"^[0-9A-ZĐa-zđ./_-]{1,40}$",
            description="The agency's own number, as it stands on its receipt",
            examples=["0123/TN-SKHDT"],
        ),
    ]
    received_on: Day = Field(description="The day on which the agency received it", examples=["2020-04-10"])
    evidence: Reason = Field(
        description="What shows it: kept with the persons", examples=["Giấy biên nhận của cơ quan, bản chụp kèm theo"]
    )

    def to_domain(self) -> RegisterTransitional:
        return RegisterTransitional(
            self.one_stop_id,
            self.procedure_code,
            self.channel_out,
            self.persons(),
            self.agency_id,
            self.original_number,
            self.received_on,
            self.evidence,
            brought_of(self.papers),
        )


class CounterRefusalRequest(WithPersons):
    """Refuse at the counter, or what came by post (form 03): on record, without a number."""

    one_stop_id: UnitId
    procedure_code: ProcedureCode
    channel_in: Literal["counter", "post"]
    reason: Reason = Field(examples=["Thiếu bản chính giấy tờ theo thành phần hồ sơ"])

    def to_domain(self) -> RefuseAtCounter:
        channel_in = ChannelIn(self.channel_in)
        return RefuseAtCounter(self.one_stop_id, self.procedure_code, channel_in, self.persons(), self.reason)


class WithdrawalRequest(Inward):
    """Withdraw a dossier at the applicant's request; its papers go back."""

    reason: Reason = Field(examples=["Không còn nhu cầu giải quyết"])


class ReceiptCorrectionRequest(Inward):
    """Correct a mistaken receipt, which is printed again as the next version. What is left out stays as it is."""

    reason: Reason = Field(examples=["Ghi sai họ tên chủ hồ sơ"])
    owner: PersonModel | None = None
    submitter: PersonModel | None = None
    recipient: PersonModel | None = None
    authority: Authority | None = None
    papers: Papers | None = None

    @model_validator(mode="after")
    def _something_is_corrected(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields if name != "reason"):
            raise PydanticCustomError("nothing_corrected", "say what was wrong")
        return self

    def to_domain(self) -> Correction:
        named: dict[str, Any] = {
            name: person.to_domain()
            for name in ("owner", "submitter", "recipient")
            if (person := getattr(self, name)) is not None
        }
        return Correction(**named, authority=self.authority or "", papers=brought_of(self.papers))


class RefusalRequest(Inward):
    """Refuse an online submission (form 03)."""

    reason: Reason = Field(examples=["Thiếu bản chính giấy tờ theo thành phần hồ sơ"])


class ReturnRequest(Inward):
    """Hand the result over. By post a result is returned by its parcel's delivery, not by a request."""

    channel: ChannelOut
    originals_taken: bool = Field(
        default=False, description="The originals that the procedure asks for at the return were handed in"
    )


class ReturnChannelRequest(Inward):
    """Choose how the result comes, and by choice to whom."""

    channel_out: ChannelOut
    recipient: PersonModel | None = None

    def to_domain(self) -> Choice:
        return Choice(self.channel_out, self.recipient.to_domain() if self.recipient else None)


class TrackingRequest(Inward):
    """Both numbers stand in the body, so that neither lands in an access log."""

    number: str = Field(min_length=10, max_length=60, examples=["000.00.04.H23-200423-0001"])
    identity_number: str = Field(min_length=9, max_length=14, examples=["030099000001"])
