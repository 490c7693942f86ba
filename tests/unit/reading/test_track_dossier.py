"""Tracking by two numbers: a guesser learns nothing after ten failures, and never whether a number exists."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import NotFoundError
from motcua.domain.reading.tracking import MOST_FAILURES, WITHIN, Failures
from motcua.ports.dossiers import DossierContext
from motcua.ports.tracking import Tracked
from motcua.usecases.reading.track_dossier import track
from tests.kit.fakes import OWNER, REAL_NOW, MemoryDossiers
from tests.kit.life.dossiers import received

STRANGER = "030099000777"
ABSENT = "000.00.04.H23-200423-9999"


@dataclass
class MemoryTracking:
    """The port `Tracking`. `calls` lists its calls in order."""

    store: MemoryDossiers
    failures: dict[str, Failures] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def tracked(self, number: str) -> Tracked:
        self.calls.append("tracked")
        return Tracked(self.store.numbers.get(number, ""), self.failures.get(number))

    def failed(self, number: str, known: Failures | None, now: datetime) -> None:
        self.calls.append("failed")
        if known is None or not known.count(now):
            known = Failures(0, now + WITHIN)
        self.failures[number] = Failures(min(known.number + 1, MOST_FAILURES), known.until)


class Desk:
    """One received dossier, and anybody who tracks it at `now`."""

    def __init__(self, desk: DossierContext, store: MemoryDossiers) -> None:
        self.tracking, self.store, self.dossier, self.now = MemoryTracking(store), store, received(desk), REAL_NOW
        self.refusals: set[tuple[str, str]] = set()

    def asks(self, identity_number: str, number: str = "") -> Dossier | None:
        try:
            return track(number or self.dossier.number, identity_number, self.now, self.tracking, self)  # type: ignore[arg-type]
        except NotFoundError as refused:
            self.refusals.add((refused.code, str(refused.faults)))
            return None

    def load_with_persons(self, dossier_id: str) -> tuple[Dossier, Persons] | None:
        self.tracking.calls.append("load_with_persons")
        return self.store.load_with_persons(dossier_id)


@pytest.fixture
def asked(desk: DossierContext, store: MemoryDossiers) -> Desk:
    return Desk(desk, store)


def test_who_knows_both_numbers_finds_it_and_nothing_is_counted(asked: Desk) -> None:
    assert asked.asks(OWNER.number) == asked.dossier
    assert asked.tracking.calls == ["tracked", "load_with_persons"]


def test_after_ten_failures_the_right_number_gets_the_same_answer_as_a_wrong_one(asked: Desk) -> None:
    for _ in range(MOST_FAILURES - 1):
        assert asked.asks(STRANGER) is None
    assert asked.asks(OWNER.number) == asked.dossier, "nine are forgiven"
    assert asked.asks(STRANGER) is None
    assert asked.asks(OWNER.number) is None
    assert asked.asks(STRANGER) is None
    ((code, _),) = asked.refusals
    assert code == "nothing_to_track"


def test_a_number_opens_again_an_hour_after_the_first_failure(asked: Desk) -> None:
    for minutes in range(MOST_FAILURES):
        asked.now = REAL_NOW + timedelta(minutes=minutes)
        asked.asks(STRANGER)
    asked.now = REAL_NOW + WITHIN - timedelta(seconds=1)
    assert asked.asks(OWNER.number) is None
    asked.now = REAL_NOW + WITHIN
    assert asked.asks(OWNER.number) == asked.dossier


def test_failures_with_one_number_close_no_other(asked: Desk, desk: DossierContext) -> None:
    for _ in range(MOST_FAILURES):
        asked.asks(STRANGER)
    other = received(desk)
    assert asked.asks(OWNER.number, other.number) == other


@pytest.mark.parametrize("closed", [False, True])
def test_a_number_that_no_dossier_has_costs_the_same_calls(asked: Desk, closed: bool) -> None:
    """Otherwise the response time would reveal which numbers exist."""
    calls = []
    for number in ("", ABSENT):
        for _ in range(MOST_FAILURES if closed else 0):
            asked.asks(STRANGER, number)
        asked.tracking.calls.clear()
        assert asked.asks(STRANGER, number) is None
        calls.append(tuple(asked.tracking.calls))
    assert calls[0] == calls[1] == ("tracked", "load_with_persons", "failed")
