"""The demo in small: twelve dossiers by every channel in and out, April closed, and the demo's own self-check."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from infra.demo import actors
from infra.demo.check import verdicts
from infra.demo.closing import close_months
from infra.demo.office import CONTROLLER, Office
from infra.demo.plan import Case
from infra.demo.simulation import Simulation
from motcua.adapters.dynamodb.item import fields
from motcua.adapters.dynamodb.keys import parcel as parcel_key
from motcua.domain.local_time import LOCAL
from tests.e2e.system import System

pytestmark = pytest.mark.engine

THURSDAY, FRIDAY = datetime(2020, 4, 23, tzinfo=LOCAL), datetime(2020, 4, 24, tzinfo=LOCAL)
ENDS = [
    THURSDAY + timedelta(hours=18),
    FRIDAY + timedelta(hours=18),
    datetime(2020, 4, 29, 18, tzinfo=LOCAL),
    datetime(2020, 5, 8, 18, tzinfo=LOCAL),
]
"""By the third, all parcels have reached their addresses. The last is after the close and the slowest way back."""

STORIES = {0: "at_address", 1: "post_office", 2: "returned", 3: "at_address", 4: "at_address"}
LATE, REFUSED = 5, 11
CHANNELS = ["counter", "post", "online"]


def case(index: int, agency: actors.Agency) -> Case:
    """Return case `index`: 0–4 go out by post, 5 chooses post late, 6–10 are handed over, 11 is refused at intake."""
    online = index in (3, 4, 8, 9, 10, REFUSED)
    return Case(
        index=index,
        agency=agency,
        procedure=next(service.code for service in agency.procedures if service.by_post),
        channel_in="online" if online else CHANNELS[index % 2],
        channel_out="post" if index in STORIES else CHANNELS[::2][index % 2],
        arrives_at=THURSDAY + timedelta(hours=8, minutes=index),
        accept_at=THURSDAY + timedelta(hours=10) if online else None,
        refused=index == REFUSED,
        chooses_post_late=index == LATE,
        take_over_at=THURSDAY + timedelta(hours=14),
        resolve_at=FRIDAY + timedelta(hours=9),
        fetch_after=timedelta(hours=3),
    )


class Told:
    """The finished simulation: its cases, the report of April, and the tables afterwards."""

    def __init__(self, system: System) -> None:
        agencies = {agency.id: agency for agency in actors.agencies(everybody=False)}
        playing = [agencies[name] for name in ("stp", "h288", "x10507")]
        self.cases = [case(index, playing[index % 3 if index > LATE else 0]) for index in range(12)]
        self.office = Office(system.stack, playing)
        self.simulation = Simulation(system.stack, self.office, system.partner, self.cases)
        list(self.office.sign_in())
        self.simulation.half_day(ENDS[0])
        stories = {f"{self.cases[index].id}-1": story for index, story in STORIES.items()}
        system.partner.set_faults(stories=stories | {"*": "at_address"})
        self.closings: list[str] = []
        for since, until in pairwise(ENDS):
            self.simulation.half_day(until)
            self.closings += close_months(system.stack, since, until)
        system.partner.set_faults()
        system.received |= self.simulation.received
        self.report = self.office.get(CONTROLLER, "/reports/targets/2020-04")


@pytest.fixture(scope="module")
def told(system: System) -> Iterator[Told]:
    story = Told(system)
    yield story
    story.office.close()


def test_the_self_check_of_the_demo_holds(system: System, told: Told) -> None:
    told.simulation.received |= system.received  # other tests' dossiers are in the same tables
    broken = [check for check in verdicts(system.stack, told.simulation, {"2020-04": told.report}) if not check.holds]
    assert not broken


def test_april_was_closed_in_its_time_and_says_who_reached_the_target(told: Told) -> None:
    assert [line.partition(": ")[2].partition(" ")[0] for line in told.closings] == [
        *("published", "not_due", "published", "unchanged")
    ]
    assert told.report["status"] == "closed"
    lines = {line["agency_id"]: line for line in told.report["lines"]}
    assert (lines["stp"]["month"]["delivered_by_post"], lines["stp"]["reached"]) == (4, True)
    city = lines["h288"]
    assert (city["month"]["returned"], city["month"]["delivered_by_post"]) == (2, 0)
    assert (city["reached"], city["missing"]) == (False, 1)
    assert lines["skhdt"]["reached"] is None, "no results due"


def test_each_parcel_had_its_own_end(system: System, told: Told) -> None:
    ends = {index: end_of(system, told.cases[index]) for index in STORIES}
    assert ends == {
        0: ("delivered", "post"),
        1: ("delivered", "post"),
        2: ("returned", "counter"),
        3: ("delivered", "post"),
        4: ("delivered", "post"),
    }
    assert end_of(system, told.cases[LATE]) == ("delivered", "post"), "chosen when the result was there already"


def end_of(system: System, of: Case) -> tuple[str, str]:
    state = system.console.state(of.id)
    assert state["status"] == 10
    return fields(system.console.item(parcel_key(f"{of.id}-1")))["state"], state["channel_out"]


def test_a_citizen_follows_the_dossier_with_two_numbers_and_sees_nothing_personal(system: System, told: Told) -> None:
    citizen, number = actors.citizen(0), system.console.state(told.cases[0].id)["number"]
    seen: dict[str, Any] = told.office.track(number, citizen["number"])
    assert seen["status"]["code"] == 10
    assert not any(value in str(seen) for name, value in citizen.items() if name != "kind")
    other = system.call("POST", "/tracking", {"number": number, "identity_number": actors.citizen(1)["number"]})
    assert other.status_code == 404


def test_the_refused_submission_has_no_number_and_its_reason(system: System, told: Told) -> None:
    state = system.console.state(told.cases[REFUSED].id)
    assert (state["status"], state.get("number")) == (3, None)
    refused = told.cases[REFUSED]
    read = system.call("GET", f"/dossiers/{refused.id}", who=f"clerk@{refused.agency.one_stop_id}")
    assert "Thiếu bản chính" in read.json()["reason"]
