"""What a clerk enters of a dossier that an agency received itself (R3)."""

from typing import Annotated

from pydantic import Field

from motcua.contracts.days import Day
from motcua.contracts.fields import Reason, UnitId
from motcua.contracts.intake.service_request import ServiceRequest, brought_of
from motcua.usecases.intake.register_transitional import RegisterTransitional


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
