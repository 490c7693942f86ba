"""Numbers have no gaps or doubles, even when many clerks receive for one agency at the same moment."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.e2e.system import System

pytestmark = pytest.mark.engine

AT_ONCE = 10


def tries(calls: int) -> int:
    """Return how often a warm receive tried: once, perhaps a second time, then with a read before each further try."""
    return calls if calls < 2 else calls // 2 + 1


def receive(system: System, day: str, correlation_id: str) -> tuple[httpx.Response, int]:
    """Receive as a clerk who retries under the same key when told "busy".

    Returns the answer, and how often that happened.
    """
    headers = {"X-Correlation-Id": correlation_id, "Idempotency-Key": str(uuid.uuid4())}
    owner = system.somebody()
    asked_again = 0
    while True:
        answer = system.ask_to_receive(at=f"{day}T08:00:00+07:00", headers=headers, owner=owner)
        if answer.status_code != 503 or asked_again == 5:
            return answer, asked_again
        asked_again += 1
        time.sleep(int(answer.headers["Retry-After"]))


def test_ten_receives_at_once_get_the_numbers_one_to_ten(system: System, tell: Callable[[str], None]) -> None:
    system.token("clerk@mc-tinh")
    for day in ("2020-07-06", "2020-07-07"):  # on the first day the processes start and read the registry
        names = [f"crowd-{day}-{uuid.uuid4().hex[:8]}" for _ in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as clerks:
            answers = list(clerks.map(lambda name, day=day: receive(system, day, name), names))
        assert [answer.status_code for answer, _ in answers] == [201] * AT_ONCE, [answer.text for answer, _ in answers]
        numbers = sorted(answer.json()["number"] for answer, _ in answers)
        assert numbers == [f"000.00.04.H23-{day[2:].replace('-', '')}-{n:04d}" for n in range(1, AT_ONCE + 1)]
    lines = [line for name in names for line in system.console.lines("dossier_api", name)]
    tried = [tries(line["dynamodb_calls"]) for line in lines]
    busy = sum(asked_again for _, asked_again in answers)
    tell(
        f"ten at once: {sum(tried) / AT_ONCE:.1f} tries each on average, {max(tried)} at most, {busy} asked to come again"
    )
    system.console.settle()
