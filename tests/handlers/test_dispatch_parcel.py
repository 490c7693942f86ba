"""A result that goes by post becomes one order at the partner, whatever the network does in between."""

import json
from typing import Any

import pytest

from tests.kit.api_lives import act, resolved
from tests.kit.moto_cloud import CLERK, Cloud
from tests.kit.post_office import PostOffice

Owner = dict[str, str]
DONE: dict[str, Any] = {"batchItemFailures": []}
FAILED = {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


@pytest.fixture
def ready(cloud: Cloud, owner: Owner) -> str:
    """Return a dossier whose parcel is ready."""
    return resolved(cloud, owner, channel_out="post")


def _dispatch(cloud: Cloud, receives: int = 1) -> dict[str, Any]:
    (message,) = cloud.owed("dispatch")
    return cloud.deliver("dispatch_parcel", message, receives=receives)


def _parcel(cloud: Cloud, dossier_id: str, ordinal: int = 1) -> dict[str, Any]:
    return cloud.state(dossier_id, f"PARCEL#{ordinal}")


def test_an_order_says_where_from_and_where_to_and_never_what(
    cloud: Cloud, ready: str, owner: Owner, post_office: PostOffice
) -> None:
    assert _dispatch(cloud) == DONE
    order = post_office.orders[f"{ready}-1"]
    assert order["receiver"] == {name: owner[name] for name in ("name", "address", "phone")}
    assert order["sender"]["name"] == "Trung tâm Phục vụ hành chính công tỉnh Hải Dương"
    assert order["description"] == "Kết quả giải quyết thủ tục hành chính"
    assert "doanh nghiệp" not in json.dumps(order, ensure_ascii=False)
    assert post_office.keys == {"Bearer api-key-1"}
    assert _parcel(cloud, ready)["state"] == "ordered"


def test_the_result_goes_to_the_recipient_whom_the_dossier_names(
    cloud: Cloud, owner: Owner, post_office: PostOffice
) -> None:
    recipient = owner | {"name": "Trần Thị Mẫu", "address": "Thôn Mẫu, xã Mẫu"}
    dossier_id = resolved(cloud, owner, channel_out="post", recipient=recipient)
    assert _dispatch(cloud) == DONE
    assert post_office.orders[f"{dossier_id}-1"]["receiver"]["name"] == "Trần Thị Mẫu"


def test_a_parcel_is_ordered_once_under_a_number_that_never_changes(
    cloud: Cloud, ready: str, post_office: PostOffice
) -> None:
    (message,) = cloud.owed("dispatch")
    for receives in (1, 1, 2):
        assert cloud.deliver("dispatch_parcel", message, receives=receives) == DONE
    assert post_office.requests == [("POST", "/api/orders")]
    assert list(post_office.orders) == [f"{ready}-1"]


@pytest.mark.parametrize(
    "trouble",
    [
        None,
        (500, {}),
        (503, b"<html>"),
        (429, {"status": 429}),
        (401, {"status": 401}),
        (404, b"not found"),
        (302, {}),
        (200, b"<html>"),
        (200, {"status": "Nguyễn Văn Mẫu"}),
        (200, {"status": [100]}),
        (200, []),
    ],
    ids=[
        "no answer",
        "500",
        "503",
        "429",
        "wrong key",
        "a proxy's 404",
        "302",
        "a page",
        "a name",
        "a list",
        "no object",
    ],
)
@pytest.mark.parametrize("was_taken", [True, False], ids=["it was taken", "it was not"])
def test_an_order_without_an_answer_is_asked_for_before_it_is_sent_again(
    cloud: Cloud, ready: str, post_office: PostOffice, trouble: Any, was_taken: bool
) -> None:
    post_office.script.append(trouble)
    post_office.keeps = was_taken
    before = cloud.tables()
    assert _dispatch(cloud) == FAILED
    assert cloud.tables() == before
    assert _dispatch(cloud, receives=2) == DONE
    asked_and_sent = [("POST", "/api/orders"), ("GET", f"/api/orders/{ready}-1")]
    assert post_office.requests == asked_and_sent + ([] if was_taken else [("POST", "/api/orders")])
    assert list(post_office.orders) == [f"{ready}-1"]
    assert _parcel(cloud, ready)["state"] == "ordered"


def test_a_partner_who_stays_silent_is_asked_each_time(cloud: Cloud, ready: str, post_office: PostOffice) -> None:
    post_office.script.extend([None, (500, {}), (503, {})])
    for receives in (1, 2, 3):
        assert _dispatch(cloud, receives=receives) == FAILED
    assert [method for method, _ in post_office.requests] == ["POST", "GET", "GET"]
    assert _dispatch(cloud, receives=4) == DONE


def test_nobody_listening_is_no_refusal(cloud: Cloud, ready: str) -> None:
    assert _dispatch(cloud) == FAILED
    assert _parcel(cloud, ready)["state"] == "ready"


def test_a_message_that_was_sent_again_asks_first(cloud: Cloud, ready: str, post_office: PostOffice) -> None:
    """The sweep and a redrive resend a message. Its receive count starts at one, but an order may have gone out."""
    [message] = cloud.owed("dispatch")
    message["recordedtime"] = "2020-04-24T08:00:00Z"
    post_office.orders[f"{ready}-1"] = {}
    assert cloud.deliver("dispatch_parcel", message) == DONE
    assert [method for method, _ in post_office.requests] == ["GET"]
    assert _parcel(cloud, ready)["state"] == "ordered"


def test_an_order_that_is_already_there_counts_as_taken(cloud: Cloud, ready: str, post_office: PostOffice) -> None:
    """The sweep resends a message with its own receive count, while the first order was taken unseen."""
    post_office.orders[f"{ready}-1"] = {}
    assert _dispatch(cloud) == DONE
    assert _parcel(cloud, ready)["state"] == "ordered"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((400, {"status": 422, "message": "address unknown"}), "422"),
        ((422, {"message": "Nguyễn Văn Mẫu, Số 1, phố Mẫu"}), "422"),
        ((200, {"status": 105}), "105"),
    ],
)
def test_a_refused_order_ends_the_parcel_and_frees_the_dossier(
    cloud: Cloud, ready: str, post_office: PostOffice, answer: Any, reason: str
) -> None:
    post_office.script.append(answer)
    assert _dispatch(cloud) == DONE
    assert (_parcel(cloud, ready)["state"], _parcel(cloud, ready)["reason"]) == ("cancelled", f"carrier:{reason}")
    dossier = cloud.state(ready)
    assert (dossier["status"], dossier.get("parcel_open", False)) == (9, False)
    assert act(cloud, ready, "return", dossier["version"], CLERK, {"channel": "counter"}).status == 200


def test_after_a_refused_order_the_post_may_be_chosen_again(cloud: Cloud, ready: str, post_office: PostOffice) -> None:
    post_office.script.append((422, {"status": 422}))
    _dispatch(cloud)
    version = cloud.state(ready)["version"]
    chosen = act(cloud, ready, "return-channel", version, CLERK, {"channel_out": "post"})
    assert (chosen.status, chosen.body["parcel"]) == (200, f"{ready}-2")
    assert _dispatch(cloud) == DONE
    assert list(post_office.orders) == [f"{ready}-2"]
    assert (_parcel(cloud, ready, 1)["state"], _parcel(cloud, ready, 2)["state"]) == ("cancelled", "ordered")


def test_while_a_parcel_is_open_the_counter_hands_out_nothing(cloud: Cloud, ready: str) -> None:
    refused = act(cloud, ready, "return", 4, CLERK, {"channel": "counter"})
    assert (refused.status, refused.body["type"]) == (409, "urn:motcua:problem:parcel-under-way")
