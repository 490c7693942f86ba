"""How many calls to DynamoDB each command costs: one is the aim, two the limit, with the registry in memory.

Only tracking has three. The caller knows the number, not the id, so the first call looks it up with its failures; the
others read the dossier with its persons, to check the caller, and its events for the timeline. A failure has three too,
because it is counted.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from motcua import bootstrap
from motcua.adapters import clients as aws
from tests.kit.api_lives import act, in_process, posted, receive, received, report, resolved, submit
from tests.kit.calls import link_calls
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud

CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
Step = Callable[[Cloud, Any], Any]


def _cost(step: Callable[[], Any]) -> int:
    """Return the number of calls that `step` makes. It must succeed."""
    before = aws.calls()
    answer = step()
    if hasattr(answer, "status"):
        assert answer.status < 300, answer.body
    elif answer is not None:
        assert answer == {"batchItemFailures": []}
    return aws.calls() - before


def _portal(cloud: Cloud, method: str, path: str, scope: str, body: Any = None, version: int | None = None) -> Any:
    headers = {"x-motcua-citizen": CITIZEN["number"]}
    return cloud.call("public_api", method, path, body, scopes=f"portal/{scope}", version=version, headers=headers)


def test_a_receipt_costs_one_call_when_the_remembered_number_is_right(shared_cloud: Cloud) -> None:
    receive(shared_cloud, CITIZEN)
    assert _cost(lambda: receive(shared_cloud, CITIZEN)) == 1


def test_a_receipt_costs_two_calls_when_another_process_took_the_number(shared_cloud: Cloud) -> None:
    receive(shared_cloud, CITIZEN)
    receive(shared_cloud, CITIZEN)
    seen = vars(bootstrap.dossier_context().counters)["_last"]
    seen.update({series: last - 1 for series, last in seen.items()})
    assert _cost(lambda: receive(shared_cloud, CITIZEN)) == 2


def test_a_receipt_costs_two_calls_when_this_process_has_seen_no_number(shared_cloud: Cloud) -> None:
    receive(shared_cloud, CITIZEN)
    vars(bootstrap.dossier_context().counters)["_last"].clear()
    assert _cost(lambda: receive(shared_cloud, CITIZEN)) == 2


def test_the_first_receipt_of_a_cold_process_reads_the_registry_in_three_calls(
    shared_cloud: Cloud, record_property: Callable[[str, object], None]
) -> None:
    receive(shared_cloud, CITIZEN)
    shared_cloud.restart()
    cold = _cost(lambda: receive(shared_cloud, CITIZEN))
    record_property("dynamodb_calls_of_a_cold_receipt", cold)
    assert cold == 5  # three for the registry, one for the number that others have come to, one to write


def test_a_failure_to_track_costs_the_same_whether_there_is_such_a_dossier(shared_cloud: Cloud) -> None:
    number = str(shared_cloud.state(received(shared_cloud, CITIZEN))["number"])
    costs: list[list[int]] = []
    for asked in (number, number[:-4] + "9999"):
        costs.append([])
        for _ in range(12):  # the last ones find it closed
            before = aws.calls()
            body = {"number": asked, "identity_number": "030099000777"}
            assert shared_cloud.call("public_api", "POST", "/tracking", body, key=None).status == 404
            costs[-1].append(aws.calls() - before)
    assert costs[0] == costs[1] == [3] * 12


def test_the_first_return_of_a_cold_process_asks_whether_an_order_has_closed_the_counter(shared_cloud: Cloud) -> None:
    dossier_id = resolved(shared_cloud, CITIZEN)
    shared_cloud.restart()
    cold = _cost(lambda: act(shared_cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"}))
    assert cold == 4  # the dossier, its one-stop unit with its procedure, all rules, and one to write


def _taken(cloud: Cloud, owner: Any, **more: Any) -> str:
    dossier_id = in_process(cloud, owner, **more)
    act(cloud, dossier_id, "takeover", 2)
    return dossier_id


def _reported(cloud: Cloud, owner: Any, code: str) -> str:
    dossier_id = posted(cloud, owner)
    assert cloud.call_back(report(f"{dossier_id}-1", code)).status == 202
    return dossier_id


# what makes a dossier · what is then done with it · calls
STAFF: dict[str, tuple[Step, Step, int]] = {
    "accept": (submit, lambda cloud, it: act(cloud, it.body["id"], "acceptance", 1, CLERK), 2),
    "refuse": (submit, lambda cloud, it: act(cloud, it.body["id"], "refusal", 1, CLERK, {"reason": "Thiếu giấy"}), 2),
    "take over": (in_process, lambda cloud, it: act(cloud, it, "takeover", 2), 2),
    "resolve": (_taken, lambda cloud, it: act(cloud, it, "resolution", 3), 2),
    "resolve for post": (
        lambda cloud, owner: _taken(cloud, owner, channel_out="post"),
        lambda cloud, it: act(cloud, it, "resolution", 3),
        2,
    ),
    "return": (resolved, lambda cloud, it: act(cloud, it, "return", 4, CLERK, {"channel": "counter"}), 2),
    "choose": (resolved, lambda cloud, it: act(cloud, it, "return-channel", 4, CLERK, {"channel_out": "post"}), 2),
    "read": (received, lambda cloud, it: cloud.call("dossier_api", "GET", f"/dossiers/{it}", groups=CLERK), 1),
    "timeline": (
        received,
        lambda cloud, it: cloud.call("dossier_api", "GET", f"/dossiers/{it}/timeline", groups=CLERK),
        2,
    ),
    "inbox": (
        received,
        lambda cloud, _: cloud.call("dossier_api", "GET", "/units/mc-tinh/inbox", groups=CLERK, query={"status": "2"}),
        1,
    ),
}
PUBLIC: dict[str, tuple[Step, Step, int]] = {
    "submit": (lambda *_: None, lambda cloud, _: submit(cloud, CITIZEN), 1),
    "own": (submit, lambda cloud, it: _portal(cloud, "GET", f"/portal/dossiers/{it.body['id']}", "read"), 1),
    "choose own": (
        submit,
        lambda cloud, it: _portal(
            cloud, "PUT", f"/portal/dossiers/{it.body['id']}/return-channel", "choose", {"channel_out": "post"}, 1
        ),
        2,
    ),
    "track": (
        receive,
        lambda cloud, it: cloud.call(
            "public_api",
            "POST",
            "/tracking",
            {"number": it.body["number"], "identity_number": CITIZEN["number"]},
            key=None,
        ),
        3,
    ),
    "own timeline": (
        submit,
        lambda cloud, it: _portal(cloud, "GET", f"/portal/dossiers/{it.body['id']}/timeline", "read"),
        2,
    ),
    "preview by link": (
        link_calls.linked,
        lambda cloud, it: cloud.call("public_api", "POST", "/return-channel-choices/preview", {"token": it}, key=None),
        1,
    ),
    "choose by link": (
        link_calls.linked,
        lambda cloud, it: cloud.call(
            "public_api", "POST", "/return-channel-choices", {"token": it, "channel_out": "post"}
        ),
        2,
    ),
}
THREE = {"track"}
"""See above."""
CONSUMED: dict[str, tuple[Step, Step, int]] = {
    "route": (received, lambda cloud, it: cloud.deliver("route_dossier", *cloud.owed("routing", it)), 2),
    "dispatch": (
        lambda cloud, owner: resolved(cloud, owner, channel_out="post"),
        lambda cloud, it: cloud.deliver("dispatch_parcel", *cloud.owed("dispatch", it)),
        2,
    ),
    "count": (received, lambda cloud, it: cloud.deliver("update_figures", *cloud.owed("figures", it)), 1),
    "webhook": (posted, lambda cloud, it: cloud.call_back(report(f"{it}-1", "C20")), 1),
    "apply": (
        lambda cloud, owner: _reported(cloud, owner, "C20"),
        lambda cloud, it: cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events", it)),
        2,
    ),
    "apply a delivery": (
        lambda cloud, owner: _reported(cloud, owner, "C50"),
        lambda cloud, it: cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events", it)),
        2,
    ),
    "quarantine": (
        lambda cloud, owner: _reported(cloud, owner, "C99"),
        lambda cloud, it: cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events", it)),
        2,
    ),
}


@pytest.mark.usefixtures("post_office")
@pytest.mark.parametrize("name", STAFF | PUBLIC | CONSUMED)
def test_no_command_costs_more_than_two_calls(cloud: Cloud, name: str) -> None:
    """The command is done twice in one process, so that the registry is in memory the second time."""
    make, do, calls = (STAFF | PUBLIC | CONSUMED)[name]
    first, second = make(cloud, CITIZEN), make(cloud, CITIZEN)
    do(cloud, first)
    assert _cost(lambda: do(cloud, second)) == calls <= (3 if name in THREE else 2)


def test_reports_cost_one_call(shared_cloud: Cloud) -> None:
    shared_cloud.run("close_month", {"mode": "provisional", "as_of": "2020-05-01T00:30:00+07:00"})
    for path in ("/reports/targets/2020-04", "/reports/targets/2020-04/agencies/skhdt/facts"):
        assert _cost(partial(shared_cloud.call, "report_api", "GET", path, groups="head@skhdt")) == 1


def test_a_retried_request_costs_one_call_more_than_the_first(shared_cloud: Cloud) -> None:
    """It also reads the events of the version with which it answers."""
    receive(shared_cloud, CITIZEN, key="retried")
    assert _cost(lambda: receive(shared_cloud, CITIZEN, key="retried")) == 2
    path = f"/dossiers/{in_process(shared_cloud, CITIZEN)}/takeover"
    shared_cloud.call("dossier_api", "POST", path, groups=OFFICER, version=2, key="retried")
    assert _cost(lambda: shared_cloud.call("dossier_api", "POST", path, groups=OFFICER, version=2, key="retried")) == 3


def test_a_relayed_batch_costs_no_call(cloud: Cloud) -> None:
    received(cloud, CITIZEN)
    items = [item for item in cloud.tables()["Dossier"] if item["kind"]["S"] == "outbox"]
    records = [{"eventID": "e", "dynamodb": {"NewImage": item}} for item in items]
    assert _cost(lambda: cloud.run("relay_events", {"Records": records})) == 0
