"""Keys under which persons are indexed: an HMAC under a secret of its own, so that no key of an item says who it is about."""

import base64
import hmac
import json
from typing import Any

from motcua.adapters.dynamodb.stamps import utc
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.search.person_keys import PersonKey

SHORTEST_SECRET = 32
"""Characters. Phone ends and names are few: under a secret that can be guessed, all of them can."""


class SearchKeys:
    """Reads its secret once a process, when the first person is written or looked for: it never changes.

    Another secret would find nobody who was indexed before.
    """

    def __init__(self, client: Any, arn: str) -> None:
        self._client, self._arn = client, arn
        self._secret = b""

    def partition(self, unit_id: str, key: PersonKey) -> str:
        """The partition of a unit's dossiers under a key. Units have different ones: equal keys tell nothing across them."""
        said = f"{unit_id}\n{key.kind.value}\n{key.value}".encode()
        digest = hmac.digest(self._get(), said, "sha256")
        return f"SEARCH#{unit_id}#{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"

    def _get(self) -> bytes:
        if not self._secret:
            secret = str(json.loads(self._client.get_secret_value(SecretId=self._arn)["SecretString"])["key"])
            if len(secret) < SHORTEST_SECRET:
                raise ValueError("the secret of the search keys is too short")
            self._secret = secret.encode()
        return self._secret


def place_of(dossier: Dossier) -> str:
    """Where a dossier stands under each of its keys: by when it was opened, which never changes, so that it stands once."""
    opened = dossier.submitted_at or dossier.registered_at or dossier.changed_at
    return f"{utc(opened)}#{dossier.id}"
