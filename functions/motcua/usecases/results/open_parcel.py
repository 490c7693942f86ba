"""Add to a change the parcel that it opens: both are written or neither."""

from dataclasses import replace

from motcua.domain.dossier.dossier import Dossier, facts_for_figures
from motcua.domain.local_time import local_day
from motcua.domain.post import parcel as parcels
from motcua.domain.rules.values import ResultCarrier
from motcua.ports.changes import Change
from motcua.ports.registry import Registry


def opened_parcel(before: Dossier, change: Change, registry: Registry) -> Change:
    """Return `change` with the parcel that it opens, if it opens one. A dated rule says who carries it."""
    after = change.dossier
    assert after is not None
    if after.parcels == before.parcels:
        return change
    stamp = change.events[0].stamp
    carrier_id = registry.rules().known(ResultCarrier, local_day(stamp.occurred_at)).value.carrier
    ready = parcels.ready(after.id, after.parcels, carrier_id, facts_for_figures(after), stamp)
    return replace(change, events=(*change.events, ready), parcel=parcels.evolve(None, ready))
