"""The one request that is measured: a clerk at the provincial centre receives a dossier at the counter."""

import base64
import json
import uuid
from typing import Any

CLERK = "clerk@mc-tinh"
DAY = "2020-05-04"
RECORDED_DAY = "2020-05-05"
"""Nobody else receives on this day, so the recorded transaction opens the day's counter and needs nothing to be there."""

BODY = {
    "one_stop_id": "mc-tinh",
    "procedure_code": "2.001610",
    "channel_in": "counter",
    "channel_out": "counter",
    "owner": {
        "kind": "citizen",
        "name": "Nguyễn Văn Mẫu",
        "number": "030099000001",
        "phone": "0912345678",
        "address": "Số 1, phố Mẫu, phường Trần Phú, thành phố Hải Dương",
    },
}


def headers(day: str = DAY, **more: str) -> dict[str, str]:
    """Each request has its own key; `day` is domain time."""
    named = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    return named | {"X-Motcua-Now": f"{day}T09:00:00+07:00"} | more


def gateway_event(
    method: str, path: str, body: Any, claims: dict[str, str] | None, sent: dict[str, str] | None = None
) -> dict[str, Any]:
    """What API Gateway hands to a function: body in base64, claims from the authorizer. A body of bytes stays as it is."""
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return {
        "httpMethod": method,
        "path": path,
        "resource": path,
        "headers": headers() if sent is None else sent,
        "multiValueHeaders": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "requestContext": {"requestId": uuid.uuid4().hex, "authorizer": {"claims": claims} if claims else {}},
        "body": base64.b64encode(raw).decode(),
        "isBase64Encoded": True,
    }


def staff(group: str) -> dict[str, str]:
    """The claims of a member of staff."""
    return {"token_use": "id", "sub": f"bench-{group}", "cognito:groups": group}


def receive(day: str = DAY) -> dict[str, Any]:
    return gateway_event("POST", "/dossiers", BODY, staff(CLERK), headers(day))
