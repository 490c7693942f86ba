"""What the portal sends to submit a dossier for a citizen."""

from motcua.contracts.intake.service_request import ServiceRequest, brought_of
from motcua.usecases.intake.submit_dossier import SubmitDossier


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
