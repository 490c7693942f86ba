"""A whole life in process: receive, route, take over, resolve, return; online in, and by post out."""

from tests.kit.api_lives import act, in_process, posted, receive, resolved, submit, tell
from tests.kit.moto_cloud import CLERK, Cloud
from tests.kit.post_office import PostOffice

FACTS = "/reports/targets/2020-04/agencies/skhdt/facts"


def test_a_dossier_goes_from_the_counter_to_its_applicant(cloud: Cloud, owner: dict[str, str]) -> None:
    received = receive(cloud, owner)
    assert received.status == 201, received.body
    assert received.body["number"].endswith("-200423-0001")
    assert received.body["agency_id"] == "skhdt"
    dossier_id = received.body["id"]
    assert received.headers["location"] == f"/dossiers/{dossier_id}"

    assert cloud.deliver("route_dossier", *cloud.owed("routing")) == {"batchItemFailures": []}
    assert act(cloud, dossier_id, "takeover", 2).status == 200
    assert act(cloud, dossier_id, "resolution", 3).body["status"]["code"] == 9
    returned = act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"})
    assert returned.body["status"] == {"code": 10, "vi": "Đã trả kết quả", "en": "returned"}

    cloud.deliver("update_figures", *cloud.owed("figures"))
    assert cloud.owed("figures") == []
    facts = cloud.call("report_api", "GET", FACTS, groups="head@skhdt")
    assert [fact["dossier_id"] for fact in facts.body["facts"]] == [dossier_id]


def test_an_online_submission_is_accepted_and_delivered_by_post(
    cloud: Cloud, owner: dict[str, str], post_office: PostOffice
) -> None:
    submitted = submit(cloud, owner, channel_out="post")
    assert (submitted.status, submitted.body["number"], submitted.body["status"]["code"]) == (201, None, 1)
    dossier_id = submitted.body["id"]
    accepted = act(cloud, dossier_id, "acceptance", 1, CLERK)
    assert (accepted.status, accepted.body["status"]["code"]) == (200, 2)
    cloud.deliver("route_dossier", *cloud.owed("routing"))
    act(cloud, dossier_id, "takeover", 3)
    act(cloud, dossier_id, "resolution", 4)
    cloud.deliver("dispatch_parcel", *cloud.owed("dispatch"))
    assert post_office.orders[f"{dossier_id}-1"]["receiver"]["name"] == "Nguyễn Văn Mẫu"
    tell(cloud, f"{dossier_id}-1", "C20", "C30", "C40", "C50")
    seen = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK)
    assert (seen.body["status"]["code"], seen.body["channel_out"]) == (10, "post")


def test_a_refused_submission_ends_with_its_reason(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = submit(cloud, owner).body["id"]
    refused = act(cloud, dossier_id, "refusal", 1, CLERK, {"reason": "Thiếu bản chính"})
    assert refused.body["status"]["code"] == 3
    read = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}", groups=CLERK)
    assert read.body["reason"] == "Thiếu bản chính"
    assert "Thiếu bản chính" not in str(cloud.tables()["Dossier"]), "free text may name somebody: it stands in no event"
    late = act(cloud, dossier_id, "acceptance", 2, CLERK)
    assert (late.status, late.body["type"]) == (409, "urn:motcua:problem:move-not-allowed")


def test_the_timeline_tells_the_whole_life_in_its_order(
    cloud: Cloud, owner: dict[str, str], post_office: PostOffice
) -> None:
    dossier_id = posted(cloud, owner)
    tell(cloud, f"{dossier_id}-1", "C20", "C50")
    timeline = cloud.call("dossier_api", "GET", f"/dossiers/{dossier_id}/timeline", groups="controller@tinh")
    assert [event["type"] for event in timeline.body["events"]] == [
        "dossier.received",
        "dossier.transferred",
        "dossier.taken_over",
        "dossier.resolved",
        "parcel.ready",
        "parcel.ordered",
        "parcel.collected",
        "dossier.returned",
        "parcel.delivered",
    ]


def test_a_result_waits_for_an_officer_to_take_the_dossier_over(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = in_process(cloud, owner)
    refused = act(cloud, dossier_id, "resolution", 2)
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:not-taken-over")


def test_a_result_is_not_returned_by_post_with_a_click(cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = resolved(cloud, owner)
    refused = act(cloud, dossier_id, "return", 4, CLERK, {"channel": "post"})
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/channel")


def test_reading_needs_no_second_look(cloud: Cloud, owner: dict[str, str]) -> None:
    received = receive(cloud, owner)
    read = cloud.call("dossier_api", "GET", f"/dossiers/{received.body['id']}", groups=CLERK)
    assert read.body["owner"]["name"] == "Nguyễn Văn Mẫu"
    assert read.headers["etag"] == '"1"'
