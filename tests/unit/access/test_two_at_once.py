"""Two people act at once on the same version of a dossier: one wins, the other gets the present version and status.

The races cover all pairs of acts that two people may do in the same status, including an act with itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest

from motcua.domain.errors import ConflictError, NotFoundError
from motcua.ports.changes import Change
from motcua.usecases.dossier_command import CommandResult
from tests.kit import scenes
from tests.kit.fakes import MemoryDossiers
from tests.kit.life.oracle import sees
from tests.kit.life.whole_life import ACTS, Attempt, Life

SCENES: dict[str, Callable[[], Life]] = {
    "submitted": scenes.submitted,
    "received": scenes.received,
    "in process": scenes.in_process,
    "linked": scenes.linked,
    "supplement requested": lambda: scenes.waiting("request_supplement"),
    "payment due": lambda: scenes.waiting("request_payment"),
    "paused": lambda: scenes.waiting("pause"),
    "result ready": scenes.ready,
    "lost by the post": scenes.lost_by_the_post,
    "returned": scenes.returned,
    "refused": scenes.refused,
}


@dataclass
class Overtaken(MemoryDossiers):
    """A store in which somebody's whole command runs between another's reading and writing."""

    overtaking: Callable[[], CommandResult] | None = None

    def commit(self, change: Change) -> None:
        first, self.overtaking = self.overtaking, None
        if first:
            first()
        super().commit(change)


def pairs(life: Life) -> list[tuple[Attempt, Attempt]]:
    """Return one pair of attempts for each pair of acts that two people may do now."""
    by_act = {act: scenes.able(life, act) for act in ACTS}
    return [
        next(pair)
        for one, other in product(by_act.values(), repeat=2)
        if (pair := ((a, b) for a in one for b in other if a.by != b.by))
        and any(a.by != b.by for a in one for b in other)
    ]


def is_told_the_present_state(lost: ConflictError, life: Life) -> None:
    told = lost.faults[0].params
    assert (told["version"], told["status_code"]) == (str(life.dossier.version), str(life.dossier.status.code))


@pytest.mark.parametrize("scene", SCENES)
def test_who_comes_second_is_told_the_present_state(scene: str) -> None:
    base = SCENES[scene]()
    for first, second in pairs(base):
        life = base.fork()
        wins, loses = life.prepared(first), life.prepared(second)
        won = wins().dossier
        with pytest.raises((ConflictError, NotFoundError)) as lost:
            loses()
        if isinstance(lost.value, ConflictError):
            assert lost.value.code == "version_differs"
            is_told_the_present_state(lost.value, life)
        else:
            assert not sees(second.by, won), "it has ended, and whoever owed an opinion reads it no more"
        assert life.dossier == won


@pytest.mark.parametrize("scene", SCENES)
def test_who_is_overtaken_while_writing_is_told_the_present_state(scene: str) -> None:
    """Both have read the same version. The loser's write fails as a whole, with its reason and its parcel."""
    base = SCENES[scene]()
    for first, second in pairs(base):
        life = base.fork(Overtaken)
        wins, loses = life.prepared(first), life.prepared(second)
        assert isinstance(life.store, Overtaken)
        life.store.overtaking = wins
        with pytest.raises(ConflictError, match="changed_meanwhile") as lost:
            loses()
        is_told_the_present_state(lost.value, life)
        alone = base.fork()
        alone.prepared(first)()
        assert life.dossier == alone.dossier
        assert life.store.persons == alone.store.persons
        assert len(life.store.log) == len(alone.store.log)
        assert life.store.parcels == alone.store.parcels


def test_every_act_is_raced_by_two_people_or_more() -> None:
    raced = {attempt.act for scene in SCENES.values() for pair in pairs(scene()) for attempt in pair}
    assert raced == set(ACTS)
