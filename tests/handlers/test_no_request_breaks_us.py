"""No request gets a 5xx: random bodies, headers, paths and queries, and the worst ones we know."""

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.contracts import examples
from infra.contracts.operations import mounted, path_names
from motcua.edge.http import Operation
from tests.kit.api_lives import in_process, request_body, resolved, submit
from tests.kit.moto_cloud import Cloud

ROUTES: list[tuple[str, Operation]] = [
    (handler.removeprefix("handlers."), operation) for handler, _, operation in mounted()
]
WITH_BODY = [(handler, operation) for handler, operation in ROUTES if operation.method in ("POST", "PUT")]
EVERYONE = "clerk@mc-tinh,officer@skhdt,head@skhdt,controller@tinh"
FIXED = {
    "partner": "simulator", "unit_id": "mc-tinh", "period": "2020-04", "agency_id": "skhdt", "code": "2.001610",
    "rule_id": "target-departments", "year": "2020", "order_id": "review-order-1313", "department_id": "skhdt",
    "kind": "unit", "entry_id": "mc-tinh",
}  # fmt: skip
SOUND = examples.requests()

OWNER = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
WORDS = st.sampled_from(
    [*request_body(OWNER), *OWNER, *OWNER.values(), "counter", "post", "online", "channel", "reason", "business", ""]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
NEARLY_RIGHT = st.builds(
    lambda some, changes: some | changes, st.just(request_body(OWNER)), st.dictionaries(WORDS, VALUES)
)


def nearly(sound: Any) -> st.SearchStrategy[Any]:
    """Return `sound` with one value in it, at any depth, replaced by another."""
    if isinstance(sound, dict) and sound:
        return st.sampled_from(sorted(sound)).flatmap(
            lambda name: st.builds(lambda value: sound | {name: value}, nearly(sound[name]))
        )
    if isinstance(sound, list) and sound:
        return nearly(sound[0]).map(lambda value: [value, *sound[1:]]) | st.just(sound * 2)
    return VALUES


def bodies(operation: Operation) -> st.SearchStrategy[bytes]:
    return st.one_of(
        nearly(SOUND[operation.name]).map(json.dumps).map(str.encode),
        st.dictionaries(WORDS, VALUES, max_size=6).map(json.dumps).map(str.encode),
        NEARLY_RIGHT.map(json.dumps).map(str.encode),
        VALUES.map(json.dumps).map(str.encode),
        st.binary(max_size=40),
    )


BRIEFLY = settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def dossiers(shared_cloud: Cloud) -> list[str]:
    """Return one dossier in each of the states that commands find."""
    return [submit(shared_cloud, OWNER).body["id"], in_process(shared_cloud, OWNER), resolved(shared_cloud, OWNER)]


def _send(
    cloud: Cloud, handler: str, operation: Operation, names: dict[str, str], raw: bytes, **more: Any
) -> tuple[int, dict[str, Any]]:
    """Send a request as a caller with all rights, a new key and any version. Returns status and body."""
    path = operation.path
    for name, value in (FIXED | names).items():
        path = path.replace(f"{{{name}}}", value)
    claims = {"sub": "s", "cognito:groups": EVERYONE, "scope": "portal/submit portal/read portal/choose"}
    claims["token_use"] = "access" if operation.audience == "portal" else "id"
    headers = {
        "content-type": "application/json",
        "idempotency-key": f"key-{next(cloud.serial)}",
        "if-match": f'"{next(cloud.serial) % 4 + 1}"',
        "x-motcua-now": cloud.now,
        "x-motcua-citizen": OWNER["number"],
    }
    event = {
        "httpMethod": operation.method,
        "path": path,
        "resource": path,
        "headers": headers | more.get("headers", {}),
        "queryStringParameters": more.get("query"),
        "requestContext": {"authorizer": {"claims": claims}},
        "body": base64.b64encode(raw).decode(),
        "isBase64Encoded": True,
    }
    answer = cloud.run(handler, event)
    return answer["statusCode"], json.loads(answer["body"])


@pytest.mark.parametrize(("handler", "operation"), WITH_BODY, ids=[operation.name for _, operation in WITH_BODY])
def test_no_body_breaks_a_route(shared_cloud: Cloud, dossiers: list[str], handler: str, operation: Operation) -> None:
    @BRIEFLY
    @given(raw=bodies(operation), dossier_id=st.sampled_from(dossiers))
    def holds(raw: bytes, dossier_id: str) -> None:
        status, answer = _send(shared_cloud, handler, operation, {"dossier_id": dossier_id}, raw)
        assert status < 500, answer

    holds()


@pytest.mark.parametrize(("handler", "operation"), ROUTES, ids=[operation.name for _, operation in ROUTES])
def test_no_path_breaks_a_route(shared_cloud: Cloud, handler: str, operation: Operation) -> None:
    names = path_names(operation)
    for value in ("x" * 3000, "ă" * 40, "..%2f", "0" * 16, "9999-12", "0000-00", "٢٠٢٠-٠٥", "030099000001", "a#b"):
        status, answer = _send(shared_cloud, handler, operation, dict.fromkeys(names, value), b"{}")
        assert status < 500, (value, answer)


@pytest.mark.parametrize(
    "name", ["if-match", "idempotency-key", "x-motcua-now", "x-motcua-citizen", "x-correlation-id"]
)
@pytest.mark.parametrize("value", ["", "x" * 5000, "1" * 5000, "٣", "ă\x00", '"', "-1"])
def test_no_header_breaks_a_route(shared_cloud: Cloud, dossiers: list[str], name: str, value: str) -> None:
    for handler, operation in WITH_BODY:
        status, answer = _send(
            shared_cloud, handler, operation, {"dossier_id": dossiers[1]}, b"{}", headers={name: value}
        )
        assert status < 500, (operation.name, answer)


@pytest.mark.parametrize("name", sorted({name for _, operation in ROUTES for name in operation.query}))
@pytest.mark.parametrize("value", ["", "x" * 3000, "1" * 5000, "²", "٣", "0", "-1", "1.0", "ă\x00"])
def test_no_query_breaks_a_route(shared_cloud: Cloud, name: str, value: str) -> None:
    for handler, operation in ROUTES:
        if name in operation.query:
            query = {"status": "4", "limit": "10"} | {name: value}
            status, answer = _send(shared_cloud, handler, operation, {}, b"", query=query)
            assert status < 500, answer


@pytest.mark.parametrize(
    "forged",
    [
        [],
        None,
        "x" * 50,
        {"at": 1},
        {"at": [{}, []]},
        {"at": ["", ""]},
        {"at": ["x" * 2000, "y"]},
        {"of": "x", "at": ["a", "b"]},
    ],
)
def test_no_forged_cursor_breaks_an_inbox(shared_cloud: Cloud, forged: Any) -> None:
    if isinstance(forged, dict):
        forged = {"of": hashlib.sha256(b"mc-tinh#9").hexdigest()[:12]} | forged
    cursor = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    reply = shared_cloud.call(
        "dossier_api", "GET", "/units/mc-tinh/inbox", groups=EVERYONE, query={"status": "9", "cursor": cursor}
    )
    assert (reply.status, reply.body["type"]) == (400, "urn:motcua:problem:malformed-cursor")


def test_a_cursor_that_is_nested_without_end_breaks_nothing(shared_cloud: Cloud) -> None:
    cursor = base64.urlsafe_b64encode(b"[" * 6000).decode()
    reply = shared_cloud.call(
        "dossier_api", "GET", "/units/mc-tinh/inbox", groups=EVERYONE, query={"status": "9", "cursor": cursor}
    )
    assert reply.status == 400
