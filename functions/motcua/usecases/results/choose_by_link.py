"""Choose the return channel (R5) without a sign-in: a clerk or the portal makes a link, and its holder uses it."""

import dataclasses
from dataclasses import replace
from datetime import timedelta

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.acts.results import return_channel_chosen
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.persons import Person, PersonKind, Persons
from motcua.domain.errors import NotFoundError, RefusedError
from motcua.domain.event import Stamp
from motcua.domain.local_time import local_day
from motcua.domain.post.channel_link import Link, check_good
from motcua.domain.record import dataclass
from motcua.domain.rules.values import LinkValidity
from motcua.domain.search.folding import folded
from motcua.ports.changes import Change, IdempotencyKey
from motcua.ports.dossiers import DossierContext
from motcua.ports.links import Links
from motcua.usecases.access.may_act import check_actor
from motcua.usecases.access.may_see import check_may_see
from motcua.usecases.dossier_command import CommandResult, act_on_latest_version
from motcua.usecases.reading.read_dossier import read_own
from motcua.usecases.registry.find_service import procedure_of
from motcua.usecases.results.choose_return_channel import Choice, chosen

HOLDER = "applicant:link"
"""Who chose, in the timeline for staff: whoever held the link."""


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link, and the token that stands for it. Whoever holds the token may choose, so it is logged nowhere."""

    token: str
    link: Link

    def __repr__(self) -> str:
        return f"MadeLink(dossier_id={self.link.dossier_id!r})"


@dataclasses.dataclass(frozen=True, slots=True)
class LinkCommand:
    """One command of whoever holds the link that `token` stands for."""

    token: str = dataclasses.field(repr=False)
    stamp: Stamp
    idempotency: IdempotencyKey


@dataclass(frozen=True, slots=True)
class ByPost:
    """Who gets the result by post: all that the post needs, and nothing else of a person."""

    name: str
    phone: str
    address: str

    def __repr__(self) -> str:
        return "ByPost(…)"


@dataclass(frozen=True, slots=True)
class Preview:
    """What the holder of a link may do now. `refusal` is why the post cannot be chosen, None when it can.

    `address_known` tells whether the address and phone of who gets the result are on record. The choice then needs no
    recipient.
    """

    dossier: Dossier
    link: Link
    refusal: RefusedError | None
    address_known: bool


def make_link(dossier_id: str, by: Principal, stamp: Stamp, context: DossierContext, links: Links) -> MadeLink:
    """Make a link for the applicant, as a clerk of the one-stop unit.

    Raises RefusedError once there is nothing to choose.
    """
    dossier = check_may_see(by, context.dossiers.load(dossier_id))
    check_actor("choose_return_channel", by, dossier)
    return _made(dossier, stamp, context, links)


def make_own_link(dossier_id: str, citizen: str, stamp: Stamp, context: DossierContext, links: Links) -> MadeLink:
    """Make a link for the citizen's own dossier, through the portal."""
    return _made(read_own(dossier_id, citizen, context.dossiers)[0], stamp, context, links)


def preview_choice(token: str, stamp: Stamp, context: DossierContext, links: Links) -> Preview:
    """Return what a link allows. Raises ForbiddenError when the token is not ours or has expired."""
    link = check_good(links.opened(token), stamp.recorded_at)
    found = context.dossiers.load_with_persons(link.dossier_id)
    if found is None:
        raise NotFoundError("dossier_not_found")
    dossier, persons = found
    refusal = _why_not_by_post(dossier, stamp, context)
    return Preview(dossier, link, refusal, persons.result_goes_to.reachable_by_post)


def choose_by_link(
    command: LinkCommand, channel: ChannelOut, to: ByPost | None, context: DossierContext, links: Links
) -> CommandResult:
    """Write the holder's choice on the dossier as it stands.

    What is chosen already is not written again, so that a link that is used over and over makes no events. Raises
    ForbiddenError when the token is not ours or has expired, and RefusedError, naming the state, once the result is
    under way or the dossier has ended.
    """
    stamp, key = command.stamp, command.idempotency
    link = check_good(links.opened(command.token), stamp.recorded_at)

    def decide(dossier: Dossier, persons: Persons) -> Change | None:
        change = chosen(dossier, persons, Choice(channel, _recipient(persons, to)), stamp, key, context)
        assert change.dossier is not None
        same = replace(change.dossier, version=dossier.version, changed_at=dossier.changed_at) == dossier
        return None if same and change.persons in (None, persons) else change

    return act_on_latest_version(context.dossiers, link.dossier_id, stamp, key, decide)


def _made(dossier: Dossier, stamp: Stamp, context: DossierContext, links: Links) -> MadeLink:
    check_move("choose_return_channel", dossier.status)
    if dossier.parcel_open:
        raise RefusedError("parcel_under_way")
    days = context.registry.rules().known(LinkValidity, local_day(stamp.occurred_at)).value.days
    link = Link(dossier.id, stamp.recorded_at.replace(microsecond=0) + timedelta(days=days))
    return MadeLink(links.sign(link), link)


def _why_not_by_post(dossier: Dossier, stamp: Stamp, context: DossierContext) -> RefusedError | None:
    try:
        return_channel_chosen(dossier, procedure_of(context.registry, dossier), ChannelOut.POST, stamp)
    except RefusedError as refusal:
        return refusal
    return None


def _recipient(persons: Persons, to: ByPost | None) -> Person | None:
    """Return the recipient that was named: a person on record by that name, with the new address, else somebody new.

    The post needs no identity number of anybody new.
    """
    if to is None:
        return None
    for known in (persons.result_goes_to, persons.owner):
        if folded(known.name) == folded(to.name):
            moved = known.address != to.address
            commune_id = "" if moved else known.commune_id
            return replace(known, phone=to.phone, address=to.address, commune_id=commune_id)
    return Person(PersonKind.CITIZEN, to.name, "", to.phone, to.address)
