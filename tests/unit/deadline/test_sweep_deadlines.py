"""A sweep sends each reminder once, none for a dossier that moved meanwhile, and no dossier delays another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.domain.deadline.working_calendar import WorkingCalendar
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import Opinion, PaperLeg
from motcua.domain.event import EventType
from motcua.domain.local_time import LOCAL
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import Apology, UncollectedReminders
from motcua.domain.status import Status
from motcua.ports.changes import Change
from motcua.ports.refusals import StoreBusyError, VersionMovedError
from motcua.usecases.deadline.sweep_deadlines import Swept, sweep_deadlines
from tests.kit.fakes import REAL_NOW, MemoryDossiers
from tests.kit.memory_next_checks import MemoryWatched
from tests.kit.shipped import CALENDAR, RULES, ShippedRegistry
from tests.unit.reading.test_reminders import DUE, NEAR, RECEIVED, dossier, ready

SECOND = timedelta(seconds=1)


def store(*dossiers: Dossier) -> MemoryDossiers:
    return MemoryDossiers({each.id: each for each in dossiers})


def sweep(
    dossiers: MemoryDossiers,
    at: datetime,
    registry: ShippedRegistry | None = None,
    enough: Callable[[], bool] = lambda: False,
) -> Swept:
    return sweep_deadlines(
        at,
        REAL_NOW,
        registry=registry or ShippedRegistry(),
        dossiers=dossiers,
        watched=MemoryWatched(dossiers),
        enough=enough,
    )


def said(dossiers: MemoryDossiers, at: datetime) -> dict[str, int]:
    swept = sweep(dossiers, at)
    assert (swept.failures, swept.left, swept.unclear, swept.finished) == ([], 0, 0, True)
    return dict(swept.said)


def test_a_due_date_is_near_from_two_working_days_before_it() -> None:
    dossiers = store(dossier())
    assert said(dossiers, NEAR - SECOND) == {}
    assert said(dossiers, NEAR) == {"approaching": 1}
    assert said(dossiers, NEAR + timedelta(hours=1)) == {}
    assert said(dossiers, DUE + SECOND) == {"late": 1}
    assert said(dossiers, DUE + timedelta(days=3)) == {}


def test_a_limit_in_days_is_said_to_be_late_on_the_day_after_however_often_it_is_swept_before() -> None:
    dossiers = store(dossier(due_by_hours=False))
    assert said(dossiers, DUE + SECOND) == {"approaching": 1}, "resolved this evening it is on time"
    assert said(dossiers, DUE + timedelta(hours=15)) == {}
    assert said(dossiers, DUE + timedelta(hours=16)) == {"late": 1}


def test_days_off_before_a_due_date_do_not_shorten_the_warning() -> None:
    """30 April and 1 May 2020 are off, then comes a weekend: two working days before Tuesday 5 May is Wednesday 29 April."""
    due = datetime(2020, 5, 5, 8, 0, tzinfo=LOCAL)
    dossiers = store(dossier(due_at=due))
    assert said(dossiers, datetime(2020, 4, 29, 7, 0, tzinfo=LOCAL)) == {}
    assert said(dossiers, datetime(2020, 4, 29, 8, 0, tzinfo=LOCAL)) == {"approaching": 1}


def test_what_is_said_is_an_event_of_the_moment_that_was_swept() -> None:
    dossiers = store(dossier())
    said(dossiers, NEAR)
    (event,) = dossiers.log
    assert (event.type, event.version) == (EventType.DOSSIER_WARNED, 4)
    assert dict(event.data) == {"warning": "approaching@2020-05-07T01:00:00+00:00", "due": "2020-05-07T08:00:00+07:00"}
    assert (event.stamp.occurred_at, event.stamp.recorded_at) == (NEAR, REAL_NOW)
    assert event.stamp.actor == "system:sweep"
    assert dossiers.states[event.subject] == evolve(dossier(), event)


def test_several_things_of_one_dossier_are_said_in_one_transaction() -> None:
    dossiers = store(dossier(paper=PaperLeg(RECEIVED), opinions=(Opinion("stc", RECEIVED, DUE, by_hours=True),)))
    assert said(dossiers, DUE + SECOND) == {"late": 1, "paper_late": 1, "opinion_late": 1}
    assert dossiers.commits == 1
    assert [event.version for event in dossiers.log] == [4, 5, 6]


def test_who_changed_meanwhile_is_left_to_the_next_sweep() -> None:
    dossiers = store(dossier())
    for first in (VersionMovedError(), StoreBusyError()):
        dossiers.interruptions = [first]
        swept = sweep(dossiers, NEAR)
        assert (dict(swept.said), swept.left, swept.failures) == ({}, 1, [])
    assert said(dossiers, NEAR) == {"approaching": 1}


def test_two_sweeps_at_once_say_nothing_twice() -> None:
    """The second one read before the first one wrote, so its write finds another version."""
    dossiers = store(dossier())
    before = dossiers.states.copy()
    said(dossiers, NEAR)
    stale = MemoryWatched(MemoryDossiers(before))
    swept = sweep_deadlines(NEAR, REAL_NOW, registry=ShippedRegistry(), dossiers=dossiers, watched=stale)
    assert (dict(swept.said), swept.left) == ({}, 1)
    assert len(dossiers.log) == 1


def test_a_sweep_that_dies_is_gone_on_with_by_the_next() -> None:
    class Dying(MemoryDossiers):
        def commit(self, change: Change) -> None:
            if self.commits == 1:
                self.commits += 1
                raise KeyboardInterrupt
            super().commit(change)

    dossiers = Dying({each.id: each for each in (dossier(), dossier(id="X" * 16))})
    with pytest.raises(KeyboardInterrupt):
        sweep(dossiers, NEAR)
    assert said(dossiers, NEAR) == {"approaching": 1}
    assert len({event.subject for event in dossiers.log}) == len(dossiers.log) == 2


def test_a_sweep_whose_time_is_up_says_so_and_the_next_goes_on() -> None:
    dossiers = store(dossier(), dossier(id="X" * 16))
    answers = iter((False, True))
    swept = sweep(dossiers, NEAR, enough=lambda: next(answers))
    assert (dict(swept.said), swept.finished) == ({"approaching": 1}, False)
    assert said(dossiers, NEAR) == {"approaching": 1}


def test_one_dossier_that_fails_holds_up_no_other() -> None:
    class Broken(MemoryDossiers):
        def commit(self, change: Change) -> None:
            if change.dossier and change.dossier.id == "0" * 16:
                raise KeyError("what nobody thought of")
            super().commit(change)

    dossiers = Broken({each.id: each for each in (dossier(id="0" * 16), dossier(id="X" * 16))})
    swept = sweep(dossiers, NEAR)
    assert dict(swept.said) == {"approaching": 1}
    assert [type(failure) for failure in swept.failures] == [KeyError]


def test_one_dossier_that_cannot_be_read_holds_up_no_other() -> None:
    dossiers = store(dossier())

    class Later(MemoryWatched):
        def before(self, what: str, moment: datetime) -> Iterator[Dossier | Exception]:
            yield ValueError("99 is not a valid Status")
            yield from super().before(what, moment)

    swept = sweep_deadlines(NEAR, REAL_NOW, registry=ShippedRegistry(), dossiers=dossiers, watched=Later(dossiers))
    assert dict(swept.said) == {"approaching": 1}
    assert {type(failure) for failure in swept.failures} == {ValueError}


def test_a_sweep_of_a_moment_before_the_dossiers_last_change_says_nothing() -> None:
    dossiers = store(dossier(changed_at=NEAR + SECOND))
    assert said(dossiers, NEAR) == {}


def test_a_year_without_a_calendar_is_told_and_late_is_said_all_the_same() -> None:
    new_year = datetime(2028, 1, 4, 8, 0, tzinfo=LOCAL)
    dossiers = store(dossier(due_at=new_year), dossier(id="X" * 16))
    swept = sweep(dossiers, datetime(2027, 12, 31, 8, 0, tzinfo=LOCAL))
    assert (dict(swept.said), swept.unclear, swept.failures) == ({"late": 1}, 1, [])


def test_without_a_rule_no_date_is_near_and_nobody_is_reminded() -> None:
    kinds = ("apology", "uncollected_reminders")
    registry = ShippedRegistry(rule_book=RuleBook(tuple(rule for rule in RULES.rules if rule.kind not in kinds)))
    dossiers = store(dossier(), ready(id="X" * 16))
    assert dict(sweep(dossiers, DUE, registry).said) == {}
    assert dict(sweep(dossiers, DUE + SECOND, registry).said) == {"late": 1}


def test_results_are_reminded_of_on_their_days_and_no_more() -> None:
    dossiers = store(ready(), ready(id="X" * 16, parcel_open=True))
    mornings = [RECEIVED.replace(hour=7) + timedelta(days=days) for days in range(1, 60)]
    told = [(at.date() - RECEIVED.date()).days for at in mornings if said(dossiers, at)]
    assert told == [5, 15, 30]
    assert [event.data for event in dossiers.log] == [{"ordinal": 1}, {"ordinal": 2}, {"ordinal": 3}]


def test_a_sweep_reads_nobody_of_whom_nothing_may_be_to_be_said() -> None:
    far, reminded = dossier(due_at=DUE + timedelta(days=30)), ready(id="R" * 16, reminders=3)
    late = dossier(id="L" * 16, warned=("late@2020-05-07T01:00:00+00:00",))
    dossiers = store(far, late, reminded, ready(id="F" * 16, ready_at=DUE), dossier(Status.PAUSED, id="P" * 16))
    watched = MemoryWatched(dossiers)
    sweep_deadlines(DUE, REAL_NOW, registry=ShippedRegistry(), dossiers=dossiers, watched=watched)
    assert watched.looked_at == 0


def test_every_due_date_that_is_near_is_looked_at() -> None:
    """On any day, whatever days off follow, no near date lies beyond the horizon."""
    registry = ShippedRegistry()
    warn_from = registry.rules().known(Apology, NEAR.date()).value.warn_from
    for at in (datetime(2020, 1, 18, 12, 0, tzinfo=LOCAL) + timedelta(days=days) for days in range(120)):
        due_day = at.date()
        for _ in range(warn_from):
            due_day = CALENDAR.next_working_day(due_day)
        due = datetime.combine(due_day, at.timetz())
        dossiers = store(dossier(due_at=due, changed_at=at - timedelta(days=20)))
        assert said(dossiers, at) == {"approaching": 1}, at


def test_a_next_year_that_is_not_announced_yet_does_not_blind_a_sweep() -> None:
    calendar = WorkingCalendar(CALENDAR.days, frozenset({2020}), versions={2020: 1})
    due = datetime(2020, 12, 31, 8, 0, tzinfo=LOCAL)
    swept = sweep(store(dossier(due_at=due)), due - timedelta(days=1), ShippedRegistry(calendar=calendar))
    assert dict(swept.said) == {"approaching": 1}


def test_the_days_of_reminding_are_data() -> None:
    (rule,) = RULES.every(UncollectedReminders)
    other = replace(rule, value=UncollectedReminders((20, 2, 2)))
    book = RuleBook(tuple(other if each is rule else each for each in RULES.rules))
    dossiers = store(ready())
    at = datetime.combine(date(2020, 4, 30), RECEIVED.timetz())
    assert dict(sweep(dossiers, at, ShippedRegistry(rule_book=book)).said) == {"reminded": 1}
    assert dossiers.states["0123456789ABCDEF"].reminders == 1


@pytest.mark.parametrize(("hour", "first"), [(8, "approaching"), (9, "reminded")])
def test_dates_and_reminders_come_first_by_turns_under_a_load_that_no_sweep_ends(hour: int, first: str) -> None:
    at = NEAR.replace(hour=hour, minute=30)
    dossiers = store(dossier(), ready(id="R" * 16, ready_at=NEAR - timedelta(days=6)))
    answers = iter((False, True))
    assert dict(sweep(dossiers, at, enough=lambda: next(answers)).said) == {first: 1}
