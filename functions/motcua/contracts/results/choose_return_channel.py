"""How the applicant wants the result."""

from motcua.contracts.model import Inward
from motcua.contracts.persons import PersonModel
from motcua.domain.dossier.dossier import ChannelOut
from motcua.usecases.results.choose_return_channel import Choice


class ReturnChannelRequest(Inward):
    """Choose how the result comes, and by choice to whom."""

    channel_out: ChannelOut
    recipient: PersonModel | None = None

    def to_domain(self) -> Choice:
        return Choice(self.channel_out, self.recipient.to_domain() if self.recipient else None)
