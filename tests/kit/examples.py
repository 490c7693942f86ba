"""How many examples a property is tried with: the same ones each time, and few of them in `make quick`."""

import os
from typing import Any

from hypothesis import settings

SHARE = 6 if os.environ.get("QUICK") == "1" else 1
FEWEST = 8


def examples(most: int, **more: Any) -> settings:
    """Return the settings of a property that is tried with `most` examples, which `make quick` divides by six."""
    told = {"deadline": None, "derandomize": True} | more
    return settings(max_examples=max(most // SHARE, min(most, FEWEST)), **told)
