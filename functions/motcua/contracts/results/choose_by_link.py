"""Signed links as they cross the wire: the link made, what its holder may choose, the choice. Nothing personal is shown."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import local
from motcua.contracts.dossier.views import StatusView
from motcua.contracts.fields import Phone, Text
from motcua.contracts.model import Inward, Outward
from motcua.contracts.persons import PersonName
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.problems import words
from motcua.usecases.results.choose_by_link import ByPost, MadeLink, Preview

Token = Annotated[
    str,
    Field(
        description="As it came in the link; sent in the body, so that no access log has it",
        examples=["MS41UUYySzhaSjdNNFQ5WFdBLjE1OTAyMDA2MDA.6Jm0n1rAq2oXb3w7oZc1t0m4l8yQe5HfKxWvUuTsRgA"],
    ),
]


class LinkView(Outward):
    """A link by which the applicant chooses how the result comes, without a sign-in. Whoever holds the token may choose."""

    token: str
    expires_at: datetime

    @classmethod
    def of(cls, made: MadeLink) -> "LinkView":
        return cls.model_construct(token=made.token, expires_at=local(made.link.expires_at))


class LinkRequest(Inward):
    """What to choose by a link."""

    token: Token


class PostalRecipient(Inward):
    """To whom the post brings the result: what it needs, and no identity number."""

    name: PersonName = Field(examples=["Nguyễn Văn Mẫu"])
    phone: Phone
    address: Text = Field(examples=["Số 1, phố Mẫu, phường Trần Phú, thành phố Hải Dương"])

    def to_domain(self) -> ByPost:
        return ByPost(self.name, self.phone, self.address)


class LinkChoiceRequest(Inward):
    """Choose how the result comes, and for post by choice to whom; left out, it goes to who is on record."""

    token: Token
    channel_out: ChannelOut
    recipient: PostalRecipient | None = None

    @model_validator(mode="after")
    def _a_recipient_is_for_the_post(self) -> Self:
        if self.recipient and self.channel_out is not ChannelOut.POST:
            raise PydanticCustomError("recipient_by_post_only", "for the post only", {"field": "recipient"})
        return self

    def to(self) -> ByPost | None:
        return self.recipient.to_domain() if self.recipient else None


class RefusalView(Outward):
    """Why something is not possible now: the problem's code, and its text in both languages."""

    code: str
    vi: str
    en: str


class LinkedChoiceView(Outward):
    """How the result is to come, and what else its holder needs to know; nothing of a person."""

    number: str | None = Field(description="None until an online submission is accepted")
    status: StatusView
    procedure_code: str
    due_at: datetime | None
    new_due_at: datetime | None = Field(description="The new date of an apology")
    ready_at: datetime | None
    channel_out: ChannelOut

    @classmethod
    def of(cls, dossier: Dossier) -> "LinkedChoiceView":
        return cls.model_construct(**_shared(dossier))


class LinkPreviewView(LinkedChoiceView):
    """What a link allows, and whether the post may be chosen now."""

    expires_at: datetime = Field(description="Until when the link is good")
    post_possible: bool
    why_not_post: RefusalView | None = Field(description="Why the post cannot be chosen now; null when it can")
    address_known: bool = Field(
        description="Who gets the result is on record with an address and a phone: the post needs no recipient"
    )

    @classmethod
    def showing(cls, preview: Preview) -> "LinkPreviewView":
        refusal = preview.refusal
        why_not = None
        if refusal:
            vi, en = words(refusal.faults[0])
            why_not = RefusalView.model_construct(code=refusal.code.replace("_", "-"), vi=vi, en=en)
        return cls.model_construct(
            **_shared(preview.dossier),
            expires_at=local(preview.link.expires_at),
            post_possible=refusal is None,
            why_not_post=why_not,
            address_known=preview.address_known,
        )


def _shared(dossier: Dossier) -> dict[str, Any]:
    return {
        "number": dossier.number or None,
        "status": StatusView.of(dossier.status),
        "procedure_code": dossier.procedure_code,
        **{name: local(getattr(dossier, name)) for name in ("due_at", "new_due_at", "ready_at")},
        "channel_out": dossier.channel_out,
    }
