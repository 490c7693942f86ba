"""The main job in process: receive, route, take over, resolve, return; online in, and by post out."""

from typing import Any

from tests.handlers.conftest import Cloud


def test_a_dossier_goes_from_the_counter_to_its_applicant(cloud: Cloud, owner: dict[str, str]) -> None:
    received = cloud.receive(owner)
    assert received.status == 201, received.body
    assert received.body["number"].endswith("-200423-0001")
    dossier_id, path = received.body["id"], f"/dossiers/{received.body['id']}"
    assert received.body["agency_id"] == "skhdt"

    assert cloud.deliver("route_dossier", *cloud.owed("routing")) == {"batchItemFailures": []}
    taken = cloud.call("dossier_api", "POST", f"{path}/takeover", groups="officer@skhdt", version=2)
    assert taken.status == 200, taken.body
    resolved = cloud.call("dossier_api", "POST", f"{path}/resolution", groups="officer@skhdt", version=3)
    assert resolved.body["status"]["code"] == 9, resolved.body
    returned = cloud.call(
        "dossier_api", "POST", f"{path}/return", {"channel": "counter"}, groups="clerk@mc-tinh", version=4
    )
    assert returned.body["status"] == {"code": 10, "vi": "Đã trả kết quả", "en": "returned"}

    cloud.deliver("update_figures", *cloud.owed("figures"))
    assert cloud.owed("figures") == []
    facts = cloud.call(
        "report_api", "GET", "/reports/targets/2020-04/agencies/skhdt/facts", groups="head@skhdt"
    )
    assert [fact["dossier_id"] for fact in facts.body["facts"]] == [dossier_id]


def test_reading_needs_no_second_look(cloud: Cloud, owner: dict[str, Any]) -> None:
    received = cloud.receive(owner)
    read = cloud.call("dossier_api", "GET", f"/dossiers/{received.body['id']}", groups="clerk@mc-tinh")
    assert read.body["owner"]["name"] == "Nguyễn Văn Mẫu"
    assert read.headers["etag"] == '"1"'
    inbox = cloud.call("dossier_api", "GET", "/units/mc-tinh/inbox", groups="clerk@mc-tinh", query={"status": "2"})
    assert [each["id"] for each in inbox.body["dossiers"]] == [received.body["id"]]
