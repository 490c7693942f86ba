"""Alarms on what the functions count about themselves: the names in the template are names that the code counts."""

import re
from pathlib import Path

import pytest

from tests.kit.template import resources

FUNCTIONS = Path(__file__).parents[3] / "functions"
WATCHED = {
    alarm["Properties"]["MetricName"]
    for alarm in resources("AWS::CloudWatch::Alarm").values()
    if alarm["Properties"]["Namespace"] == "Motcua"
}


def _counted() -> set[str]:
    source = "\n".join(path.read_text(encoding="utf-8") for path in FUNCTIONS.rglob("*.py"))
    names = set(re.findall(r'\bcount\(\s*"([a-z_]+)"', source))
    return names | {"parcel_cancelled", "close_deferred", "close_differs"}  # made of an outcome's own name


@pytest.mark.parametrize("metric", sorted(WATCHED))
def test_an_alarm_watches_something_that_is_counted(metric: str) -> None:
    assert metric in _counted()


@pytest.mark.parametrize("metric", ["received", "routed", "delivered", "failed"])
def test_the_four_figures_of_operation_are_counted(metric: str) -> None:
    assert metric in _counted()


def test_what_a_person_must_look_at_raises_an_alarm() -> None:
    assert {
        "failed",
        "quarantined",
        "parcel_cancelled",
        "close_deferred",
        "close_differs",
        "sent_again",
        "stuck",
        "busy",
        "tasks",
        "unclear",
        "cut_short",
    } == WATCHED
