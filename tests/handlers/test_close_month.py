"""The month's close: provisional on the 1st, closed at its hour, and never changed silently."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.kit.api_lives import act, posted, resolved, tell
from tests.kit.moto_cloud import CLERK, Cloud, Reply
from tests.kit.post_office import PostOffice

Owner = dict[str, str]
THE_1ST = "2020-05-01T00:30:00+07:00"
DUE = "2020-05-06T18:00:00+07:00"
"""The third working day of May 2020: 1 May is off, 2 and 3 May are a weekend."""


def _counter(cloud: Cloud, owner: Owner) -> None:
    """Return one result of April at the counter, and count it."""
    act(cloud, resolved(cloud, owner), "return", 4, CLERK, {"channel": "counter"})
    _count(cloud)


def _post(cloud: Cloud, owner: Owner, at: str = "2020-04-24T09:00:00+07:00") -> None:
    """Deliver one result to its address at `at`, and count it."""
    tell(cloud, f"{posted(cloud, owner)}-1", "C20", "C50", at=at)
    _count(cloud)


def _count(cloud: Cloud) -> None:
    cloud.deliver("update_figures", *cloud.owed("figures"))
    cloud.deliver("route_dossier", *cloud.owed("routing"))


def _close(cloud: Cloud, mode: str, as_of: str, **more: str) -> dict[str, Any]:
    answer: dict[str, Any] = cloud.run("close_month", {"mode": mode, "as_of": as_of} | more)
    return answer


def _report(cloud: Cloud, period: str = "2020-04", version: str = "") -> Reply:
    query = {"version": version} if version else None
    return cloud.call("report_api", "GET", f"/reports/targets/{period}", groups="head@stp", query=query)


def _line(cloud: Cloud, agency: str, period: str = "2020-04") -> dict[str, Any]:
    (line,) = [line for line in _report(cloud, period).body["lines"] if line["agency_id"] == agency]
    return dict(line)


def test_a_month_goes_from_provisional_to_closed_at_its_hour(cloud: Cloud, owner: Owner) -> None:
    _counter(cloud, owner)
    first = _close(cloud, "provisional", THE_1ST)
    assert first == {"period": "2020-04", "outcome": "published", "version": 1, "status": "provisional"}
    early = _close(cloud, "close_when_due", "2020-05-06T17:59:59+07:00")
    assert (early["outcome"], early["version"]) == ("not_due", None)
    closed = _close(cloud, "close_when_due", DUE)
    assert (closed["outcome"], closed["version"], closed["status"]) == ("published", 2, "closed")
    assert (_report(cloud).body["status"], _report(cloud, version="1").body["status"]) == ("closed", "provisional")


@pytest.mark.parametrize("mode", ["provisional", "close_when_due", "close"])
def test_closing_again_makes_no_new_version(cloud: Cloud, owner: Owner, mode: str) -> None:
    _counter(cloud, owner)
    assert _close(cloud, "close_when_due", DUE)["version"] == 1
    before = cloud.tables()
    again = _close(cloud, mode, "2020-05-07T00:00:00+07:00")
    assert (again["outcome"], again["version"], again["status"]) == ("unchanged", 1, "closed")
    assert cloud.tables() == before


def test_the_same_provisional_figures_make_no_new_version(cloud: Cloud, owner: Owner) -> None:
    _counter(cloud, owner)
    assert [_close(cloud, "provisional", THE_1ST)["version"] for _ in range(2)] == [1, 1]
    _counter(cloud, owner)
    assert _close(cloud, "provisional", THE_1ST)["version"] == 2


def test_while_any_message_is_pending_the_close_is_deferred(cloud: Cloud, owner: Owner) -> None:
    act(cloud, resolved(cloud, owner), "return", 4, CLERK, {"channel": "counter"})
    before = cloud.tables()
    assert _close(cloud, "close_when_due", DUE)["outcome"] == "deferred"
    assert cloud.tables() == before
    assert _close(cloud, "provisional", THE_1ST)["outcome"] == "published"
    _count(cloud)
    assert _close(cloud, "close_when_due", DUE)["outcome"] == "published"


def test_a_closed_month_changes_with_a_reason_only_and_visibly(cloud: Cloud, owner: Owner) -> None:
    _counter(cloud, owner)
    _close(cloud, "close", DUE)
    _counter(cloud, owner)
    differs = _close(cloud, "close", DUE)
    assert (differs["outcome"], differs["version"]) == ("differs", 1)
    assert _line(cloud, "skhdt")["month"]["returned"] == 1
    restated = _close(cloud, "close", DUE, reason="Ghi nhận muộn")
    assert (restated["outcome"], restated["version"], restated["status"]) == ("published", 2, "restated")
    assert (_line(cloud, "skhdt")["month"]["returned"], _report(cloud).body["reason"]) == (2, "Ghi nhận muộn")
    assert _report(cloud, version="1").body["status"] == "closed"
    assert _close(cloud, "close", DUE, reason="Ghi nhận muộn")["outcome"] == "unchanged"


def test_the_report_says_how_far_the_agency_is(cloud: Cloud, owner: Owner, post_office: PostOffice) -> None:
    _post(cloud, owner)
    _counter(cloud, owner)
    _counter(cloud, owner)
    _close(cloud, "close", DUE)
    line = _line(cloud, "skhdt")
    assert line["month"] == {"delivered_by_post": 1, "returned": 3, "ratio": "1/3", "percent": "33,3 %"}
    assert (line["target"], line["reached"], line["missing"]) == ("50,0 %", False, 1)
    assert "1313/UBND-VP" in line["rule"]
    beside = ("became_ready", "registered_for_post", "handed_to_post")
    assert [line[name] for name in beside] == [3, 1, 1]
    assert _report(cloud).body["year_from"] == "2020-04-23"


def test_exactly_half_reaches_the_target_of_a_department(cloud: Cloud, owner: Owner, post_office: PostOffice) -> None:
    _post(cloud, owner)
    _counter(cloud, owner)
    _close(cloud, "close", DUE)
    line = _line(cloud, "skhdt")
    assert (line["month"]["percent"], line["reached"], line["missing"]) == ("50,0 %", True, 0)


def test_no_results_are_neither_a_failure_nor_a_success(cloud: Cloud) -> None:
    _close(cloud, "close", DUE)
    assert _line(cloud, "stp")["month"] == {"delivered_by_post": 0, "returned": 0, "ratio": None, "percent": "—"}
    assert _line(cloud, "stp")["reached"] is None
    commune = _line(cloud, "x10507")
    assert (commune["target"], commune["reached"], commune["missing"], commune["rule"]) == (None, None, None, None)
    assert _line(cloud, "h288")["target"] == "20,0 %"


def test_a_month_counts_its_own_days_and_the_year_so_far(cloud: Cloud, owner: Owner, post_office: PostOffice) -> None:
    _counter(cloud, owner)
    _post(cloud, owner, at="2020-04-30T23:59:59+07:00")
    _post(cloud, owner, at="2020-05-01T00:00:00+07:00")
    _close(cloud, "close", "2020-06-03T18:00:00+07:00")
    line = _line(cloud, "skhdt", "2020-05")
    assert (line["month"]["returned"], line["year"]["returned"]) == (1, 3)
    assert _close(cloud, "close", DUE)["period"] == "2020-04"
    assert _line(cloud, "skhdt")["year"]["returned"] == 2


def test_a_period_may_be_named(cloud: Cloud) -> None:
    assert _close(cloud, "close", "2020-07-15T09:00:00+07:00", period="2020-05")["period"] == "2020-05"
    assert _report(cloud, "2020-05").status == 200


@pytest.mark.parametrize(
    "asked",
    [{"mode": "later"}, {"period": "tháng tư"}, {"as_of": "2020-05-06"}, {"force": True}, {"reason": "x" * 501}],
)
def test_an_order_that_is_wrong_fails_aloud_and_writes_nothing(cloud: Cloud, asked: dict[str, Any]) -> None:
    before = cloud.tables()
    with pytest.raises(ValidationError):
        cloud.run("close_month", asked)
    assert cloud.tables() == before


@pytest.mark.parametrize(
    ("period", "version", "status"),
    [("2020-04", "", 404), ("2020-04", "1", 404), ("2020-04", "x", 422), ("2020-4", "", 422), ("2020-13", "", 422)],
)
def test_a_report_that_is_not_there_is_not_found(shared_cloud: Cloud, period: str, version: str, status: int) -> None:
    assert _report(shared_cloud, period, version).status == status


def test_a_figure_opens_into_its_dossiers(cloud: Cloud, owner: Owner, post_office: PostOffice) -> None:
    _post(cloud, owner)
    path = "/reports/targets/2020-04/agencies/skhdt/facts"
    opened = cloud.call("report_api", "GET", path, groups="head@skhdt", query={"kind": "delivered_by_post"})
    (fact,) = opened.body["facts"]
    assert (fact["day"], fact["channel_in"], fact["channel_out"]) == ("2020-04-24", "counter", "post")
    wrong = cloud.call("report_api", "GET", path, groups="head@skhdt", query={"kind": "lost"})
    assert (wrong.status, wrong.body["errors"][0]["pointer"]) == (422, "/kind")
