"""What a clerk sends to receive a dossier."""

from typing import Literal

from motcua.contracts.intake.service_request import AsksAtIntake, ServiceRequest, brought_of
from motcua.domain.dossier.dossier import ChannelIn
from motcua.usecases.intake.receive_dossier import ReceiveDossier


class ReceiveDossierRequest(ServiceRequest, AsksAtIntake):
    """Receive a dossier at the counter or from the post."""

    channel_in: Literal["counter", "post"]

    def to_domain(self) -> ReceiveDossier:
        return ReceiveDossier(
            self.one_stop_id,
            self.procedure_code,
            ChannelIn(self.channel_in),
            self.channel_out,
            self.persons(),
            brought_of(self.papers),
            self.asks(),
        )
