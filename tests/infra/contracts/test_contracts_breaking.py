"""A change that breaks a caller or a reader is found; an addition is not called a break."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from infra.contracts.breaking import WIDENED, breaks
from infra.contracts.published import documents

NOW = documents()
API, RECEIVED, CALLBACK = "openapi.json", "messages/dossier.received.v1.json", "webhooks/parcel-callback.v1.json"
Edit = Callable[[Any], Any]


def found(name: str, edit: Edit) -> list[str]:
    changed = copy.deepcopy(NOW[name])
    edit(changed)
    return list(breaks(name, NOW[name], changed))


def schemas(document: Any) -> Any:
    return document["components"]["schemas"]


def receive(document: Any) -> Any:
    return document["paths"]["/dossiers"]["post"]


BREAKING: dict[str, tuple[str, Edit, str]] = {
    "a path is removed": (API, lambda api: api["paths"].pop("/tracking"), "POST /tracking: removed"),
    "an operation is renamed": (
        API,
        lambda api: receive(api).update(operationId="take_in"),
        "POST /dossiers: operationId receive_dossier is now take_in",
    ),
    "a request field becomes required": (
        API,
        lambda api: schemas(api)["ReceiveDossierRequest"]["required"].append("recipient"),
        "POST /dossiers request/recipient: now required",
    ),
    "a request's value is no longer taken": (
        API,
        lambda api: schemas(api)["ReceiveDossierRequest"]["properties"]["channel_in"]["enum"].remove("post"),
        "POST /dossiers request/channel_in: values no longer allowed: post",
    ),
    "a request's text must be shorter": (
        API,
        lambda api: schemas(api)["RefusalRequest"]["properties"]["reason"].update(maxLength=100),
        "POST /dossiers/{dossier_id}/refusal request/reason: maxLength is now 100",
    ),
    "a request's field is removed": (
        API,
        lambda api: schemas(api)["PersonRequest"]["properties"].pop("email"),
        "POST /dossiers request/owner/email: removed",
    ),
    "what one kind of rule says loses a field": (
        API,
        lambda api: schemas(api)["TargetRequest"]["properties"].pop("year"),
        "POST /rules request/rule/value/year: removed",
    ),
    "a kind of rule is no longer taken": (
        API,
        lambda api: schemas(api)["Rule"]["properties"]["value"]["anyOf"].pop(0),
        "POST /rules request/rule/value: Reception is no longer taken",
    ),
    "a request's text must have another form": (
        API,
        lambda api: schemas(api)["Unit"]["properties"]["id"].update(pattern="^[a-z]+$"),
        "POST /units request/unit/id: pattern is now ^[a-z]+$",
    ),
    "an answer's field is removed": (
        API,
        lambda api: schemas(api)["TrackingView"]["properties"].pop("due_at"),
        "POST /tracking 200/due_at: removed",
    ),
    "an answer's field may be missing": (
        API,
        lambda api: schemas(api)["TrackingView"]["required"].remove("number"),
        "POST /tracking 200/number: may be missing now",
    ),
    "an answer's field may be null": (
        API,
        lambda api: schemas(api)["TrackingView"]["properties"].update(
            number={"anyOf": [{"type": "string"}, {"type": "null"}]}
        ),
        "POST /tracking 200/number: may now be null",
    ),
    "a problem is renamed": (
        API,
        lambda api: receive(api)["responses"]["422"]["content"]["application/problem+json"]["schema"]["allOf"][1][
            "properties"
        ]["type"]["enum"].remove("urn:motcua:problem:reception-closed"),
        "POST /dossiers 422/type: values no longer allowed: urn:motcua:problem:reception-closed",
    ),
    "a header becomes required": (
        API,
        lambda api: api["components"]["parameters"]["X-Correlation-Id"].update(required=True),
        "POST /dossiers header X-Correlation-Id: now required",
    ),
    "a header of an answer is removed": (
        API,
        lambda api: receive(api)["responses"]["201"]["headers"].pop("ETag"),
        "POST /dossiers 201 header ETag: removed",
    ),
    "a message loses a field of its data": (
        RECEIVED,
        lambda schema: schema["$defs"]["DossierReceivedData"]["properties"].pop("number"),
        f"{RECEIVED}/data/number: removed",
    ),
    "a partner must send more": (
        CALLBACK,
        lambda schema: schema["required"].append("place"),
        f"{CALLBACK}/place: now required",
    ),
}

HARMLESS: dict[str, tuple[str, Edit]] = {
    "nothing changes": (API, lambda _: None),
    "an operation is added": (API, lambda api: api["paths"].update({"/fees": {"get": receive(api)}})),
    "a request may say more": (
        API,
        lambda api: schemas(api)["RefusalRequest"]["properties"].update(note={"type": "string"}),
    ),
    "a request's text may be longer": (
        API,
        lambda api: schemas(api)["RefusalRequest"]["properties"]["reason"].update(maxLength=900),
    ),
    "one more kind of rule is taken": (
        API,
        lambda api: schemas(api)["Rule"]["properties"]["value"]["anyOf"].append(
            {"title": "Toll", "type": "object", "required": ["fee_vnd"], "properties": {"fee_vnd": {"type": "integer"}}}
        ),
    ),
    "an answer says more": (
        API,
        lambda api: schemas(api)["TrackingView"]["properties"].update(note={"type": "string"}),
    ),
    "an answer knows one more value": (API, lambda api: schemas(api)["ChannelIn"]["enum"].append("kiosk")),
    "a partner need not send a field": (CALLBACK, lambda schema: schema["required"].remove("code")),
    "a new major version breaks openly": (
        API,
        lambda api: (api["info"].update(version="2.0.0"), api["paths"].pop("/tracking")),
    ),
}


@pytest.mark.parametrize("case", BREAKING)
def test_it_is_a_break_when(case: str) -> None:
    name, edit, said = BREAKING[case]
    assert said in found(name, edit)


@pytest.mark.parametrize("case", HARMLESS)
def test_it_is_no_break_when(case: str) -> None:
    assert found(*HARMLESS[case]) == []


def test_a_document_that_is_gone_is_a_break() -> None:
    assert list(breaks(RECEIVED, NOW[RECEIVED], None)) == [f"{RECEIVED}: removed"]


@pytest.mark.parametrize("patterns", sorted(WIDENED))
def test_a_pattern_that_takes_whatever_it_took_before_is_no_break(patterns: tuple[str, str]) -> None:
    before, after = ({"type": "string", "pattern": pattern} for pattern in patterns)
    assert list(breaks(CALLBACK, before, after)) == []
    assert list(breaks(CALLBACK, after, before)) == [f"{CALLBACK}: pattern is now {patterns[0]}"]
