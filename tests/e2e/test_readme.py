"""The README's example runs unchanged against the running system."""

import re
from pathlib import Path
from typing import Any

from tests.e2e.system import CLERK, System

README = Path(__file__).parents[2] / "README.md"


def test_the_example_of_the_readme_receives_a_dossier(system: System) -> None:
    [example] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    scope: dict[str, Any] = {}
    exec(compile(example, "README.md", "exec"), scope)  # noqa: S102 - our own text
    dossier = scope["receive"](system.stack.api_url, system.token(CLERK))
    system.received.add(dossier["id"])
    assert dossier["status"]["code"] == 2
    assert re.fullmatch(r"000\.00\.03\.H23-[0-9]{6}-[0-9]{4}", dossier["number"])
    assert scope["receive"](system.stack.api_url, system.token(CLERK)) == dossier  # the same key: nothing twice
