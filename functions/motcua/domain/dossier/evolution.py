"""How each event leads from one state of a dossier to the next.

Replaying all events of a dossier from None gives its present state.
"""

from dataclasses import replace

from motcua.domain.dossier.components import brought_of
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.effects import EFFECTS, whole
from motcua.domain.event import Event, EventType, when
from motcua.domain.status import Status


def evolve(dossier: Dossier | None, event: Event) -> Dossier:
    """Return the state after `event`."""
    data, at = event.data, event.stamp.occurred_at
    before = _opened(event) if dossier is None else dossier
    after = replace(before, version=event.version, changed_at=at)
    if "parcel" in data:
        after = replace(after, parcels=whole(data["parcel"]), parcel_open=True)
    if "calendar" in data:
        after = replace(after, calendar=str(data["calendar"]))
    if "due_at" in data and event.type is not EventType.OPINION_ASKED:
        after = replace(after, due_at=when(data["due_at"]))
        if after.new_due_at and after.due_at and after.due_at >= after.new_due_at:
            after = replace(after, new_due_at=None)  # the due date itself is now later than an apology promised
    if "papers" in data:
        after = replace(after, papers=brought_of(data["papers"]))
    if step := EFFECTS.get(event.type):
        after = step(after, event)
    return after


def _opened(event: Event) -> Dossier:
    data, at = event.data, event.stamp.occurred_at
    submitted = event.type is EventType.DOSSIER_SUBMITTED
    return Dossier(
        id=event.subject,
        version=0,
        status=Status.SUBMITTED,
        procedure_code=str(data["procedure"]),
        one_stop_id=str(data["one_stop"]),
        agency_id=str(data["agency"]),
        channel_in=ChannelIn(str(data["channel_in"])),
        channel_out=ChannelOut(str(data["channel_out"])),
        changed_at=at,
        procedure_version=whole(data.get("procedure_version", 1)),
        submitted_at=at if submitted else None,
        answer_by=when(data.get("answer_by")),
    )
