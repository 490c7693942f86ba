"""Rules R1 and R2 of letter 1313/UBND-VP through the API, day by day."""

import pytest

from tests.kit.api_lives import act, receive, submit
from tests.kit.moto_cloud import CLERK, Cloud, Reply

CITIZEN = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}


def _receive(cloud: Cloud, day: str, channel: str, unit: str = "mc-tinh") -> Reply:
    headers = {"x-motcua-now": f"2020-{day}T08:00:00+07:00"}
    return receive(cloud, CITIZEN, channel_in=channel, one_stop_id=unit, headers=headers)


@pytest.mark.parametrize("channel", ["counter", "post"])
@pytest.mark.parametrize("day", ["03-31", "04-23", "05-04"])
def test_before_and_after_the_closure_both_ways_are_open(shared_cloud: Cloud, day: str, channel: str) -> None:
    assert _receive(shared_cloud, day, channel).status == 201


@pytest.mark.parametrize("day", ["04-01", "04-15", "04-22"])
def test_from_1_to_22_april_the_counter_is_closed_by_the_letter(shared_cloud: Cloud, day: str) -> None:
    before = shared_cloud.tables()
    reply = _receive(shared_cloud, day, "counter")
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:reception-closed")
    assert reply.body["rule"] == "closure-counter-2020-04 · 1313/UBND-VP (2020-04-22)"
    (fault,) = reply.body["errors"]
    assert fault["pointer"] == "/channel_in"
    assert "Trung tâm Phục vụ hành chính công tỉnh Hải Dương" in fault["message_vi"]
    assert "01/04/2020" in fault["message_vi"]
    assert "22/04/2020" in fault["message_en"]
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("day", ["04-01", "04-15", "04-22"])
def test_in_those_days_the_post_brings_dossiers_all_the_same(shared_cloud: Cloud, day: str) -> None:
    assert _receive(shared_cloud, day, "post").status == 201


def test_in_those_days_online_submissions_are_taken_and_accepted(
    shared_cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_cloud, "now", "2020-04-15T08:00:00+07:00")
    submitted = submit(shared_cloud, CITIZEN)
    assert submitted.status == 201
    assert act(shared_cloud, submitted.body["id"], "acceptance", 1, CLERK).status == 200


def test_the_last_minute_of_the_closure_is_22_april_in_hai_duong(shared_cloud: Cloud) -> None:
    """23:59 and 00:00 local time, both of them 22 April in UTC."""
    for moment, status in (("2020-04-22T16:59:59+00:00", 422), ("2020-04-22T17:00:00+00:00", 201)):
        assert receive(shared_cloud, CITIZEN, headers={"x-motcua-now": moment}).status == status


@pytest.mark.parametrize("unit", ["skhdt", "h288", "x10507", "vpdkdd", "tinh"])
@pytest.mark.parametrize("channel", ["counter", "post"])
def test_from_23_april_no_agency_receives_directly_by_the_letter(shared_cloud: Cloud, unit: str, channel: str) -> None:
    before = shared_cloud.tables()
    reply = _receive(shared_cloud, "04-23", channel, unit)
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:agency-may-not-receive")
    assert reply.body["rule"] == "reception-agencies-never · 1313/UBND-VP (2020-04-22)"
    assert reply.body["errors"][0]["pointer"] == "/one_stop_id"
    assert shared_cloud.tables() == before


def test_an_agency_may_not_be_addressed_online_either(shared_cloud: Cloud) -> None:
    reply = submit(shared_cloud, CITIZEN, one_stop_id="skhdt")
    assert (reply.status, reply.body["type"]) == (422, "urn:motcua:problem:agency-may-not-receive")


def test_numbers_of_a_day_run_without_a_gap_and_start_anew_the_next_day(shared_cloud: Cloud) -> None:
    numbers = [_receive(shared_cloud, day, "post").body["number"] for day in ("06-01", "06-01", "06-02", "06-01")]
    assert [number[-11:] for number in numbers] == ["200601-0001", "200601-0002", "200602-0001", "200601-0003"]
