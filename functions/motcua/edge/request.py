"""One HTTP request, read strictly: body, headers, time and keys. Faults are reported field by field."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from motcua.domain.errors import Fault, InvalidError
from motcua.domain.event import Stamp
from motcua.edge.duplicate_fields import duplicates_in
from motcua.ports.changes import IdempotencyKey
from motcua.settings import is_local
from motcua.telemetry import real_now

BODY_LIMIT = 64 * 1024
"""Bytes, unless an operation says otherwise. Most sound requests are a tenth of it; files do not come this way."""

_KEY = re.compile(r"[A-Za-z0-9_\-]{1,100}")
_CORRELATION = re.compile(r"[A-Za-z0-9_\-]{1,64}")

Model = TypeVar("Model", bound=BaseModel)


class Request:
    """A gateway event as the operations see it: `id` is the invocation's request id, `longest` how many bytes its body
    may have."""

    def __init__(self, event: Mapping[str, Any], request_id: str = "", longest: int = BODY_LIMIT) -> None:
        self.event, self.id, self.longest = event, request_id, longest
        self.headers = {name.lower(): value or "" for name, value in (event.get("headers") or {}).items()}
        self.query = {name: value or "" for name, value in (event.get("queryStringParameters") or {}).items()}

    @property
    def wants_english(self) -> bool:
        """Return whether English stands first in Accept-Language; Vietnamese is the default."""
        return self.headers.get("accept-language", "").strip().lower().startswith("en")

    @property
    def correlation_id(self) -> str:
        """Return the caller's id if it sent a valid one; else this request's own id. Stream and queues pass it on."""
        sent = self.headers.get("x-correlation-id", "")
        return sent if _CORRELATION.fullmatch(sent) else self.id

    @cached_property
    def raw_body(self) -> bytes:
        """Return the body byte for byte; the gateway passes it in base64 so that nothing is replaced on the way."""
        body = self.event.get("body") or ""
        try:
            raw = base64.b64decode(body, validate=True) if self.event.get("isBase64Encoded") else body.encode()
        except (binascii.Error, UnicodeEncodeError):
            raise InvalidError("not_utf8") from None
        if len(raw) > self.longest:
            raise InvalidError("too_large", limit=self.longest)
        return raw

    def read(self, model: type[Model]) -> Model:
        """Return the body as `model`. Raises InvalidError with one fault for each wrong field."""
        raw = self.raw_body
        if raw and self.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise InvalidError("not_json")
        try:
            raw.decode()
        except UnicodeDecodeError:
            raise InvalidError("not_utf8") from None
        faults: list[Fault] = []
        try:
            body = model.model_validate_json(raw or b"{}")
        except ValidationError as error:
            from motcua.contracts.faults import faults_of  # noqa: PLC0415 - it knows every problem; most bodies are sound

            faults = faults_of(error)
            if len(faults) == 1 and not faults[0].pointer:
                raise InvalidError(faults[0].code, **faults[0].params) from None
        if faults := duplicates_in(raw) + faults:
            raise InvalidError.of(faults)
        return body

    def stamp(self, actor: str) -> Stamp:
        """Return who acts and when: the clock's time, or in the embedded run the time that the request names."""
        now = real_now()
        return Stamp(self._domain_time(now), now, actor, self.correlation_id)

    def check_domain_time(self) -> None:
        """Raise for any request that names a time where none is allowed."""
        if "x-motcua-now" in self.headers and not is_local():
            raise InvalidError("domain_time_not_here")

    def _domain_time(self, now: datetime) -> datetime:
        named = self.headers.get("x-motcua-now")
        if named is None:
            return now
        self.check_domain_time()
        try:
            moment = datetime.fromisoformat(named)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.year < 2000:
            raise InvalidError("malformed_header", header="X-Motcua-Now", expected="2020-04-23T08:00:00+07:00")
        if moment > now:
            raise InvalidError("time_in_the_future")
        return moment

    def idempotency_key(self, caller: str, route: str) -> IdempotencyKey:
        """Return the caller's key, scoped to caller and route, with the digest of the request: If-Match and the body.

        A key that comes again with another version is a different request and is refused: a command must not be
        carried out twice because its first answer was lost.
        """
        sent = self.headers.get("idempotency-key", "")
        if not _KEY.fullmatch(sent):
            raise InvalidError("idempotency_key_needed")
        scope = hashlib.sha256(f"{caller}|{route}|{sent}".encode()).hexdigest()
        asked = self.headers.get("if-match", "").encode() + b"|" + self.raw_body
        return IdempotencyKey(scope, hashlib.sha256(asked).hexdigest())

    def expected_version(self) -> int:
        """Return the version in If-Match, as `"3"`."""
        sent = self.headers.get("if-match", "").strip()
        if not sent:
            raise InvalidError("if_match_needed")
        match = re.fullmatch(r'(?:W/)?"?([0-9]{1,9})"?', sent)
        if not match:
            raise InvalidError("malformed_header", header="If-Match", expected='"3"')
        return int(match[1])

    def limit(self, most: int = 100, default: int = 50) -> int:
        """Return how many entries a page may hold."""
        sent = self.query.get("limit", str(default))
        if not re.fullmatch("[0-9]{1,4}", sent) or not 1 <= int(sent) <= most:
            raise InvalidError("not_allowed", "/limit", expected=f"1–{most}")
        return int(sent)
