"""A deadline through its endpoints: staff and citizen can count along, if they may see the dossier."""

from motcua.domain.registry.entry import EntryKind
from tests.kit.api_lives import received, submit
from tests.kit.calls.deadline_calls import explained, explained_to
from tests.kit.job_steps import BASIS, control, run
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud
from tests.kit.shipped import things

Owner = dict[str, str]


def test_staff_read_each_day_and_the_rule_that_it_rests_on(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    reply = explained(cloud, dossier_id)
    assert reply.status == 200, reply.body
    body = reply.body
    assert body["due_at"] == body["counted_at"] == "2020-04-28T08:00:00+07:00"
    assert (body["differs"], body["calendar"], body["calendar_lost"]) == (False, "2020.1", [])
    assert body["limit_vi"] == "3 ngày làm việc"
    assert [(step["number"], step["vi"]) for step in body["steps"] if step["number"]] == [
        (1, "Ngày 1: thứ Sáu 24/04/2020"),
        (2, "Ngày 2: thứ Hai 27/04/2020"),
        (3, "Ngày 3: thứ Ba 28/04/2020"),
    ]
    assert [rule["kind"] for rule in body["rules"]] == ["working_hours"]
    assert reply.headers["etag"] == '"1"'


def test_a_citizen_reads_the_own_deadline_and_no_other(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    own = explained_to(cloud, dossier_id, owner["number"])
    assert own.status == 200
    assert own.body == explained(cloud, dossier_id).body
    other = explained_to(cloud, dossier_id, "030099000009")
    assert (other.status, other.body["type"]) == (404, "urn:motcua:problem:dossier-not-found")


def test_who_may_not_see_the_dossier_is_told_nothing_of_its_deadline(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    for groups in ("officer@stp", "clerk@mc-h288"):
        assert explained(cloud, dossier_id, groups).status == 404
    assert explained(cloud, "0000000000000000").status == 404
    assert explained(cloud, dossier_id, OFFICER).status == 200


def test_what_was_only_submitted_says_that_nothing_is_due_yet(cloud: Cloud, owner: Owner) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    body = explained_to(cloud, dossier_id, owner["number"]).body
    assert (body["due_at"], body["steps"]) == (None, [])
    assert body["note_vi"].startswith("Hồ sơ chưa được tiếp nhận")


def test_a_calendar_change_moves_the_date_and_the_trace_follows(cloud: Cloud, owner: Owner) -> None:
    dossier_id = received(cloud, owner)
    days = [
        {"date": day.date.isoformat(), "kind": day.kind.value, "name_vi": day.name_vi}
        for day in things(EntryKind.CALENDAR)["2020"].days
    ]
    more = {"date": "2020-04-27", "kind": "day_off", "name_vi": "Ngày nghỉ mẫu"}
    body = {"days": [*days, more], "legal_basis": BASIS, "why": "Thêm một ngày nghỉ mẫu"}
    change_id = control(cloud, "POST", "/calendars/2020/changes", body).body["id"]
    run(cloud)
    path = f"/calendar-changes/{change_id}/application"
    assert control(cloud, "POST", path, {"why": "Đã xem trước"}, version=1).status == 200
    run(cloud)
    cloud.restart()
    after = explained(cloud, dossier_id, CLERK).body
    assert (after["due_at"], after["calendar"], after["differs"]) == ("2020-04-29T08:00:00+07:00", "2020.2", False)
    assert "Bỏ qua 27/04/2020: Ngày nghỉ mẫu (nghỉ lễ)" in [step["vi"] for step in after["steps"]]
