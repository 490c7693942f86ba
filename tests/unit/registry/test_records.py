"""A stored record is read back as the same record, for every kind of entry, also by a later release."""

from dataclasses import dataclass, is_dataclass, replace
from datetime import UTC, date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.records import plain, record
from motcua.adapters.jobs.items import job_item, job_of, result_item, result_of
from motcua.adapters.registry.rows import entry_of, row_of, thing_type
from motcua.domain.jobs.bulk import Bulk
from motcua.domain.jobs.job import Job, JobResult, Traversal
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import TimeLimit
from motcua.domain.registry.unit import UnitKind
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.rule import Scope
from motcua.domain.rules.values import Closing, WorkingHours
from tests.kit.examples import examples
from tests.kit.fakes import MORNING, REAL_NOW, stamp
from tests.kit.rule_samples import BASIS, OF_KIND, rules, sample
from tests.kit.shipped import ENTRIES

st.register_type_strategy(Decimal, st.decimals(0, 10_000, places=2))  # limits of time: no infinity, no NaN

NAMES = st.text(min_size=1, max_size=16)
KINDS_OF_ENTRIES = [kind for kind in EntryKind if kind is not EntryKind.RULE]


def stored(entry: Entry[Any]) -> Entry[Any]:
    """Return the entry as read back from a DynamoDB item."""
    return entry_of(fields(item(row_of(entry))))


@pytest.mark.parametrize("kind", KINDS_OF_ENTRIES)
@examples(40)
@given(data=st.data())
def test_an_entry_of_any_kind_is_read_as_it_was_written(kind: EntryKind, data: st.DataObject) -> None:
    thing = data.draw(st.from_type(thing_type(kind)))
    assert record(type(thing), plain(thing)) == thing
    entry = Entry(kind, "one", 3, thing)
    assert entry_of(row_of(entry)) == entry
    assert stored(entry) == entry


def test_every_kind_of_entry_says_what_it_holds() -> None:
    things = [thing_type(kind) for kind in EntryKind]
    assert all(is_dataclass(each) for each in things)
    assert len(set(things)) == len(EntryKind)
    assert set(OF_KIND) == set(KINDS), "every kind of rule is tried here"


@pytest.mark.parametrize("kind", KINDS)
@examples(25)
@given(data=st.data())
def test_a_rule_of_any_kind_is_read_with_what_it_says(kind: str, data: st.DataObject) -> None:
    rule = data.draw(
        rules((kind,), annulled=data.draw(st.booleans()), also_see=data.draw(st.sampled_from([(), (BASIS,)])))
    )
    read = stored(Entry(EntryKind.RULE, rule.id, 1, rule))
    assert read.thing == rule
    assert type(read.thing.value) is KINDS[kind].value


def test_what_ships_is_read_as_it_was_written() -> None:
    for entry in ENTRIES:
        assert stored(entry) == entry


@examples(50)
@given(
    job=st.builds(Job, id=NAMES, about=NAMES, started=st.just(stamp()), bulk=st.none() | st.from_type(Bulk)),
    result=st.from_type(JobResult).map(lambda result: replace(result, at=result.at and result.at.replace(tzinfo=UTC))),
    traversal=st.from_type(Traversal),
)
def test_a_job_its_results_and_its_traversal_are_read_as_they_were_written(
    job: Job, result: JobResult, traversal: Traversal
) -> None:
    assert job_of(job_item(job)) == job
    assert result_of(result_item(result)) == result
    assert record(Traversal, fields(item(plain(traversal)))) == traversal


def test_the_same_record_makes_the_same_row() -> None:
    """Sets have no order; a row has one."""
    kinds = ["commune", "department", "district"]
    rows = [
        plain(sample("closing", None, scope=Scope(unit_kinds=frozenset(map(UnitKind, order)))))["scope"]
        for order in (kinds, reversed(kinds))
    ]
    assert rows == [{"unit_kinds": kinds}] * 2


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Before:
    """A record of the previous release."""

    id: str
    day: date


@dataclass(frozen=True, slots=True)
class After:
    """The same record in this release, with more fields."""

    id: str
    day: date
    note: str
    last: date | None
    tags: tuple[str, ...] = ()
    colours: frozenset[Colour] = frozenset({Colour.RED})
    limit: TimeLimit | None = None
    count: int = 7


def test_a_row_written_before_a_field_existed_reads_with_that_fields_default() -> None:
    row = fields(item(plain(Before("one", date(2020, 4, 23)))))
    assert record(After, row) == After("one", date(2020, 4, 23), "", None)


def test_what_a_later_release_has_added_is_not_read() -> None:
    """After a rollback, rows must still be readable."""
    later = After("one", date(2020, 4, 23), "x", None, ("a",))
    assert record(Before, fields(item(plain(later)))) == Before("one", date(2020, 4, 23))


def test_a_field_that_is_needed_and_missing_is_not_made_up() -> None:
    with pytest.raises(TypeError, match="day"):
        record(Before, {"id": "one"})


def test_a_rule_that_says_only_what_all_say_has_a_short_row() -> None:
    rule = sample("closing", Closing(3, MORNING.time()))
    row = plain(rule)
    assert row["value"] == {"working_day": 3, "at": "08:00:00"}
    assert {"last", "also_see", "annulled"} & set(row) == set()
    assert plain(WorkingHours(((MORNING.time(), REAL_NOW.time()),))) == {"intervals": [["08:00:00", "03:00:00"]]}


@pytest.mark.parametrize("value", [1.5, b"x", object()])
def test_what_has_no_stored_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="is not stored"):
        plain(value)
