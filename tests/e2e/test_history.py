"""The audit trail and former versions as the gateway serves them: ids with a `#` and all that the seed has entered."""

from urllib.parse import quote

import pytest

from motcua.domain.registry.entry import EntryKind
from tests.e2e.system import System
from tests.kit.shipped import things

pytestmark = pytest.mark.engine


def test_every_shipped_entry_has_a_history_also_under_the_longest_id(system: System) -> None:
    longest = max(things(EntryKind.REVIEW), key=len)
    answer = system.call("GET", f"/registry/review/{quote(longest, safe='')}/history", who="clerk@mc-tinh")
    assert answer.is_success, answer.text
    assert (answer.json()["id"], [each["version"] for each in answer.json()["versions"]]) == (longest, [1])


def test_the_calendar_of_a_version_is_read_by_anybody(system: System) -> None:
    first = system.call("GET", "/calendars/2020?version=1")
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert system.call("GET", "/calendars/2020?version=99").status_code == 404
