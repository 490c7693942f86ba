"""A change of the calendar through its endpoints: proposed, previewed, applied, and refused when it should be."""

from typing import Any

import pytest

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.dynamodb.stamps import stamped
from motcua.adapters.registry.rows import row_of
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.kit.api_lives import in_process, received, resolved
from tests.kit.fakes import stamp
from tests.kit.job_steps import BASIS, control, job, results, run
from tests.kit.moto_cloud import CLERK, Cloud, Reply
from tests.kit.shipped import things

Owner = dict[str, str]
OF_2020 = [
    {"date": day.date.isoformat(), "kind": day.kind.value, "name_vi": day.name_vi}
    for day in things(EntryKind.CALENDAR)["2020"].days
]
MORE = {"date": "2020-04-27", "kind": "day_off", "name_vi": "Ngày nghỉ mẫu"}


def propose(cloud: Cloud, *days: dict[str, str], year: str = "2020", **more: Any) -> Reply:
    body = {"days": [*OF_2020, *days], "legal_basis": BASIS, "why": "Thêm một ngày nghỉ mẫu"}
    return control(cloud, "POST", f"/calendars/{year}/changes", body, **more)


def apply(cloud: Cloud, change_id: str, version: int = 1, **more: Any) -> Reply:
    path = f"/calendar-changes/{change_id}/application"
    return control(cloud, "POST", path, {"why": "Đã xem trước"}, version=version, **more)


def due(cloud: Cloud, dossier_id: str) -> str:
    reply = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK)
    return str(reply.body["due_at"])


def test_a_change_is_previewed_then_applied_to_each_open_dossier(cloud: Cloud, owner: Owner) -> None:
    at_counter, with_agency, done = received(cloud, owner), in_process(cloud, owner), resolved(cloud, owner)
    proposed = propose(cloud, MORE)
    assert proposed.status == 201, proposed.body
    change_id = proposed.body["id"]
    assert proposed.headers["location"] == f"/calendar-changes/{change_id}"
    assert (proposed.body["base_version"], proposed.body["new_version"]) == (1, 2)

    assert apply(cloud, change_id).body["type"] == "urn:motcua:problem:preview-not-done"
    run(cloud)
    preview = proposed.body["preview_job"]
    would_move = results(cloud, preview, outcome="moved")
    assert {each["dossier_id"] for each in would_move} == {at_counter, with_agency}
    assert {(each["before"], each["after"]) for each in would_move} == {
        ("2020-04-28T08:00+07:00", "2020-04-29T08:00+07:00")
    }
    assert due(cloud, at_counter) == "2020-04-28T08:00:00+07:00", "nothing has moved yet"

    applied = apply(cloud, change_id)
    assert applied.status == 200, applied.body
    run(cloud)
    told = job(cloud, applied.body["apply_job"])
    assert (told["kind"], told["done"], told["moved"], told["pending"]) == ("calendar_change", True, 2, 0)
    assert due(cloud, at_counter) == due(cloud, with_agency) == "2020-04-29T08:00:00+07:00"
    assert due(cloud, done) == "2020-04-28T08:00:00+07:00", "its result is ready"
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{at_counter}/timeline", groups=CLERK).body["events"]
    assert timeline[-1]["type"] == "dossier.due_moved"
    assert timeline[-1]["data"]["calendar"] == "2020.2"
    assert due(cloud, received(cloud, owner)) == "2020-04-29T08:00:00+07:00", "who comes now is dated by the new one"


def test_a_due_date_cites_a_calendar_that_anybody_can_read(cloud: Cloud) -> None:
    shipped = new_entry(EntryKind.CALENDAR, "2020", things(EntryKind.CALENDAR)["2020"])
    content = row_of(shipped) | {"why": "As the seed writes it: with its history", **stamped(stamp())}
    first_of_all = keys.amendment(shipped.kind, shipped.id, 1) | item(content)
    cloud.dynamodb.put_item(TableName="Registry", Item=first_of_all)
    change = propose(cloud, MORE)
    run(cloud)
    assert apply(cloud, change.body["id"]).status == 200
    cloud.restart()

    def read(**query: str) -> Reply:
        return cloud.call("public_api", "GET", "/calendars/2020", query=query or None)

    now, second, first = read(), read(version="2"), read(version="1")
    assert (now.body["version"], second.body, first.body["version"]) == (2, now.body, 1)
    assert [len(each.body["days"]) for each in (now, first)] == [len(OF_2020) + 1, len(OF_2020)]
    assert now.headers["etag"] == second.headers["etag"] == '"2"'
    assert "etag" not in first.headers, "no change can be made of what it was"
    missing = read(version="3")
    assert (missing.status, missing.body["type"]) == (404, "urn:motcua:problem:version-not-found")
    assert read(version="0").status == 422


