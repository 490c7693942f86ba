"""The contract of every ledger of the registry: the real one, and the one in memory that the unit tests use."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.idempotency import KEPT
from motcua.adapters.dynamodb.item import MOST_BYTES, fields, item, size
from motcua.adapters.dynamodb.stamps import stamped
from motcua.adapters.registry.ledger import DynamoLedger
from motcua.adapters.registry.rows import row_of
from motcua.domain.deadline.working_calendar import CalendarYear
from motcua.domain.errors import ConflictError, InvalidError, RefusedError
from motcua.domain.jobs.job import Job, JobKind
from motcua.domain.registry.carrier import Carrier
from motcua.domain.registry.entry import Amendment, Entry, EntryKind, new_entry
from motcua.domain.reports.opening_figure import Document, OpeningFigure
from motcua.domain.rules.rule import Rule, Scope
from motcua.domain.rules.values import Closure, Target
from motcua.ports.ledger import LAST_VERSION, Amendments, Guard, Ledger
from motcua.ports.refusals import AlreadyDoneError, StoreBusyError, VersionMovedError
from motcua.usecases.registry_command import RegistryCommand
from motcua.usecases.rules.enter_rule import enter_rule
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import at_once
from tests.kit.fakes import CONTROLLER, REAL_NOW, key, stamp
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.rule_samples import sample
from tests.kit.shipped import UNITS

TARGET = sample("target", Target(Fraction(1, 2)))
RULE = new_entry(EntryKind.RULE, TARGET.id, TARGET)
UNIT = new_entry(EntryKind.UNIT, "skhdt", UNITS["skhdt"])
GUARD = "rules#target"


def real(cloud: Cloud) -> DynamoLedger:
    return DynamoLedger(cloud.client, cloud.registry, cloud.dossier, REAL_NOW.timestamp)


@pytest.fixture(params=["memory", pytest.param("dynamodb", marks=pytest.mark.engine)])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Return an empty ledger."""
    return MemoryLedger() if request.param == "memory" else real(request.getfixturevalue("cloud"))


def change(*entries: Entry[Any], why: str = "Nhập theo văn bản mẫu", **more: Any) -> Amendments:
    return Amendments(entries, stamp(), why, **more)


def ended(entry: Entry[Any], last: date = date(2020, 12, 31)) -> Entry[Any]:
    """Return the rule's next version, which ends."""
    return entry.next(replace(entry.thing, last=last))


def test_an_empty_book_knows_nothing(ledger: Ledger) -> None:
    assert ledger.entry(EntryKind.RULE, TARGET.id) is None
    assert list(ledger.entries(EntryKind.RULE)) == []
    assert ledger.history(EntryKind.RULE, TARGET.id).amendments == ()
    assert ledger.guard(GUARD) == Guard(GUARD, 0)
    assert ledger.done_before(key()) is None


def test_what_was_entered_is_read_as_it_was_with_who_when_and_why(ledger: Ledger) -> None:
    ledger.amend(change(RULE))
    assert ledger.entry(EntryKind.RULE, TARGET.id) == RULE
    assert list(ledger.history(EntryKind.RULE, TARGET.id).amendments) == [
        Amendment(RULE, stamp(), "Nhập theo văn bản mẫu")
    ]


def test_history_keeps_every_version_whole_newest_first(ledger: Ledger) -> None:
    known = RULE
    ledger.amend(change(known, why="lần 1"))
    for count in range(2, 13):
        known = ended(known, date(2020, 4, 1) + timedelta(days=count))
        ledger.amend(change(known, why=f"lần {count}"))
    page = ledger.history(EntryKind.RULE, TARGET.id)
    history = page.amendments
    assert [(told.entry.version, told.why) for told in history] == [
        (count, f"lần {count}") for count in range(12, 0, -1)
    ]
    assert history[-1].entry == RULE
    assert history[0].entry == known == ledger.entry(EntryKind.RULE, TARGET.id)
    assert not page.more


@pytest.mark.parametrize(("up_to", "limit", "versions", "more"), [
    (5, 2, [5, 4], True), (3, 3, [3, 2, 1], False), (2, 3, [2, 1], False), (9, 1, [5], True), (0, 2, [], False),
])  # fmt: skip
def test_history_is_read_page_by_page(ledger: Ledger, up_to: int, limit: int, versions: list[int], more: bool) -> None:
    known = RULE
    ledger.amend(change(known))
    for count in range(2, 6):
        known = ended(known, date(2020, 4, 1) + timedelta(days=count))
        ledger.amend(change(known))
    page = ledger.history(EntryKind.RULE, TARGET.id, up_to, limit)
    assert ([told.entry.version for told in page.amendments], page.more) == (versions, more)


