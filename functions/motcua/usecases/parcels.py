"""A change that opens a parcel also holds the parcel: both or neither."""

from dataclasses import replace

from motcua.domain import parcel as parcels
from motcua.domain.dossier import Dossier, facts_for_figures
from motcua.ports import Change

CARRIER = "vnpost"
"""Who carries results: the public postal service, until a dated rule of the registry names several. [ours]"""


def opened_parcel(before: Dossier, change: Change) -> Change:
    """`change`, with the parcel that it opens, if it opens one."""
    after = change.dossier
    assert after is not None
    if after.parcels == before.parcels:
        return change
    stamp = change.events[0].stamp
    ready = parcels.ready(after.id, after.parcels, CARRIER, facts_for_figures(after), stamp)
    return replace(change, events=(*change.events, ready), parcel=parcels.evolve(None, ready))
