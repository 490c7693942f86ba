"""Keys of the index of persons: an HMAC under a secret of their own, so that no item's key says who it is about."""

import base64
import hmac
import json
from typing import Any

from motcua.adapters.dynamodb.stamps import utc
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.search.person_keys import PersonKey

SHORTEST_SECRET = 32
"""Characters. Ends of phone numbers and names are few: with a secret that can be guessed, all of them can."""


class SearchKeys:
    """Reads its secret once per process, when the first person is written or searched for.

    The secret never changes: another one would find nobody who was indexed before.
    """

    def __init__(self, client: Any, arn: str) -> None:
        self._client, self._arn = client, arn
        self._secret = b""

    def partition(self, unit_id: str, key: PersonKey) -> str:
        """Return the partition of a unit's dossiers under a key.

        Each unit has its own: equal keys reveal nothing across units.
        """
        content = f"{unit_id}\n{key.kind.value}\n{key.value}".encode()
        digest = hmac.digest(self._get(), content, "sha256")
        return f"SEARCH#{unit_id}#{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"

    def _get(self) -> bytes:
        if not self._secret:
            secret = str(json.loads(self._client.get_secret_value(SecretId=self._arn)["SecretString"])["key"])
            if len(secret) < SHORTEST_SECRET:
                raise ValueError("the secret of the search keys is too short")
            self._secret = secret.encode()
        return self._secret


def place_of(dossier: Dossier) -> str:
    """Return a dossier's place under each of its keys: when it was opened.

    That never changes, so that it stands there once.
    """
    opened = dossier.submitted_at or dossier.registered_at or dossier.changed_at
    return f"{utc(opened)}#{dossier.id}"
