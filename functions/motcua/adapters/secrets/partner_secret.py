"""What motcua shares with a postal partner: webhook secrets (the new and the old are valid) and the key of its API."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

from motcua.domain.record import dataclass

REMEMBERED_SECONDS = 300

SHORTEST_SECRET = 16
"""Bytes. A shorter one, above all an emptied slot, would let anybody sign."""


@dataclass(frozen=True, slots=True)
class PartnerSecret:
    webhook_secrets: tuple[bytes, ...]
    api_key: str

    def __repr__(self) -> str:
        return "PartnerSecret(…)"


class PartnerSecrets:
    """Reads the secret when first needed and again every five minutes, so that a rotation needs no deployment."""

    def __init__(self, client: Any, arn: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client, self._arn, self._monotonic = client, arn, monotonic
        self._known: tuple[float, PartnerSecret] | None = None

    def get(self) -> PartnerSecret:
        if self._known is None or self._known[0] < self._monotonic():
            stored = json.loads(self._client.get_secret_value(SecretId=self._arn)["SecretString"])
            each_secret = (base64.b64decode(each.removeprefix("whsec_")) for each in stored.get("webhook_secrets", []))
            secrets = tuple(secret for secret in each_secret if len(secret) >= SHORTEST_SECRET)
            self._known = self._monotonic() + REMEMBERED_SECONDS, PartnerSecret(secrets, stored.get("api_key", ""))
        return self._known[1]
