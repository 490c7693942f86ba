"""Gap-free numbers on the real store: fifty processes at once, and a store that cannot decide."""

from collections.abc import Callable
from threading import Lock
from typing import Any

import pytest
from botocore.exceptions import ClientError

from motcua.adapters.dossier.dossiers import DynamoDossiers
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import StoreBusyError
from motcua.usecases.intake.give_number import TRIES, NumberBusyError
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import answers, at_once
from tests.kit.fakes import CLERK, PERSONS, PROCEDURE, key, stamp

pytestmark = pytest.mark.engine

ENTRY = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, ChannelOut.COUNTER, PERSONS)
SERIES = "000.00.04.H23-200423"


class Counted(DynamoDossiers):
    """The real adapter, with a count of its tries."""

    tries = 0

    def commit(self, change: Change) -> None:
        self.tries += 1
        super().commit(change)


class Contended:
    """The real client, except that every `nth` transaction fails with AWS's answer to a conflict on an item."""

    def __init__(self, client: Any, nth: int) -> None:
        self._client, self._nth, self._lock, self._asked, self.conflicts = client, nth, Lock(), 0, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, TransactItems: list[Any]) -> Any:  # noqa: N803 - botocore's name
        with self._lock:
            self._asked += 1
            conflict = self._asked % self._nth == 0
            self.conflicts += conflict
        if not conflict:
            return self._client.transact_write_items(TransactItems=TransactItems)
        reasons = [{"Code": "None"} for _ in TransactItems]
        reasons[-1] = {"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}
        answer: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
        raise ClientError(answer, "TransactWriteItems")


def receive_until_done(desk: DossierContext) -> tuple[str, int]:
    """Receive as a clerk who retries under the same key when the answer is "busy".

    Returns the number, and how often that happened.
    """
    idempotency, busy = key(), 0
    while True:
        try:
            return receive_dossier(ENTRY, CLERK, stamp(), idempotency, desk).dossier.number, busy
        except NumberBusyError:
            busy += 1


def expected(count: int) -> list[str]:
    return [f"{SERIES}-{place:04d}" for place in range(1, count + 1)]


def test_fifty_processes_at_once_take_the_numbers_one_to_fifty(cloud: Cloud, tell: Callable[[str], None]) -> None:
    stores = [Counted(cloud.client, cloud.dossier, cloud.person) for _ in range(50)]
    outcomes = at_once(50, lambda place: receive_until_done(cloud.office(stores[place])))
    received = answers(outcomes)
    numbers = [number for number, _ in received]
    assert sorted(numbers) == expected(50)
    pointers = {item["PK"]["S"] for item in cloud.items(cloud.dossier, kind="number")}
    assert pointers == {f"NUMBER#{number}" for number in numbers}
    assert len(cloud.items(cloud.dossier, kind="dossier")) == 50
    tries = [store.tries for store in stores]
    busy = sum(times for _, times in received)
    tell(f"fifty at once: {sum(tries) / 50:.1f} tries each on average, {max(tries)} at most, {busy} times busy")


def test_transaction_conflicts_leave_no_gap_and_no_double(cloud: Cloud) -> None:
    contended = Contended(cloud.client, nth=3)
    outcomes = at_once(15, lambda _: receive_until_done(cloud.office(cloud.dossiers(contended))))
    assert sorted(number for number, _ in answers(outcomes)) == expected(15)
    assert contended.conflicts >= 5


def test_a_store_that_never_decides_is_given_up_with_nothing_written(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    store = Counted(Contended(cloud.client, nth=1), cloud.dossier, cloud.person)
    with pytest.raises(NumberBusyError):
        receive_dossier(ENTRY, CLERK, stamp(), key(), cloud.office(store))
    assert store.tries == TRIES
    assert not cloud.items(cloud.dossier)
    assert not cloud.items(cloud.person)


def test_a_conflict_is_a_busy_store_and_never_a_lost_race(cloud: Cloud) -> None:
    with pytest.raises(StoreBusyError):
        cloud.dossiers(Contended(cloud.client, nth=1)).commit(Change((), settles="nothing"))
