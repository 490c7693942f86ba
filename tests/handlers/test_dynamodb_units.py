"""What one dossier's life costs in DynamoDB: received, to the agency, resolved, posted with four callbacks, returned, counted.

The figures are exact, not bounds: whoever adds a row, an index or a call states here its cost for each of 700,000
dossiers a year.
"""

from collections.abc import Iterator

import pytest

from infra.bench.units import Meter, Units, index_units, kilobytes, read_units
from motcua.adapters import clients as aws
from tests.handlers.conftest import client
from tests.kit.api_lives import act, receive, report
from tests.kit.moto_cloud import Cloud

CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}

KNOWN = Units(write=181, read=53.0, calls=35, items=74)
"""Each function starts cold here, so the registry's reads are included."""


@pytest.fixture
def meter(cloud: Cloud) -> Iterator[Meter]:
    cloud.restart()
    made, listened_to = Meter(client("dynamodb")), aws.client("dynamodb")
    made.listen(listened_to)
    yield made
    made.stop(listened_to)


def _consume(cloud: Cloud, function: str, queue: str, dossier_id: str) -> None:
    for owed in cloud.owed(queue, dossier_id):
        assert cloud.deliver(function, owed) == {"batchItemFailures": []}


def live(cloud: Cloud) -> str:
    """Run one whole life through every queue, and return the dossier's id."""
    received = receive(cloud, CITIZEN, channel_out="post")
    assert received.status == 201
    dossier_id = str(received.body["id"])
    _consume(cloud, "route_dossier", "routing", dossier_id)
    for version, name in enumerate(("takeover", "resolution"), 2):
        assert act(cloud, dossier_id, name, version).status == 200
    _consume(cloud, "dispatch_parcel", "dispatch", dossier_id)
    for code in ("C10", "C20", "C30", "C50"):
        assert cloud.call_back(report(f"{dossier_id}-1", code)).status == 202
        _consume(cloud, "apply_parcel_event", "parcel_events", dossier_id)
    _consume(cloud, "update_figures", "figures", dossier_id)
    return dossier_id


@pytest.mark.usefixtures("post_office")
def test_the_life_of_a_posted_dossier_costs_what_it_is_known_to_cost(cloud: Cloud, meter: Meter) -> None:
    live(cloud)
    assert meter.units == KNOWN


A_KB = {"PK": {"S": "D"}, "SK": {"S": "S"}, "text": {"S": "x" * 1014}}
DESK = {
    "KeySchema": [{"AttributeName": "desk", "KeyType": "HASH"}, {"AttributeName": "due", "KeyType": "RANGE"}],
    "Projection": {"ProjectionType": "ALL"},
}


def test_a_write_costs_one_unit_for_each_kilobyte_of_the_larger_state() -> None:
    assert kilobytes({}, A_KB) == 1
    assert kilobytes(A_KB, A_KB | {"more": {"S": "x"}}) == 2
    assert kilobytes(A_KB | {"more": {"S": "x"}}, {}) == 2
    assert kilobytes({}, {}) == 1


def test_a_read_costs_half_unless_it_is_consistent_and_each_item_is_rounded_up() -> None:
    assert read_units([A_KB, {}], consistent=False) == 1
    assert read_units([A_KB] * 3, consistent=True) == 3
    assert read_units([{"text": {"S": "x" * 4093}}], consistent=True) == 2


def test_an_entry_of_an_index_costs_where_it_changes() -> None:
    lies, lies_elsewhere = {"desk": {"S": "a"}, "due": {"S": "1"}}, {"desk": {"S": "b"}, "due": {"S": "1"}}
    assert index_units(DESK, {}, {"desk": {"S": "a"}}) == 0, "not all of its keys"
    assert index_units(DESK, lies, lies) == 0
    assert index_units(DESK, {}, lies) == index_units(DESK, lies, {}) == 1
    assert index_units(DESK, lies, lies | {"version": {"N": "2"}}) == 1
    assert index_units(DESK, lies, lies_elsewhere) == 2
    shown = DESK | {"Projection": {"ProjectionType": "KEYS_ONLY"}}
    assert index_units(shown, lies, lies | {"version": {"N": "2"}}) == 0
