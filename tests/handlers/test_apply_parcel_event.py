"""What the carrier reports moves the parcel; a delivery returns the dossier; an incredible report is quarantined."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua.domain.registry.carrier import CarrierCode
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.kit.api_lives import AT, act, posted, report, tell
from tests.kit.moto_cloud import CLERK, Cloud
from tests.kit.post_office import PostOffice
from tests.kit.shipped import things

Owner = dict[str, str]
FACTS = "/reports/targets/2020-04/agencies/skhdt/facts"


@pytest.fixture
def sent(cloud: Cloud, owner: Owner, post_office: PostOffice) -> str:
    """Return a dossier whose parcel was ordered from the post."""
    return posted(cloud, owner)


def _facts(cloud: Cloud, kind: str) -> list[dict[str, Any]]:
    """Return the facts of one kind, after all pending messages of the figures are counted."""
    cloud.deliver("update_figures", *cloud.owed("figures"))
    reply = cloud.call("report_api", "GET", FACTS, groups="head@skhdt", query={"kind": kind})
    return list(reply.body["facts"])


def _callbacks(cloud: Cloud) -> list[dict[str, Any]]:
    return [item for item in cloud.tables()["Person"] if item["PK"]["S"].startswith("CALLBACK#")]


def test_the_full_way_to_the_address_returns_the_dossier_and_counts(cloud: Cloud, sent: str) -> None:
    states = []
    for code in ("C10", "C20", "C30", "C40", "C50"):
        tell(cloud, f"{sent}-1", code)
        states.append((cloud.state(sent, "PARCEL#1")["state"], cloud.state(sent)["status"]))
    assert states == [
        ("ordered", 9),
        ("collected", 9),
        ("in_transit", 9),
        ("out_for_delivery", 9),
        ("delivered", 10),
    ]
    assert [fact["why"] for fact in _facts(cloud, "delivered_by_post")] == ["delivered_to_address"]
    assert len(_facts(cloud, "returned")) == len(_facts(cloud, "handed_to_post")) == 1
    assert cloud.owed("parcel_events") == []


def test_collected_at_the_post_office_is_returned_and_does_not_count(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20", "C50", place="post_office")
    assert cloud.state(sent)["status"] == 10
    assert _facts(cloud, "delivered_by_post") == []
    assert [fact["why"] for fact in _facts(cloud, "returned")] == ["collected_at_post_office"]


def test_the_day_of_a_figure_is_the_local_day_of_the_delivery(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20", at="2020-04-29T08:00:00+07:00")
    tell(cloud, f"{sent}-1", "C50", at="2020-04-29T17:30:00+00:00")
    assert [fact["day"] for fact in _facts(cloud, "returned")] == ["2020-04-30"]


def test_what_comes_back_is_returned_at_the_counter_and_counts_as_no_delivery(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20", "C40")
    tell(cloud, f"{sent}-1", "C61", "C61", "C70", reason="recipient_absent")
    parcel = cloud.state(sent, "PARCEL#1")
    assert (parcel["state"], parcel["attempts"], parcel["reason"]) == ("returning", 2, "recipient_absent")
    assert cloud.state(sent)["parcel_open"] is True
    tell(cloud, f"{sent}-1", "C80")
    dossier = cloud.state(sent)
    assert (dossier["status"], dossier.get("parcel_open", False)) == (9, False)
    assert act(cloud, sent, "return", dossier["version"], CLERK, {"channel": "counter"}, at=AT).status == 200
    assert (len(_facts(cloud, "returned")), _facts(cloud, "delivered_by_post")) == (1, [])


def test_what_came_back_may_be_sent_again(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20", "C80")
    version = cloud.state(sent)["version"]
    again = act(cloud, sent, "return-channel", version, CLERK, {"channel_out": "post"}, at=AT)
    assert again.body["parcel"] == f"{sent}-2"
    cloud.deliver("dispatch_parcel", *cloud.owed("dispatch"))
    tell(cloud, f"{sent}-2", "C20", "C50", at="2020-04-27T09:00:00+07:00")
    assert cloud.state(sent)["status"] == 10
    assert (len(_facts(cloud, "handed_to_post")), len(_facts(cloud, "delivered_by_post"))) == (2, 1)


def test_nothing_undoes_a_delivery(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20", "C50")
    dossier = cloud.state(sent)
    tell(cloud, f"{sent}-1", "C80", at="2020-04-25T09:00:00+07:00")
    assert cloud.state(sent) == dossier
    assert cloud.state(sent, "PARCEL#1")["state"] == "delivered"


def test_an_older_report_that_comes_late_is_noted_and_moves_nothing(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20")
    tell(cloud, f"{sent}-1", "C40", at="2020-04-25T09:00:00+07:00")
    tell(cloud, f"{sent}-1", "C30", at="2020-04-24T20:00:00+07:00")
    parcel = cloud.state(sent, "PARCEL#1")
    assert (parcel["state"], parcel["version"]) == ("out_for_delivery", 5)


def _ahead() -> str:
    return (datetime.now(UTC) + timedelta(minutes=6)).isoformat()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"code": "C99"}, "unknown_carrier_code"),
        ({"carrier_system": "some_other_post"}, "unknown_carrier_code"),
        ({"order_number": "0000000000000000-1"}, "unknown_parcel"),
        ({"order_number": "{}-2"}, "unknown_parcel"),
        ({"order_number": "{}-01"}, "unknown_parcel"),
        ({"order_number": "ĐH-2020-1"}, "unknown_parcel"),
        ({"order_number": "Nguyễn Văn Mẫu"}, "unknown_parcel"),
        ({"occurred_at": "ahead"}, "report_from_the_future"),
        ({"occurred_at": "2020-04-24T08:59:59+07:00", "code": "C50"}, "report_before_collection"),
        ({"occurred_at": "hôm qua"}, "unreadable_callback"),
        ({"occurred_at": "2020-04-24T09:00:00"}, "unreadable_callback"),
        ({"order_number": 7}, "unreadable_callback"),
        ({"order_number": None}, "unreadable_callback"),
        ({"code": None}, "unreadable_callback"),
    ],
)
def test_what_cannot_be_believed_or_understood_is_quarantined(
    cloud: Cloud, sent: str, change: dict[str, Any], why: str
) -> None:
    tell(cloud, f"{sent}-1", "C20")
    before = cloud.tables()["Dossier"]
    order = str(change.get("order_number", "")).replace("{}", sent) if "{}" in str(change) else None
    body = report(f"{sent}-1", "C30") | change | ({"order_number": order} if order else {})
    body["occurred_at"] = _ahead() if body["occurred_at"] == "ahead" else body["occurred_at"]
    assert cloud.call_back(body, webhook_id="bad").status == 202
    assert cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events")) == {"batchItemFailures": []}
    assert cloud.tables()["Dossier"] == before
    quarantined = {item["PK"]["S"]: item["quarantined"]["S"] for item in _callbacks(cloud) if "quarantined" in item}
    assert quarantined == {"CALLBACK#simulator#bad": why}


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b"[]", b"", b"null", b"[" * 3000])
def test_what_is_signed_and_no_report_at_all_is_quarantined(cloud: Cloud, body: bytes) -> None:
    assert cloud.call_back(body).status == 202
    assert cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events")) == {"batchItemFailures": []}
    assert [item["quarantined"]["S"] for item in _callbacks(cloud)] == ["unreadable_callback"]
    assert cloud.owed("parcel_events") == []


def test_a_report_and_its_contradiction_leave_the_first_standing(cloud: Cloud, sent: str) -> None:
    assert cloud.call_back(report(f"{sent}-1", "C20"), webhook_id="w").status == 202
    assert cloud.call_back(report(f"{sent}-1", "C80"), webhook_id="w").status == 202
    cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events"))
    assert cloud.state(sent, "PARCEL#1")["state"] == "collected"
    assert len(_callbacks(cloud)) == 1


def test_a_callback_that_was_never_kept_waits_for_the_operator(cloud: Cloud, sent: str) -> None:
    cloud.call_back(report(f"{sent}-1", "C20"))
    (message,) = cloud.owed("parcel_events")
    assert cloud.deliver("apply_parcel_event", message | {"webhookid": "lost"})["batchItemFailures"]


def test_partners_write_codes_as_numbers_and_fractions_of_any_length(cloud: Cloud, sent: str) -> None:
    code = CarrierCode("simulator", "50", "Phát thành công", "delivered")
    cloud.enter(new_entry(EntryKind.CARRIER_CODE, "simulator#50", code))
    tell(cloud, f"{sent}-1", "C20")
    body = report(f"{sent}-1", "C50", at="2020-04-24T10:00:00.1234567+07:00") | {"code": 50, "extra": {"a": 1}}
    assert cloud.call_back(body).status == 202
    cloud.deliver("apply_parcel_event", *cloud.owed("parcel_events"))
    assert cloud.state(sent)["status"] == 10


def test_a_delivery_whose_place_vietnam_post_does_not_tell_counts_and_says_so(cloud: Cloud, sent: str) -> None:
    tell(cloud, f"{sent}-1", "C20")
    tell(cloud, f"{sent}-1", "C50", place=None)
    assert cloud.state(sent)["status"] == 10
    assert [fact["why"] for fact in _facts(cloud, "delivered_by_post")] == ["taken_as_address"]
    assert cloud.state(sent, "PARCEL#1").get("place") is None  # what was told stays as it was told


def test_without_the_rule_a_delivery_of_unknown_place_does_not_count(cloud: Cloud, sent: str) -> None:
    rule = things(EntryKind.RULE)["missing-place-vnpost"]
    cloud.enter(new_entry(EntryKind.RULE, rule.id, replace(rule, last=date(2020, 4, 22))))
    tell(cloud, f"{sent}-1", "C20")
    tell(cloud, f"{sent}-1", "C50", place=None)
    assert [fact["why"] for fact in _facts(cloud, "returned")] == ["place_not_told"]
    assert _facts(cloud, "delivered_by_post") == []


def test_a_carrier_that_is_not_the_public_post_does_not_count(cloud: Cloud, sent: str) -> None:
    rule = things(EntryKind.RULE)["public-postal-service-vnpost"]
    cloud.enter(new_entry(EntryKind.RULE, rule.id, replace(rule, last=date(2020, 4, 22))))
    tell(cloud, f"{sent}-1", "C20", "C50")
    assert [fact["why"] for fact in _facts(cloud, "returned")] == ["carrier_not_public"]
    assert _facts(cloud, "delivered_by_post") == []
