"""Failed look-ups in the real store: counted when concurrent, up to the limit, and forgotten on expiry."""

from datetime import timedelta

import pytest

from motcua.adapters.dossier.tracking import DynamoTracking
from motcua.adapters.dynamodb import keys
from motcua.domain.reading.tracking import MOST_FAILURES, WITHIN, Failures, is_closed
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import at_once, errors
from tests.adapters.test_dossiers import receive
from tests.kit.fakes import REAL_NOW

pytestmark = pytest.mark.engine

NUMBER = "000.00.04.H23-200423-9999"
END = REAL_NOW + WITHIN


@pytest.fixture
def tracking(cloud: Cloud) -> DynamoTracking:
    return DynamoTracking(cloud.client, cloud.dossier)


def test_a_number_leads_to_its_dossier_also_beside_failures(cloud: Cloud, tracking: DynamoTracking) -> None:
    dossier = receive(cloud.office())
    assert (tracking.tracked(dossier.number).dossier_id, tracking.tracked(dossier.number).failures) == (
        dossier.id,
        None,
    )
    tracking.failed(dossier.number, None, REAL_NOW)
    found = tracking.tracked(dossier.number)
    assert (found.dossier_id, found.failures) == (dossier.id, Failures(1, END))
    assert cloud.dossiers().find_by_number(dossier.number) == dossier.id


def test_failures_that_come_at_once_are_all_counted_up_to_the_most(tracking: DynamoTracking) -> None:
    results = at_once(3 * MOST_FAILURES, lambda _: tracking.failed(NUMBER, None, REAL_NOW))
    assert errors(results) == []
    assert tracking.tracked(NUMBER).failures == Failures(MOST_FAILURES, END)


def test_the_end_is_an_hour_after_the_first_one(tracking: DynamoTracking) -> None:
    tracking.failed(NUMBER, None, REAL_NOW)
    tracking.failed(NUMBER, tracking.tracked(NUMBER).failures, REAL_NOW + timedelta(minutes=59))
    assert tracking.tracked(NUMBER).failures == Failures(2, END)


def test_past_its_end_a_count_begins_again_though_nothing_has_removed_it(tracking: DynamoTracking) -> None:
    for _ in range(MOST_FAILURES):
        tracking.failed(NUMBER, tracking.tracked(NUMBER).failures, REAL_NOW)
    old = tracking.tracked(NUMBER).failures
    assert is_closed(old, END - timedelta(seconds=1))
    assert not is_closed(old, END)
    results = at_once(3, lambda _: tracking.failed(NUMBER, old, END))
    assert errors(results) == []
    assert tracking.tracked(NUMBER).failures == Failures(3, END + WITHIN), "also when several begin again at once"


def test_the_table_removes_a_count_some_time_after_its_end(cloud: Cloud, tracking: DynamoTracking) -> None:
    tracking.failed(NUMBER, None, REAL_NOW)
    (stored,) = cloud.items(cloud.dossier, kind="failures")
    assert stored["expires_at"] == {"N": str(int(END.timestamp()))}
    assert {name: stored[name] for name in ("PK", "SK")} == keys.failures(NUMBER)
