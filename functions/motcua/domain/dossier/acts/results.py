"""The acts on a ready result: choosing its channel, returning it, and taking it back from the post."""

from motcua.domain.dossier.components import due_at_return
from motcua.domain.dossier.dossier import ChannelOut, Dossier, facts_for_figures, next_event
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.registry.procedure import Procedure
from motcua.domain.status import Status


def check_post_offered(procedure: Procedure, channel: ChannelOut) -> None:
    """Raise RefusedError when the result cannot go by post: the published list says so, or an original is due."""
    if channel is not ChannelOut.POST:
        return
    if not procedure.offers_post:
        raise RefusedError("post_not_offered", "/channel_out", procedure=procedure.code)
    if papers := due_at_return(procedure):
        raise RefusedError("originals_due_by_post", "/channel_out", procedure=procedure.code, papers=papers)


def return_channel_chosen(dossier: Dossier, procedure: Procedure, channel: ChannelOut, stamp: Stamp) -> Event:
    """Choose how the result is returned to the applicant; possible until the parcel is under way (R5)."""
    check_move("choose_return_channel", dossier.status)
    check_post_offered(procedure, channel)
    if dossier.parcel_open:
        raise RefusedError("parcel_under_way", "/channel_out")
    parcel = opens_parcel(dossier, channel) if dossier.status is Status.RESULT_READY else {}
    return next_event(dossier, EventType.RETURN_CHANNEL_CHOSEN, stamp, {"channel_out": channel.value} | parcel)


def came_back(dossier: Dossier, reason: str, stamp: Stamp) -> Event:
    """Take the result back after a parcel without delivery: it lies at the one-stop unit, and the status stays 9."""
    return next_event(dossier, EventType.DOSSIER_RESULT_CAME_BACK, stamp, {"reason": reason})


def returned(dossier: Dossier, channel: ChannelOut, stamp: Stamp, **post: object) -> Event:
    """Return the result to the applicant (9→10): a clerk hands it over, or the post, as `post` describes."""
    check_move("return", dossier.status)
    if channel is not ChannelOut.POST and dossier.parcel_open:
        raise RefusedError("parcel_under_way", "/channel")
    return next_event(
        dossier, EventType.DOSSIER_RETURNED, stamp, facts_for_figures(dossier) | {"channel_out": channel.value} | post
    )


def opens_parcel(dossier: Dossier, channel: ChannelOut) -> dict[str, object]:
    return {"parcel": dossier.parcels + 1} if channel is ChannelOut.POST else {}
