"""The month's close through the schedule's function: repeatable, with no message pending, never changed silently."""

from typing import Any

import pytest

from tests.e2e.system import CLERK, System

pytestmark = pytest.mark.engine

CONTROLLER = "controller@tinh"


def close(system: System, period: str, **more: Any) -> tuple[str, int | None]:
    answer = system.console.invoke("close_month", {"mode": "close", "period": period, **more})
    assert answer["period"] == period
    return answer["outcome"], answer["version"]


def ask_on_schedule(system: System, as_of: str) -> tuple[str, str, int | None]:
    """Call the function as EventBridge Scheduler does every hour.

    It finds the month and its closing hour in the data.
    """
    answer = system.console.invoke("close_month", {"mode": "close_when_due", "as_of": as_of})
    return answer["period"], answer["outcome"], answer["version"]


def line_of(system: System, period: str, agency: str = "skhdt") -> dict[str, Any]:
    report = system.call("GET", f"/reports/targets/{period}", who=CONTROLLER).json()
    (line,) = [line for line in report["lines"] if line["agency_id"] == agency]
    return {"status": report["status"], "version": report["version"], **line["month"]}


def test_a_month_is_closed_once_in_its_hour_and_changes_only_with_a_reason(system: System) -> None:
    """18:00 of the third working day: Monday 5 October 2020, after a Thursday and a Friday."""
    system.finish(at="2020-09-10T09:00:00+07:00")
    assert ask_on_schedule(system, "2020-10-05T17:00:00+07:00") == ("2020-09", "not_due", None)
    assert ask_on_schedule(system, "2020-10-05T18:00:00+07:00") == ("2020-09", "published", 1)
    assert ask_on_schedule(system, "2020-10-05T19:00:00+07:00") == ("2020-09", "unchanged", 1)
    system.finish(at="2020-09-11T09:00:00+07:00")
    assert close(system, "2020-09") == ("differs", 1)
    assert line_of(system, "2020-09")["returned"] == 1
    assert close(system, "2020-09", reason="Bổ sung một kết quả (ví dụ)") == ("published", 2)
    found = line_of(system, "2020-09")
    assert (found["status"], found["version"], found["returned"]) == ("restated", 2, 2)


def test_while_a_figure_is_pending_the_month_stays_open(system: System) -> None:
    at = "2020-10-12T09:00:00+07:00"
    ready = system.resolve(at=at)
    with system.console.paused("update_figures"):
        system.act(ready, "return", {"channel": "counter"}, who=CLERK, at=at)
        assert close(system, "2020-10") == ("deferred", None)
    system.console.settle()
    assert close(system, "2020-10") == ("published", 1)
    found = line_of(system, "2020-10")
    assert (found["status"], found["returned"]) == ("closed", 1)
