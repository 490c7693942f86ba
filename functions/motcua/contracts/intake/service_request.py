"""What every dossier asks for: a procedure at a one-stop unit, for whom, with which papers."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.fields import Amount, ProcedureCode, Reason, UnitId
from motcua.contracts.model import Inward
from motcua.contracts.persons import WithPersons
from motcua.domain.dossier.components import Brought, PaperForm
from motcua.domain.dossier.dossier import ChannelOut
from motcua.usecases.intake.ask_at_intake import AtIntake


class PaperModel(Inward):
    """A paper that was brought. What must not be missing is known where the procedure tells how many it asks for."""

    component: int = Field(ge=1, le=100, description="Its place in the procedure's list of papers, from 1")
    form: PaperForm
    count: int = Field(default=1, ge=1, le=99)

    def to_domain(self) -> Brought:
        return Brought(self.component, self.form, self.count)


Papers = Annotated[
    list[PaperModel],
    Field(max_length=400, description="All papers that were brought; left out = not listed, and not checked"),
]


def brought_of(papers: list[PaperModel] | None) -> tuple[Brought, ...] | None:
    return None if papers is None else tuple(each.to_domain() for each in papers)


class AsksAtIntake(Inward):
    """What a receipt may ask for at once: a supplement (form 02), or a payment. The dossier then waits at 5 or 6."""

    supplement_reason: Reason | None = Field(default=None, description="What is missing, as the applicant reads it")
    payment_vnd: Amount | None = None

    @model_validator(mode="after")
    def _one_at_a_time(self) -> Self:
        if self.supplement_reason and self.payment_vnd:
            raise PydanticCustomError("one_request_at_a_time", "ask for one of them", {"field": "payment_vnd"})
        return self

    def asks(self) -> AtIntake:
        return AtIntake(self.supplement_reason or "", self.payment_vnd)


class ServiceRequest(WithPersons):
    """What every dossier asks for: a procedure, at a one-stop unit, for somebody, returned by some channel."""

    one_stop_id: UnitId
    procedure_code: ProcedureCode
    channel_out: ChannelOut = ChannelOut.COUNTER
    papers: Papers | None = None

    @model_validator(mode="after")
    def _post_needs_an_address(self) -> Self:
        if self.channel_out is ChannelOut.POST:
            self.check_reachable_by_post()
        return self
