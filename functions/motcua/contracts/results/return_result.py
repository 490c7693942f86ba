"""What a clerk sends to return a result or a written answer."""

from pydantic import Field

from motcua.contracts.model import Inward
from motcua.domain.dossier.dossier import ChannelOut


class ReturnRequest(Inward):
    """Hand the result over. By post a result is returned by its parcel's delivery, not by a request."""

    channel: ChannelOut
    originals_taken: bool = Field(
        default=False, description="The originals that the procedure asks for at the return were handed in"
    )


class AnswerReturn(Inward):
    """Hand the written answer back at the counter or online. A parcel carries results only."""

    channel: ChannelOut
