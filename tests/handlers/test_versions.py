"""If-Match: a change names the version that its caller saw, so nobody overwrites an unread change."""

import pytest

from motcua.adapters.dossier.dossiers import DynamoDossiers
from tests.kit.api_lives import act, in_process, resolved, submit
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud

CHANGES = (
    "acceptance",
    "refusal",
    "takeover",
    "resolution",
    "return",
    "return-channel",
    "withdrawal",
    "receipt-correction",
)
BODIES = {
    "refusal": {"reason": "Thiếu bản chính"},
    "return": {"channel": "counter"},
    "return-channel": {"channel_out": "post"},
    "withdrawal": {"reason": "Không còn nhu cầu"},
    "receipt-correction": {"reason": "Ghi thiếu giấy tờ", "papers": []},
}


@pytest.fixture(scope="module")
def dossier_id(shared_cloud: Cloud) -> str:
    """Return a dossier at status 9, version 4."""
    someone = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
    return resolved(shared_cloud, someone)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_without_a_version_is_refused(shared_cloud: Cloud, dossier_id: str, name: str) -> None:
    method = "PUT" if name == "return-channel" else "POST"
    path = f"/dossiers/{dossier_id}/{name}"
    reply = shared_cloud.call("dossier_api", method, path, BODIES.get(name), groups=f"{CLERK},{OFFICER}")
    assert (reply.status, reply.body["type"]) == (428, "urn:motcua:problem:if-match-needed")


@pytest.mark.parametrize(("method", "name"), [("PUT", "return-channel"), ("POST", "withdrawal")])
def test_what_the_portal_changes_needs_a_version_too(
    shared_cloud: Cloud, dossier_id: str, method: str, name: str
) -> None:
    headers = {"x-motcua-citizen": "030099000001"}
    path, body = f"/portal/dossiers/{dossier_id}/{name}", BODIES[name]
    without = shared_cloud.call("public_api", method, path, body, scopes="portal/choose", headers=headers)
    assert without.status == 428
    stale = shared_cloud.call("public_api", method, path, body, scopes="portal/choose", headers=headers, version=3)
    assert (stale.status, stale.body["version"]) == (412, 4)


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("version", [1, 3, 5])
def test_another_version_is_refused_with_the_present_one(
    shared_cloud: Cloud, dossier_id: str, name: str, version: int
) -> None:
    before = shared_cloud.tables()
    reply = act(shared_cloud, dossier_id, name, version, f"{CLERK},{OFFICER}", BODIES.get(name))
    assert (reply.status, reply.body["type"]) == (412, "urn:motcua:problem:version-differs")
    assert reply.body["version"] == 4
    assert shared_cloud.tables() == before


@pytest.mark.parametrize("sent", ["*", "bốn", '"4", "5"', '"-1"', "4.0", '"1234567890"'])
def test_a_malformed_version_is_refused(shared_cloud: Cloud, dossier_id: str, sent: str) -> None:
    path = f"/dossiers/{dossier_id}/takeover"
    reply = shared_cloud.call("dossier_api", "POST", path, groups=OFFICER, headers={"if-match": sent})
    assert (reply.status, reply.body["type"]) == (400, "urn:motcua:problem:malformed-header")


@pytest.mark.parametrize("sent", ['"2"', 'W/"2"', "2"])
def test_the_version_is_read_as_clients_write_it(shared_cloud: Cloud, owner: dict[str, str], sent: str) -> None:
    path = f"/dossiers/{in_process(shared_cloud, owner)}/takeover"
    reply = shared_cloud.call("dossier_api", "POST", path, groups=OFFICER, headers={"if-match": sent})
    assert (reply.status, reply.headers["etag"]) == (200, '"3"')


def test_of_two_who_saw_the_same_version_one_wins(shared_cloud: Cloud, owner: dict[str, str]) -> None:
    dossier_id = submit(shared_cloud, owner).body["id"]
    assert act(shared_cloud, dossier_id, "acceptance", 1, CLERK).status == 200
    loser = act(shared_cloud, dossier_id, "refusal", 1, CLERK, BODIES["refusal"])
    assert (loser.status, loser.body["version"]) == (412, 2)


def test_who_loses_in_the_very_same_moment_is_told_so(
    shared_cloud: Cloud, owner: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The winner writes between the loser's read and write, so the transaction's condition decides."""
    dossier_id, load = in_process(shared_cloud, owner), DynamoDossiers.load

    def load_and_lose(store: DynamoDossiers, wanted: str) -> object:
        seen = load(store, wanted)
        monkeypatch.undo()
        assert act(shared_cloud, dossier_id, "takeover", 2, f"{OFFICER},head@skhdt").status == 200
        return seen

    monkeypatch.setattr(DynamoDossiers, "load", load_and_lose)
    reply = act(shared_cloud, dossier_id, "takeover", 2)
    assert (reply.status, reply.body["type"]) == (412, "urn:motcua:problem:changed-meanwhile")
    assert (reply.body["version"], reply.body["status_code"]) == (3, 4), "the present state"
    assert shared_cloud.state(dossier_id)["officer"] == f"staff-{OFFICER},head@skhdt"
