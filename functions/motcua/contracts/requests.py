"""What callers send. Every fault is answered by field (JSON Pointer), in Vietnamese and English."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from motcua.contracts.persons import Inward, PersonModel, WithPersons, readable
from motcua.domain.dossier import ChannelIn, ChannelOut
from motcua.usecases.choose_return_channel import Choice
from motcua.usecases.receive_dossier import ReceiveDossier
from motcua.usecases.submit_dossier import SubmitDossier

UnitId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$", examples=["mc-tinh"])]
ProcedureCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]{1,40}$", examples=["2.000635"])]
Reason = Annotated[str, Field(min_length=5, max_length=500), AfterValidator(readable)]


class ServiceRequest(WithPersons):
    """What every dossier asks for: a procedure, at a one-stop unit, for somebody, returned by some channel."""

    one_stop_id: UnitId
    procedure_code: ProcedureCode
    channel_out: ChannelOut = ChannelOut.COUNTER

    @model_validator(mode="after")
    def _post_needs_an_address(self) -> Self:
        if self.channel_out is ChannelOut.POST:
            self.check_reachable_by_post()
        return self


class ReceiveDossierRequest(ServiceRequest):
    """Receive a dossier at the counter or from the post."""

    channel_in: Literal["counter", "post"]

    def to_domain(self) -> ReceiveDossier:
        channel_in = ChannelIn(self.channel_in)
        return ReceiveDossier(self.one_stop_id, self.procedure_code, channel_in, self.channel_out, self.persons())


class SubmitDossierRequest(ServiceRequest):
    """Submit a dossier online. The portal vouches for the citizen in the header `X-Motcua-Citizen`."""

    def to_domain(self, citizen: str) -> SubmitDossier:
        return SubmitDossier(self.one_stop_id, self.procedure_code, self.channel_out, self.persons(), citizen)


class NoBody(Inward):
    """The path says it all; the body is empty or `{}`."""


class RefusalRequest(Inward):
    """Refuse an online submission (form 03)."""

    reason: Reason = Field(examples=["Thiếu bản chính giấy tờ theo thành phần hồ sơ"])


class ReturnRequest(Inward):
    """Hand the result over. By post a result is returned by its parcel's delivery, not by a request."""

    channel: ChannelOut


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
