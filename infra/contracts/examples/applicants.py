"""Examples of what an applicant sees and chooses: the timeline, and signed links."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from infra.contracts import other_lives
from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.fields import NoBody
from motcua.contracts.reading.read_timeline import ApplicantTimelineView
from motcua.contracts.results.choose_by_link import (
    LinkChoiceRequest,
    LinkedChoiceView,
    LinkPreviewView,
    LinkRequest,
    LinkView,
    PostalRecipient,
)
from motcua.domain.dossier.acts.results import return_channel_chosen
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.dossier.evolution import evolve
from motcua.domain.event import Event, EventType
from motcua.domain.post.channel_link import Link
from motcua.usecases.reading.read_timeline import OwnTimeline, Told, told_stages
from motcua.usecases.results.choose_by_link import MadeLink, Preview

TOKEN = "MS41UUYySzhaSjdNNFQ5WFdBLjE1OTA1NzEyMDA.uCjKd1Zq4r9oB0yXhS7mTn2vWfE5gLxPaQ3tIkR8cVY"  # noqa: S105 - a sample
"""A token of the right format that nobody signed."""

MISSING = "Thiếu bản sao giấy tờ pháp lý của chủ doanh nghiệp"


def told(events: Iterable[Event]) -> Sequence[Told]:
    """Return the timeline of the events, with the sample units."""
    units: Any = SimpleNamespace(unit={unit.id: unit for unit in book.UNITS}.get)
    return told_stages(events, units)


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    owner = life.OWNER
    recipient = PostalRecipient(name=owner.name, phone=owner.phone, address=owner.address)
    return {
        "make_channel_link": NoBody(),
        "make_own_channel_link": NoBody(),
        "preview_choice_by_link": LinkRequest(token=TOKEN),
        "choose_by_link": LinkChoiceRequest(token=TOKEN, channel_out=ChannelOut.POST, recipient=recipient),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    waited = other_lives.waited()
    asked = waited.reach(EventType.SUPPLEMENT_REQUESTED).version
    ready, now = life.processed(ChannelOut.COUNTER).dossier, life.at("04-27 16:20")
    link = Link(ready.id, now + timedelta(days=30))
    choice = return_channel_chosen(ready, book.PROCEDURE, ChannelOut.POST, life.stamp(now))
    made = LinkView.of(MadeLink(TOKEN, link))
    return {
        "make_channel_link": made,
        "make_own_channel_link": made,
        "preview_choice_by_link": LinkPreviewView.showing(Preview(ready, link, None, address_known=True)),
        "choose_by_link": LinkedChoiceView.of(evolve(ready, choice)),
        "read_own_timeline": ApplicantTimelineView.of(
            OwnTimeline(waited.dossier, tuple(told(waited.events)), {asked: MISSING})
        ),
    }