def test_a_year_is_not_emptied(shared_cloud: Cloud) -> None:
    body = {"days": [], "legal_basis": BASIS, "why": "Xoá hết ngày nghỉ"}
    refused = control(shared_cloud, "POST", "/calendars/2020/changes", body)
    assert (refused.status, refused.body["errors"][0]["code"]) == (422, "too-few")


def test_a_year_whose_calendar_moved_on_is_previewed_again(cloud: Cloud) -> None:
    first, second = propose(cloud, MORE), propose(cloud)
    run(cloud)
    assert apply(cloud, second.body["id"]).status == 200
    refused = apply(cloud, first.body["id"])
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:calendar-moved-on")
    again = apply(cloud, second.body["id"], version=2)
    assert (again.status, again.body["type"]) == (409, "urn:motcua:problem:change-applied")


def test_one_change_of_a_year_is_carried_out_after_the_other(cloud: Cloud, owner: Owner) -> None:
    """Each event names the one version of the calendar that moved it."""
    dossier_id = received(cloud, owner)
    first = propose(cloud, MORE)
    run(cloud)
    apply(cloud, first.body["id"])
    second = propose(cloud, MORE, MORE | {"date": "2020-04-28"})
    while owed := [message for message in cloud.owed("jobs") if message["job"] == second.body["preview_job"]]:
        cloud.deliver("run_job", *owed)
    refused = apply(cloud, second.body["id"])
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:job-under-way")
    run(cloud)
    assert apply(cloud, second.body["id"]).status == 200
    run(cloud)
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups=CLERK).body["events"]
    moved = [event["data"]["calendar"] for event in timeline if event["type"] == "dossier.due_moved"]
    assert moved == ["2020.2", "2020.3"]
    listed = control(cloud, "GET", "/calendar-changes").body["changes"]
    assert {each["id"] for each in listed} == {first.body["id"], second.body["id"]}


def test_a_message_that_fails_for_good_ends_as_a_result(cloud: Cloud, owner: Owner) -> None:
    """An unreadable dossier delays no other. After the last receive, its result says that it failed."""
    dossier_id, fine = received(cloud, owner), received(cloud, owner)
    preview = propose(cloud, MORE).body["preview_job"]
    cloud.deliver("run_job", *cloud.owed("jobs"))
    while not (owed := cloud.owed("jobs", dossier_id)):
        cloud.deliver("run_job", *[each for each in cloud.owed("jobs") if "dossier" not in each])
    key = {"PK": {"S": f"DOSSIER#{dossier_id}"}, "SK": {"S": "STATE"}}
    cloud.dynamodb.delete_item(TableName="Dossier", Key=key)
    assert len(cloud.deliver("run_job", *owed, receives=4)["batchItemFailures"]) == 1
    assert cloud.deliver("run_job", *owed, receives=5) == {"batchItemFailures": []}
    run(cloud)
    told = job(cloud, preview)
    assert (told["done"], told["moved"], told["failed"]) == (True, 1, 1)
    assert [each["dossier_id"] for each in results(cloud, preview, outcome="moved")] == [fine]


def test_a_retried_request_is_answered_and_starts_nothing_twice(cloud: Cloud) -> None:
    proposed = [propose(cloud, MORE, key="propose-1") for _ in range(2)]
    assert proposed[0].body == proposed[1].body
    assert proposed[1].headers["idempotency-replayed"] == "true"
    run(cloud)
    applied = [apply(cloud, proposed[0].body["id"], key="apply-1") for _ in range(2)]
    assert applied[0].body == applied[1].body
    assert len(cloud.owed("jobs")) == 1


def test_a_new_year_gets_its_first_calendar_by_the_same_way(cloud: Cloud) -> None:
    days = [{"date": "2028-01-01", "kind": "day_off", "name_vi": "Tết Dương lịch"}]
    body = {"days": days, "legal_basis": BASIS, "why": "Lịch nghỉ năm 2028"}
    proposed = control(cloud, "POST", "/calendars/2028/changes", body)
    assert (proposed.status, proposed.body["base_version"]) == (201, 0)
    run(cloud)
    assert apply(cloud, proposed.body["id"]).status == 200


