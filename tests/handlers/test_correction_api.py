"""Corrections over HTTP: acts reversed with their figures, even in a closed month; results corrected and resent."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.api_lives import act, posted, tell
from tests.kit.calls.correction_calls import REQUESTS, returned
from tests.kit.moto_cloud import CLERK, Cloud, Reply
from tests.kit.post_office import PostOffice

Owner = dict[str, str]
HEAD = "head@mc-tinh"
WHY = REQUESTS["reverse_return"]
LOSS = {"kind": "loss_by_post", "at_fault": "post", "paid_by": "post", "reason": "Bưu chính làm mất, đã xin lỗi"}
DUE = "2020-05-06T18:00:00+07:00"
"""The moment at which April 2020 is closed."""


def reverse(cloud: Cloud, dossier_id: str, groups: str = CLERK, body: Any = WHY) -> Reply:
    return act(cloud, dossier_id, "return-reversal", 5, groups, body)


def count(cloud: Cloud) -> None:
    assert cloud.deliver("update_figures", *cloud.owed("figures")) == {"batchItemFailures": []}
    cloud.deliver("route_dossier", *cloud.owed("routing"))


def facts(cloud: Cloud) -> list[dict[str, Any]]:
    path = "/reports/targets/2020-04/agencies/skhdt/facts"
    return list(cloud.call("report_api", "GET", path, groups="head@skhdt").body["facts"])


def close(cloud: Cloud, as_of: str = DUE, **more: str) -> Any:
    return cloud.run("close_month", {"mode": "close_when_due", "period": "2020-04", "as_of": as_of} | more)["outcome"]


def share(cloud: Cloud, version: str = "") -> dict[str, Any]:
    query = {"version": version} if version else None
    report = cloud.call("report_api", "GET", "/reports/targets/2020-04", groups="head@skhdt", query=query).body
    (line,) = [line for line in report["lines"] if line["agency_id"] == "skhdt"]
    return dict(line)


def test_a_wrong_click_is_taken_back_and_the_opened_figure_shows_both(cloud: Cloud, owner: Owner) -> None:
    dossier_id = returned(cloud, owner)
    reply = reverse(cloud, dossier_id)
    assert (reply.status, reply.body["status"]["code"], reply.body["returned_at"]) == (200, 9, None)
    count(cloud)
    made, taken = facts(cloud)
    assert (made["event_id"], made["counts"], made["reversed_by"]) == (f"{dossier_id}.5", 1, f"{dossier_id}.6")
    assert (taken["event_id"], taken["counts"], taken["reverses"]) == (f"{dossier_id}.6", -1, f"{dossier_id}.5")
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK).body["events"]
    assert [each["type"] for each in timeline][-2:] == ["dossier.returned", "dossier.return_reversed"]


def test_returned_again_it_counts_once(cloud: Cloud, owner: Owner) -> None:
    dossier_id = returned(cloud, owner)
    reverse(cloud, dossier_id)
    cloud.now = "2020-04-24T08:00:00+07:00"
    assert act(cloud, dossier_id, "return", 6, CLERK, {"channel": "counter"}).status == 200
    count(cloud)
    assert sum(fact["counts"] for fact in facts(cloud)) == 1
    assert close(cloud) == "published"
    assert (share(cloud)["month"]["returned"], share(cloud)["became_ready"]) == (1, 1)


def test_a_reversal_that_overtakes_its_fact_comes_again(cloud: Cloud, owner: Owner) -> None:
    dossier_id = returned(cloud, owner)
    reverse(cloud, dossier_id)
    owed = {message["type"].split(".")[-2]: message for message in cloud.owed("figures", dossier_id)}
    assert cloud.deliver("update_figures", owed["return_reversed"]) == {
        "batchItemFailures": [{"itemIdentifier": "message-0"}]
    }
    count(cloud)
    assert sum(fact["counts"] for fact in facts(cloud)) == 0


def test_on_a_later_day_the_head_does_it_and_the_doer_is_told_so(cloud: Cloud, owner: Owner) -> None:
    dossier_id = returned(cloud, owner)
    cloud.now = "2020-04-24T00:00:00+07:00"
    told = reverse(cloud, dossier_id)
    assert (told.status, told.body["type"]) == (403, "urn:motcua:problem:reversal-day-over")
    assert "23/04/2020" in str(told.body)
    assert "mc-tinh" in str(told.body)
    assert reverse(cloud, dossier_id, HEAD).body["status"]["code"] == 9


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}, {"reason": "nhầm", "day": "x"}, {"reason": 7}])
@pytest.mark.parametrize("name", ["return-reversal", "resolution-reversal", "reissue"])
def test_without_a_reason_nothing_is_taken_back(cloud: Cloud, owner: Owner, name: str, body: dict[str, Any]) -> None:
    dossier_id = returned(cloud, owner)
    reply = act(cloud, dossier_id, name, 5, CLERK, body)
    assert reply.status == 422
    assert cloud.state(dossier_id)["version"] == 5


def test_a_reversal_into_a_closed_month_changes_nothing_silently_and_a_restatement_shows_it(
    cloud: Cloud, owner: Owner
) -> None:
    dossier_id = returned(cloud, owner)
    returned(cloud, owner)
    count(cloud)
    assert close(cloud) == "published"
    cloud.now = "2020-06-09T08:00:00+07:00"
    assert reverse(cloud, dossier_id, HEAD).status == 200
    count(cloud)
    assert share(cloud)["month"]["returned"] == 2, "the closed report stands"
    assert close(cloud) == "differs"
    assert sum(fact["counts"] for fact in facts(cloud)) == 1
    assert close(cloud, reason="Hủy việc trả nhầm") == "published"
    assert (share(cloud)["month"]["returned"], share(cloud, "1")["month"]["returned"]) == (1, 2)


def test_a_close_waits_for_a_reversal_into_its_month_that_is_not_counted_yet(cloud: Cloud, owner: Owner) -> None:
    dossier_id = returned(cloud, owner)
    count(cloud)
    cloud.now = "2020-05-05T08:00:00+07:00"
    assert reverse(cloud, dossier_id, HEAD).status == 200
    assert close(cloud) == "deferred"
    count(cloud)
    assert close(cloud) == "published"
    assert share(cloud)["month"]["returned"] == 0


def test_a_resolution_goes_back_to_its_officer_and_is_no_longer_ready_in_the_figures(
    cloud: Cloud, owner: Owner
) -> None:
    dossier_id = returned(cloud, owner)
    assert reverse(cloud, dossier_id).status == 200
    back = act(cloud, dossier_id, "resolution-reversal", 6, body=REQUESTS["reverse_resolution"])
    assert (back.status, back.body["status"]["code"], back.body["ready_at"]) == (200, 4, None)
    assert act(cloud, dossier_id, "resolution", 7).body["status"]["code"] == 9
    count(cloud)
    assert close(cloud) == "published"
    assert (share(cloud)["month"]["returned"], share(cloud)["became_ready"]) == (0, 1)


def test_contradictions_about_fault_and_cost_are_refused_by_field(cloud: Cloud, owner: Owner) -> None:
    dossier_id = returned(cloud, owner)
    for change, pointer in (({"at_fault": "post"}, "/at_fault"), ({"paid_by": "applicant"}, "/paid_by")):
        reply = act(cloud, dossier_id, "reissue", 5, CLERK, REQUESTS["reissue_result"] | change)
        (error,) = reply.body["errors"]
        assert (reply.status, error["pointer"]) == (422, pointer)
        assert "61/2018/NĐ-CP" in str(error)


def test_a_lost_parcel_is_replaced_and_only_the_new_one_returns_the_dossier(
    cloud: Cloud, owner: Owner, post_office: PostOffice, lose: Callable[[str], None]
) -> None:
    dossier_id = posted(cloud, owner)
    held = act(cloud, dossier_id, "resolution-reversal", 4, body=REQUESTS["reverse_resolution"])
    assert (held.status, held.body["type"]) == (409, "urn:motcua:problem:parcel-holds-result")
    tell(cloud, f"{dossier_id}-1", "C20")
    lose(f"{dossier_id}-1")
    anew = act(cloud, dossier_id, "reissue", 4, CLERK, LOSS)
    assert (anew.status, anew.body["parcel"], anew.body["parcel_open"]) == (200, f"{dossier_id}-2", True)
    assert cloud.deliver("dispatch_parcel", *cloud.owed("dispatch")) == {"batchItemFailures": []}
    assert set(post_office.orders) == {f"{dossier_id}-1", f"{dossier_id}-2"}
    tell(cloud, f"{dossier_id}-1", "C50", at="2020-04-24T10:00:00+07:00")
    assert cloud.state(dossier_id)["status"] == 9
    tell(cloud, f"{dossier_id}-2", "C20", "C50", at="2020-04-24T11:00:00+07:00")
    assert cloud.state(dossier_id)["status"] == 10
    count(cloud)
    assert [fact["counts"] for fact in facts(cloud)] == [1]
    told = reverse(cloud, dossier_id, HEAD)
    assert told.status == 412, "version 6 by now"
    told = act(cloud, dossier_id, "return-reversal", 6, HEAD, WHY, at="2020-04-24T11:30:00+07:00")
    assert (told.status, told.body["type"]) == (409, "urn:motcua:problem:delivered-by-post")


@pytest.fixture
def lose(cloud: Cloud) -> Callable[[str], None]:
    """Put a parcel into the state `lost`, for which no carrier's code is known yet."""

    def put(order_number: str) -> None:
        dossier_id = order_number.partition("-")[0]
        (parcel,) = [
            row
            for row in cloud.tables()["Dossier"]
            if row["PK"]["S"] == f"DOSSIER#{dossier_id}" and row.get("kind", {}).get("S") == "parcel"
        ]
        cloud.dynamodb.put_item(TableName="Dossier", Item=parcel | {"state": {"S": "lost"}})

    return put
