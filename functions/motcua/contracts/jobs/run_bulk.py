"""Bulk work as requested: an act, and the dossiers on which it is done, each by itself."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.model import Inward
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.jobs.bulk import MOST_AT_ONCE, BulkAct, Given
from motcua.usecases.jobs.run_bulk import StartBulk


class BulkItem(Inward):
    """One dossier of the selection. With a version it is acted on only if it is still at that one; without, as it is then."""

    dossier_id: str = Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{16}$", examples=["5QF2K8ZJ7M4T9XWA"])
    version: Annotated[int, Field(ge=1, le=999_999)] | None = None


def _each_once(items: list[BulkItem]) -> list[BulkItem]:
    seen: set[str] = set()
    for place, each in enumerate(items):
        if each.dossier_id in seen:
            raise PydanticCustomError("dossier_given_twice", "stands twice", {"field": f"{place}/dossier_id"})
        seen.add(each.dossier_id)
    return items


class BulkRequest(Inward):
    """Do an act on up to 500 dossiers. Partial failure leaves the others done; the job tells what became of each."""

    act: BulkAct
    channel: Literal["counter", "online"] | None = Field(default=None, description="For `return`, and only there")
    dossiers: Annotated[list[BulkItem], Field(min_length=1, max_length=MOST_AT_ONCE), AfterValidator(_each_once)]

    @model_validator(mode="after")
    def _a_return_has_a_channel(self) -> Self:
        if self.act is BulkAct.RETURN and self.channel is None:
            raise PydanticCustomError("channel_needed_for_return", "name a channel", {"field": "channel"})
        if self.act is not BulkAct.RETURN and self.channel is not None:
            raise PydanticCustomError("channel_only_for_return", "name no channel", {"field": "channel"})
        return self

    def to_domain(self) -> StartBulk:
        given = tuple(Given(each.dossier_id, each.version) for each in self.dossiers)
        return StartBulk(self.act, given, ChannelOut(self.channel) if self.channel else None)