@pytest.mark.parametrize("groups", ["clerk@mc-tinh", "head@skhdt", "admin@tinh", "controller@stp"])
def test_only_the_provincial_controller_changes_or_watches_it(shared_cloud: Cloud, groups: str) -> None:
    for reply in (
        propose(shared_cloud, MORE, groups=groups),
        control(shared_cloud, "GET", "/calendar-changes/2020-x", groups=groups),
        control(shared_cloud, "GET", "/jobs/0000000000000000", groups=groups),
        control(shared_cloud, "GET", "/jobs/0000000000000000/results", groups=groups),
    ):
        assert (reply.status, reply.body["type"]) == (403, "urn:motcua:problem:role-needed")


@pytest.mark.parametrize(
    ("day", "code", "pointer"),
    [
        ({"date": "2021-01-01", "kind": "day_off", "name_vi": "Tết"}, "day-of-another-year", "/days/{n}/date"),
        (MORE | {"date": "2020-04-30"}, "day-twice", "/days/{n}/date"),
        (MORE | {"kind": "makeup_workday"}, "makeup-on-a-workday", "/days/{n}/kind"),
        (MORE | {"date": "27/4/2020"}, "wrong-type", "/days/{n}/date"),
        (MORE | {"kind": "half"}, "not-allowed", "/days/{n}/kind"),
        (MORE | {"note": "x"}, "unknown-field", "/days/{n}/note"),
    ],
)
def test_each_wrong_day_is_told_with_its_place(
    shared_cloud: Cloud, day: dict[str, str], code: str, pointer: str
) -> None:
    refused = propose(shared_cloud, day)
    assert refused.status == 422
    (fault,) = refused.body["errors"]
    assert (fault["code"], fault["pointer"]) == (code, pointer.format(n=len(OF_2020)))


@pytest.mark.parametrize("year", ["20", "abcd", "20200", "0000", "0999", "1999", "2101", "٢٠٢٠"])
def test_a_year_that_is_none_is_refused(shared_cloud: Cloud, year: str) -> None:
    assert propose(shared_cloud, year=year).body["type"] == "urn:motcua:problem:malformed-year"


@pytest.mark.parametrize("query", [{"outcome": "lost"}, {"limit": "0"}, {"cursor": "x"}])
def test_results_are_asked_for_properly(cloud: Cloud, query: dict[str, str]) -> None:
    preview = propose(cloud, MORE).body["preview_job"]
    reply = control(cloud, "GET", f"/jobs/{preview}/results", query=query)
    assert reply.status in (400, 422)
    assert reply.body["errors"][0]["pointer"] == f"/{next(iter(query))}"


def test_a_job_that_is_not_there_is_not_found(shared_cloud: Cloud) -> None:
    for path in ("/jobs/nowhere", "/jobs/nowhere/results"):
        assert control(shared_cloud, "GET", path).body["type"] == "urn:motcua:problem:job-not-found"
    reply = control(shared_cloud, "GET", "/calendar-changes/nowhere")
    assert reply.body["type"] == "urn:motcua:problem:entry-not-found"


def test_results_come_in_pages(cloud: Cloud, owner: Owner) -> None:
    everybody = {received(cloud, owner) for _ in range(5)}
    preview = propose(cloud, MORE).body["preview_job"]
    run(cloud)
    seen, cursor = set[str](), ""
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        reply = control(cloud, "GET", f"/jobs/{preview}/results", query=query)
        seen |= {each["dossier_id"] for each in reply.body["results"]}
        cursor = reply.body["next_cursor"]
        if not cursor:
            break
        assert f"cursor={cursor}" in reply.headers["link"]
    assert seen == everybody


def test_the_application_waits_until_nobody_acts_by_the_old_calendar(cloud: Cloud) -> None:
    change_id = propose(cloud, MORE).body["id"]
    run(cloud)
    apply(cloud, change_id)
    (owed,) = [item for item in cloud.dynamodb.scan(TableName="Dossier")["Items"] if item["kind"]["S"] == "outbox"]
    assert int(owed["delay"]["N"]) >= 60, "the registry is remembered for sixty seconds"