@pytest.mark.engine
def test_an_entry_may_be_as_large_as_the_store_holds_and_no_larger(cloud: Cloud) -> None:
    """The limit is exact to the byte: the store takes what we let through, and would refuse what we refuse."""
    known = real(cloud)

    def of(length: int) -> Entry[Any]:
        return replace(UNIT, thing=replace(UNIT.thing, evidence="ă" * (length // 2) + "x" * (length % 2)))

    def told(length: int) -> dict[str, Any]:
        content = row_of(of(length)) | {**stamped(stamp()), "why": "Nhập theo văn bản mẫu"}
        return keys.amendment(UNIT.kind, UNIT.id, 1) | item(content)

    most = MOST_BYTES - size(told(100)) + 100
    assert size(told(most)) == MOST_BYTES
    with pytest.raises(cloud.client.exceptions.ClientError, match="size"):
        cloud.client.put_item(TableName=cloud.registry, Item=told(most + 1))
    with pytest.raises(InvalidError) as error:
        known.amend(change(of(most + 1)))
    assert (error.value.code, error.value.faults[0].params["limit"]) == ("entry_too_large", "400")
    assert known.entry(UNIT.kind, UNIT.id) is None
    known.amend(change(of(most)))
    assert known.entry(UNIT.kind, UNIT.id) == of(most)


@pytest.mark.engine
def test_a_page_of_long_versions_is_a_short_page(cloud: Cloud) -> None:
    """A Query reads 1 MB. A larger page could exceed what the gateway passes on."""
    known, versions = real(cloud), list[int]()
    for number in range(1, 6):
        entry = replace(UNIT, version=number, thing=replace(UNIT.thing, evidence=str(number) * 390_000))
        known.amend(change(entry))
    up_to, more = LAST_VERSION, True
    while more:
        page = known.history(UNIT.kind, UNIT.id, up_to, 100)
        assert 0 < len(page.amendments) <= 3
        versions += [told.entry.version for told in page.amendments]
        up_to, more = versions[-1] - 1, page.more
    assert versions == [5, 4, 3, 2, 1]


def test_entries_of_one_kind_come_by_id_and_none_of_another(ledger: Ledger) -> None:
    """Rules, calendars and carriers share the table."""
    others = (
        new_entry(EntryKind.CALENDAR, "2020", CalendarYear(2020, ())),
        new_entry(EntryKind.CARRIER, "vnpost", Carrier("vnpost", "Bưu điện")),
        UNIT,
    )
    rules = [new_entry(EntryKind.RULE, name, replace(TARGET, id=name)) for name in ("b-2", "a-1", "b-1")]
    ledger.amend(change(*rules, *others))
    assert [entry.id for entry in ledger.entries(EntryKind.RULE)] == ["a-1", "b-1", "b-2"]
    assert [entry.id for entry in ledger.entries(EntryKind.RULE, "b-")] == ["b-1", "b-2"]
    assert list(ledger.entries(EntryKind.RULE, "c")) == []
    for other in others:
        assert list(ledger.entries(other.kind)) == [other]


def test_entries_of_one_year_are_found_by_how_their_ids_begin(ledger: Ledger) -> None:
    document = Document("15/BC (mẫu)", "Báo cáo mẫu")
    figures = [
        OpeningFigure(agency, year, date(year, 1, 1), date(year, 4, 22), 9, 3, document, "Văn phòng (mẫu)")
        for year in (2020, 2021)
        for agency in ("skhdt", "stp")
    ]
    ledger.amend(change(*(new_entry(EntryKind.OPENING_FIGURE, figure.id, figure) for figure in figures)))
    found = ledger.entries(EntryKind.OPENING_FIGURE, "2021#")
    assert [entry.thing for entry in found] == figures[2:]


def test_of_two_changes_of_one_version_the_second_is_refused_whole(ledger: Ledger) -> None:
    ledger.amend(change(RULE))
    ledger.amend(change(ended(RULE)))
    once = key("never-done")
    with pytest.raises(VersionMovedError):
        ledger.amend(change(UNIT, ended(RULE, date(2021, 6, 30)), idempotency=once, guard=Guard(GUARD, 0)))
    assert ledger.entry(EntryKind.RULE, TARGET.id) == ended(RULE)
    assert len(ledger.history(EntryKind.RULE, TARGET.id).amendments) == 2
    assert ledger.entry(EntryKind.UNIT, "skhdt") is None
    assert ledger.history(EntryKind.UNIT, "skhdt").amendments == ()
    assert ledger.guard(GUARD).version == 0
    assert ledger.done_before(once) is None


def test_what_exists_is_not_entered_again(ledger: Ledger) -> None:
    ledger.amend(change(RULE))
    with pytest.raises(VersionMovedError):
        ledger.amend(change(new_entry(EntryKind.RULE, TARGET.id, replace(TARGET, last=TARGET.first))))
    assert ledger.entry(EntryKind.RULE, TARGET.id) == RULE


def test_what_is_not_there_has_no_next_version(ledger: Ledger) -> None:
    with pytest.raises(VersionMovedError):
        ledger.amend(change(ended(RULE)))
    assert ledger.entry(EntryKind.RULE, TARGET.id) is None


def test_a_guard_lets_one_of_two_pass_though_they_share_no_entry(ledger: Ledger) -> None:
    seen = ledger.guard(GUARD)
    other = new_entry(EntryKind.RULE, "other", replace(TARGET, id="other"))
    ledger.amend(change(RULE, guard=seen))
    with pytest.raises(VersionMovedError):
        ledger.amend(change(other, guard=seen))
    assert ledger.entry(EntryKind.RULE, "other") is None
    assert ledger.guard(GUARD).version == 1
    assert ledger.guard("rules#closure").version == 0
    ledger.amend(change(other, guard=ledger.guard(GUARD)))
    assert ledger.guard(GUARD).version == 2


def test_a_retried_request_is_told_what_was_done_under_its_key_before_anything_else_is_wrong(ledger: Ledger) -> None:
    once = key("one-scope", "first")
    ledger.amend(change(RULE, UNIT, idempotency=once, guard=Guard(GUARD, 0)))
    with pytest.raises(AlreadyDoneError) as before:
        ledger.amend(change(RULE, idempotency=key("one-scope", "second"), guard=Guard(GUARD, 0)))
    done = (before.value.subject, before.value.version, before.value.body_digest)
    assert done == (f"rule#{TARGET.id}", 1, once.body_digest), "the first entry is what the command is about"
    found = ledger.done_before(once)
    assert found is not None
    assert (found.subject, found.version, found.body_digest) == done


@pytest.mark.engine
def test_past_its_expiry_a_key_counts_as_unused(cloud: Cloud) -> None:
    once, much_later = key("kept-a-week"), REAL_NOW + KEPT + timedelta(seconds=1)
    real(cloud).amend(change(RULE, idempotency=once))
    later = DynamoLedger(cloud.client, cloud.registry, cloud.dossier, much_later.timestamp)
    assert real(cloud).done_before(once) is not None
    assert later.done_before(once) is None
    later.amend(replace(change(ended(RULE), idempotency=once), stamp=replace(stamp(), recorded_at=much_later)))
    found = later.done_before(once)
    assert found is not None
    assert found.version == 2


JOB = Job("0000000000000001", JobKind.CALENDAR_CHANGE, "2020-a", stamp())


@pytest.mark.engine
@pytest.mark.parametrize(("kind", "delay"), [(JobKind.CALENDAR_CHANGE, 60), (JobKind.CALENDAR_PREVIEW, None)])
def test_a_job_begins_with_its_change_when_everybody_can_see_that(
    cloud: Cloud, kind: JobKind, delay: int | None
) -> None:
    """The message of its first chunk is pending.

    A preview has no delay, since it changes nothing that a process remembers.
    """
    real(cloud).amend(change(RULE, job=replace(JOB, kind=kind)))
    (job,) = cloud.items(cloud.dossier, kind="job")
    assert (job["PK"]["S"], job["about"]["S"]) == ("JOB#0000000000000001", "2020-a")
    (owed,) = map(fields, cloud.items(cloud.dossier, kind="outbox"))
    assert (owed["queue"], owed.get("delay")) == ("jobs", delay)
    assert owed["id"].startswith("job:0000000000000001:walk:1:")


@pytest.mark.engine
def test_a_change_that_is_refused_begins_no_job(cloud: Cloud) -> None:
    with pytest.raises(VersionMovedError):
        real(cloud).amend(change(ended(RULE), job=JOB))
    assert cloud.items(cloud.dossier) == []


def test_the_book_in_memory_keeps_the_jobs_for_the_test() -> None:
    ledger = MemoryLedger()
    ledger.amend(change(RULE, job=JOB))
    with pytest.raises(VersionMovedError):
        ledger.amend(change(RULE, job=replace(JOB, id="0000000000000002")))
    assert ledger.jobs == [JOB]


def _closure(place: int) -> Rule[Any]:
    return sample("closure", Closure(), f"closure-{place}", scope=Scope(acts=frozenset({"reception"})))


@pytest.mark.engine
def test_of_ten_controllers_at_once_who_close_the_same_counters_one_does(cloud: Cloud) -> None:
    ledger = real(cloud)

    def enter(place: int) -> str:
        command = RegistryCommand(CONTROLLER, stamp(), "Mười người cùng nhập", key())
        return enter_rule(command, _closure(place), "", ledger).entry.id

    outcomes = at_once(10, enter)
    (entered,) = [each for each in outcomes if isinstance(each, str)]
    others = [each for each in outcomes if isinstance(each, Exception)]
    assert all(isinstance(each, ConflictError | RefusedError | StoreBusyError) for each in others), others
    assert [entry.id for entry in ledger.entries(EntryKind.RULE)] == [entered]
    assert ledger.guard("rules#closure").version == 1


@pytest.mark.engine
@pytest.mark.parametrize("count", [40, 48])
def test_as_many_entries_as_a_transaction_takes_are_one_change(cloud: Cloud, count: int) -> None:
    many = [
        new_entry(EntryKind.RULE, f"rule-{place:02d}", replace(TARGET, id=f"rule-{place:02d}"))
        for place in range(count)
    ]
    real(cloud).amend(change(*many, idempotency=key(), guard=Guard(GUARD, 0), job=JOB))
    assert list(real(cloud).entries(EntryKind.RULE)) == many
