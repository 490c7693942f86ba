"""Facts and their counters change together, once for each event, even if it comes often or several times at once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.adapters.outbox.items import outbox_id, owed_item
from motcua.adapters.reports.figures import DynamoFigures, DynamoReports
from motcua.domain.event import Queue
from motcua.domain.reports.figure import Fact, FactKind
from motcua.ports.refusals import AlreadySettledError, FactNotCountedError
from motcua.ports.reports import ReportVersion
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import at_once, errors
from tests.kit.fakes import REAL_NOW

pytestmark = pytest.mark.engine

MARCH, APRIL, MAY = date(2020, 3, 31), date(2020, 4, 23), date(2020, 5, 1)


def fact(event_id: str, day: date = APRIL, kind: FactKind = FactKind.RETURNED, **more: Any) -> Fact:
    return replace(Fact(kind, "skhdt", day, "2.001610", "counter", "post", "0" * 16, event_id), **more)


def owe(cloud: Cloud, event_id: str) -> str:
    """Put the message that has this event counted into the outbox, and return its id."""
    owed_id = outbox_id(event_id, Queue.FIGURES)
    key, content = owed_item(owed_id, Queue.FIGURES, "{}", REAL_NOW)
    cloud.client.put_item(TableName=cloud.dossier, Item=key | content)
    return owed_id


def figures(cloud: Cloud) -> DynamoFigures:
    return DynamoFigures(cloud.client, cloud.figure, cloud.dossier)


def count(cloud: Cloud, kind: FactKind = FactKind.RETURNED, first: date = APRIL, last: date = APRIL) -> int:
    return sum(figures(cloud).by_day("skhdt", kind, first, last).values())


def record(cloud: Cloud, *facts: Fact) -> None:
    figures(cloud).record(facts, owe(cloud, facts[0].event_id))


def test_twenty_copies_of_one_message_at_once_count_once(cloud: Cloud) -> None:
    owed = owe(cloud, "e.5")
    both = (fact("e.5"), fact("e.5", kind=FactKind.DELIVERED_BY_POST))
    outcomes = at_once(20, lambda _: figures(cloud).record(both, owed))
    assert errors(outcomes) == ["AlreadySettledError"] * 19
    for kind in (FactKind.RETURNED, FactKind.DELIVERED_BY_POST):
        assert count(cloud, kind) == 1
        assert len(figures(cloud).facts("skhdt", kind, (APRIL, APRIL), "", 100)[0]) == 1
    assert not cloud.items(cloud.dossier)


def test_twenty_events_of_one_day_at_once_count_twenty(cloud: Cloud) -> None:
    owed = [owe(cloud, f"e{place}.5") for place in range(20)]
    outcomes = at_once(20, lambda place: figures(cloud).record([fact(f"e{place}.5")], owed[place]))
    assert not errors(outcomes), outcomes
    assert count(cloud) == 20


def test_an_event_that_was_counted_is_not_counted_again_even_when_its_message_is_pending_again(cloud: Cloud) -> None:
    record(cloud, fact("e.5"))
    with pytest.raises(AlreadySettledError):
        record(cloud, fact("e.5"))
    assert count(cloud) == 1


def test_a_span_of_days_holds_its_first_and_last_and_nothing_beyond(cloud: Cloud) -> None:
    for place, day in enumerate((MARCH, APRIL, APRIL, date(2020, 4, 1), date(2020, 4, 30), MAY)):
        record(cloud, fact(f"e{place}.5", day))
    record(cloud, fact("other.5", agency_id="stp"))
    first, last = date(2020, 4, 1), date(2020, 4, 30)
    by_day = figures(cloud).by_day("skhdt", FactKind.RETURNED, first, last)
    assert {day: counted for day, counted in by_day.items() if counted} == {first: 1, APRIL: 2, last: 1}
    assert count(cloud, first=date(2020, 1, 1), last=last) == 5
    assert count(cloud, FactKind.BECAME_READY, first, last) == 0
    assert [found.day for found in figures(cloud).facts("skhdt", FactKind.RETURNED, (first, last), "", 100)[0]] == [
        *(first, APRIL, APRIL, last)
    ]


def test_a_fact_is_read_again_as_it_was(cloud: Cloud) -> None:
    written = fact("e.5", why="delivered_to_address", channel_in="online")
    record(cloud, written)
    assert figures(cloud).facts("skhdt", FactKind.RETURNED, (APRIL, APRIL), "", 100) == ([written], "")


def reversal(event_id: str, of: str, **more: Any) -> Fact:
    return fact(event_id, reverses=of, **more)


def test_a_reversal_takes_one_from_the_count_and_both_stay_to_be_seen(cloud: Cloud) -> None:
    record(cloud, fact("e.5"))
    record(cloud, fact("f.5"))
    record(cloud, reversal("e.6", "e.5"))
    assert count(cloud) == 1
    seen, _ = figures(cloud).facts("skhdt", FactKind.RETURNED, (APRIL, APRIL), "", 100)
    assert seen == [fact("e.5", reversed_by="e.6"), reversal("e.6", "e.5"), fact("f.5")]
    assert sum(each.counts for each in seen) == 1


def test_what_was_returned_again_after_a_reversal_counts_once(cloud: Cloud) -> None:
    for each in (fact("e.5"), reversal("e.6", "e.5"), fact("e.7", MAY)):
        record(cloud, each)
    assert figures(cloud).by_day("skhdt", FactKind.RETURNED, APRIL, MAY) == {MAY: 1}


def test_a_reversal_that_overtakes_its_fact_waits_for_it(cloud: Cloud) -> None:
    owed = owe(cloud, "e.6")
    with pytest.raises(FactNotCountedError):
        figures(cloud).record([reversal("e.6", "e.5")], owed)
    assert count(cloud) == 0
    assert not figures(cloud).facts("skhdt", FactKind.RETURNED, (APRIL, APRIL), "", 100)[0]
    record(cloud, fact("e.5"))
    figures(cloud).record([reversal("e.6", "e.5")], owed)
    assert count(cloud) == 0
    assert not cloud.items(cloud.dossier)


def test_twenty_copies_of_a_reversal_at_once_take_one_back(cloud: Cloud) -> None:
    for event_id in ("e.5", "f.5"):
        record(cloud, fact(event_id))
    owed = owe(cloud, "e.6")
    outcomes = at_once(20, lambda _: figures(cloud).record([reversal("e.6", "e.5")], owed))
    assert errors(outcomes) == ["AlreadySettledError"] * 19
    assert count(cloud) == 1


def test_a_reversal_is_not_counted_again_even_when_its_message_is_pending_again_nor_is_a_fact_reversed_twice(
    cloud: Cloud,
) -> None:
    record(cloud, fact("e.5"))
    record(cloud, reversal("e.6", "e.5"))
    with pytest.raises(AlreadySettledError):
        record(cloud, reversal("e.6", "e.5"))
    with pytest.raises(FactNotCountedError):
        record(cloud, reversal("e.9", "e.5"))
    assert count(cloud) == 0


def report(version: int, content: str = "{}") -> ReportVersion:
    return ReportVersion("2020-04", version, "closed", f"digest of {content}", REAL_NOW, content)


def test_of_ten_closings_at_once_one_publishes(cloud: Cloud) -> None:
    reports = DynamoReports(cloud.client, cloud.figure)
    outcomes = at_once(10, lambda place: reports.publish(report(1, f"of {place}")))
    assert errors(outcomes) == ["VersionMovedError"] * 9
    latest = reports.latest("2020-04")
    assert latest is not None
    assert outcomes[int(latest.content.removeprefix("of "))] is None, (
        "the one that was not refused is the one that stands"
    )


def test_the_latest_version_is_the_tenth_and_each_can_be_read(cloud: Cloud) -> None:
    reports = DynamoReports(cloud.client, cloud.figure)
    assert (reports.latest("2020-04"), reports.version("2020-04", 1)) == (None, None)
    for version in range(1, 11):
        reports.publish(report(version))
    assert reports.latest("2020-04") == report(10)
    assert reports.version("2020-04", 2) == report(2)
    assert reports.latest("2020-05") is None
