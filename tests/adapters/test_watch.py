"""Dossiers with a next check are in a sparse index, by its moment, in every shard; no others are."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.adapters.dossier.next_checks import DynamoNextChecks
from motcua.adapters.dynamodb import keys
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import Opinion
from motcua.domain.event import Event, EventType
from motcua.domain.reading.reminders import due_warnings, reminder_sent
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.deadline.sweep_deadlines import sweep_deadlines
from tests.adapters.conftest import Cloud
from tests.kit.fakes import REAL_NOW, stamp
from tests.kit.shipped import ShippedRegistry
from tests.unit.reading.test_reminders import DUE, NEAR, RECEIVED, dossier, ready

pytestmark = pytest.mark.engine


def keep(cloud: Cloud, *dossiers: Dossier) -> None:
    """Store dossiers as an earlier event left them."""
    for each in dossiers:
        event = Event(EventType.DOSSIER_ASSIGNED, each.id, 1, stamp(RECEIVED), {})
        cloud.dossiers().commit(Change(events=(event,), dossier=each))


def found(cloud: Cloud, what: str, moment: datetime) -> list[str]:
    watched = DynamoNextChecks(cloud.client, cloud.dossier).before(what, moment)
    return sorted(each.id[0] for each in watched if isinstance(each, Dossier))


def test_who_is_watched_is_found_by_what_for_and_since_when(cloud: Cloud) -> None:
    keep(
        cloud,
        dossier(id="A" * 16),
        dossier(id="B" * 16, due_at=DUE + timedelta(seconds=1)),
        dossier(Status.PAUSED, id="C" * 16),
        ready(id="D" * 16),
        ready(id="E" * 16, reminders=1),
        ready(id="F" * 16, parcel_open=True),
    )
    assert found(cloud, "dates", DUE) == []
    assert found(cloud, "dates", DUE + timedelta(seconds=1)) == ["A"]
    assert found(cloud, "dates", DUE + timedelta(days=1)) == ["A", "B"]
    assert found(cloud, "reminded0", DUE) == ["D"]
    assert found(cloud, "reminded1", DUE) == ["E"]


def test_every_shard_is_looked_at_and_nobody_is_found_twice(cloud: Cloud) -> None:
    letters = "0123456789ABCDEFGHJK"
    keep(cloud, *(dossier(id=letter * 16, opinions=(Opinion("stc", RECEIVED, DUE),)) for letter in letters))
    shards = {item["watch_pk"]["S"] for item in cloud.items(cloud.dossier) if "watch_pk" in item}
    assert len(shards) == keys.WATCH_SHARDS
    assert found(cloud, "dates", DUE + timedelta(days=1)) == sorted(letters)


def test_who_was_told_everything_leaves_the_index(cloud: Cloud) -> None:
    keep(cloud, first := replace(dossier(), version=1))
    (late,) = due_warnings(first, DUE + timedelta(days=1), NEAR)
    event = reminder_sent(first, late, stamp(DUE))
    cloud.dossiers().commit(Change(events=(event,), dossier=evolve(first, event)))
    assert found(cloud, "dates", DUE + timedelta(days=9)) == []


def test_a_sweep_of_what_the_index_holds_says_each_thing_once(cloud: Cloud) -> None:
    """Two sweeps have read the same dossiers. The one that writes second finds that the version has changed."""
    keep(cloud, *(replace(dossier(id=letter * 16), version=1) for letter in "ABC"))
    watched, dossiers = DynamoNextChecks(cloud.client, cloud.dossier), cloud.dossiers()
    read = [each for each in watched.before("dates", DUE + timedelta(days=1)) if isinstance(each, Dossier)]

    def sweep() -> tuple[dict[str, int], int]:
        swept = sweep_deadlines(NEAR, REAL_NOW, registry=ShippedRegistry(), dossiers=dossiers, watched=watched)
        assert swept.failures == []
        return dict(swept.said), swept.left

    assert sweep() == ({"approaching": 3}, 0)
    assert sweep() == ({}, 0)
    (near,) = due_warnings(read[0], NEAR, NEAR)
    event = reminder_sent(read[0], near, stamp(NEAR))
    with pytest.raises(VersionMovedError):
        dossiers.commit(Change(events=(event,), dossier=evolve(read[0], event)))
