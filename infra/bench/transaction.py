"""The product's own TransactWriteItems, recorded once, for the bare side to write again and again under fresh keys."""

import json
from typing import Any

FRESH = "{fresh}"


def template_of(actions: list[dict[str, Any]]) -> str:
    """The recorded actions as JSON in which every partition key ends in FRESH; all else stays as the product wrote it.

    Raise ValueError for an action that is no Put: it would need an item that is not there under a fresh key.
    """
    written = json.loads(json.dumps(actions))
    for action in written:
        ((kind, content),) = action.items()
        if kind != "Put":
            raise ValueError(f"{kind} cannot be written again under a fresh key")
        content["Item"]["PK"]["S"] += f"#{FRESH}"
    return json.dumps(written, ensure_ascii=False)


def fresh(template: str, name: str) -> str:
    """The transaction under keys that end in `name`."""
    return template.replace(FRESH, name)
