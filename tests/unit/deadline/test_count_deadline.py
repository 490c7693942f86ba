"""The dates that use cases write: by the agency's hours and closures, the one-stop unit's reception, and dated rules."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.parts import Transitional
from motcua.domain.errors import InvalidError, RefusedError
from motcua.domain.registry.procedure import AfterSupplement, LimitUnit, TimeLimit
from motcua.domain.registry.unit import UnitKind
from motcua.domain.rules.rule import Rule, Scope
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import ProcessingClosure, ReceptionHours, WhileClosed, WorkingHours
from motcua.domain.status import Status
from motcua.usecases.deadline import count_deadline as clock
from tests.kit.fakes import MemoryDossiers, dossier_context
from tests.kit.life.dossiers import received
from tests.kit.moments import at
from tests.kit.rule_samples import BASIS
from tests.kit.shipped import PROCEDURES, RULES, UNITS, ShippedRegistry

AGENCY, ONE_STOP = UNITS["skhdt"], UNITS["mc-tinh"]
FIFTEEN = replace(PROCEDURES["2.001610"], limit=TimeLimit(Decimal(15), LimitUnit.WORKING_DAY))
THREE = PROCEDURES["2.001610"]


def rule(kind: str, value: Any, first: str = "2020-01-01", last: str | None = None, **scope: Any) -> Rule[Any]:
    until = date.fromisoformat(last) if last else None
    return Rule(f"mau-{kind}", kind, Scope(**scope), date.fromisoformat(first), until, value, "Mẫu", "Sample", BASIS)


def registry(*rules: Rule[Any], without: str = "") -> ShippedRegistry:
    kept = tuple(each for each in RULES.rules if each.kind != without)
    return ShippedRegistry(rule_book=RuleBook((*kept, *rules)))


SHIPPED = registry()


@pytest.fixture
def dossier() -> Dossier:
    """Return a dossier received on the morning of 23 April 2020, due on Tuesday 28 April 08:00."""
    return received(dossier_context(MemoryDossiers()))


def asked(dossier: Dossier, since: str, kind: WaitKind = WaitKind.SUPPLEMENT, *, restarts: bool = True) -> Dossier:
    wait = Suspension(kind, at(since), Status.IN_PROCESS, restarts=restarts)
    return replace(dossier, waits=(*dossier.waits, wait))


def due(received_at: str, known: ShippedRegistry = SHIPPED, **more: Any) -> clock.Due:
    return clock.due_at_receipt(known, THREE, AGENCY, at(received_at), **more)


def test_the_check_values_hold_by_the_rules_that_ship() -> None:
    fifteen = clock.due_at_receipt(SHIPPED, FIFTEEN, AGENCY, at("2020-04-23 08:00"))
    assert fifteen == clock.Due(at("2020-05-18 08:00"), "2020.1")
    five = TimeLimit(Decimal(5), LimitUnit.WORKING_DAY)
    assert clock.limit_from(SHIPPED, AGENCY, at("2020-04-28 09:00"), five) == at("2020-05-07 09:00")
    assert clock.limit_from(SHIPPED, AGENCY, at("2020-04-23 18:00"), five) == at("2020-05-05 07:00")
    assert clock.limit_from(SHIPPED, AGENCY, at("2020-04-23 18:00"), None) is None


def test_a_date_names_the_calendar_of_each_year_that_it_runs_through() -> None:
    assert due("2020-12-30 08:00").calendar == "2020.1 2021.1"
    nothing = clock.due_at_receipt(SHIPPED, replace(THREE, limit=None), AGENCY, at("2020-04-23 08:00"))
    assert nothing == clock.Due(None, "")


def test_a_date_in_a_year_without_a_calendar_is_refused_naming_the_year() -> None:
    with pytest.raises(InvalidError) as refused:
        due("2027-12-30 08:00")
    assert (refused.value.code, refused.value.faults[0].params) == ("calendar_year_unknown", {"year": "2028"})


@pytest.mark.parametrize(
    ("received_at", "due_at"),
    [
        ("2020-03-31 09:00", "2020-04-27 09:00"),
        ("2020-04-10 09:00", "2020-04-28 07:00"),
        ("2020-04-22 23:59", "2020-04-28 07:00"),
        ("2020-04-23 08:00", "2020-04-28 08:00"),
    ],
)
def test_the_closure_of_april_2020_pauses_whatever_was_received_up_to_its_last_day(
    received_at: str, due_at: str
) -> None:
    assert due(received_at).at == at(due_at)


def test_a_transitional_dossier_does_not_stand_still_in_the_closure() -> None:
    assert due("2020-04-10 09:00", transitional=True).at == at("2020-04-15 09:00")
    start, limit = at("2020-04-10 09:00"), THREE.limit
    assert clock.limit_from(SHIPPED, AGENCY, start, limit, transitional=True) == at("2020-04-15 09:00")


def test_a_closure_that_says_count_changes_nothing() -> None:
    counting = rule("processing_closure", ProcessingClosure(WhileClosed.COUNT), "2020-04-01", "2020-04-22")
    assert due("2020-04-10 09:00", registry(counting, without="processing_closure")).at == at("2020-04-15 09:00")


def test_a_closure_stops_only_the_units_of_its_scope_and_a_closer_rule_wins() -> None:
    pause, count = ProcessingClosure(WhileClosed.PAUSE), ProcessingClosure(WhileClosed.COUNT)
    days = ("2020-06-01", "2020-06-30")
    others = registry(rule("processing_closure", pause, *days, units=frozenset({"stp"})))
    assert due("2020-06-05 09:00", others).at == at("2020-06-10 09:00")
    departments = rule("processing_closure", pause, *days, unit_kinds=frozenset({UnitKind.DEPARTMENT}))
    assert due("2020-06-05 09:00", registry(departments)).at == at("2020-07-06 07:00")
    open_here = rule("processing_closure", count, "2020-06-01", "2020-06-14", units=frozenset({"skhdt"}))
    beside = registry(departments, replace(open_here, id="mau-2"))
    assert due("2020-06-05 09:00", beside).at == at("2020-06-10 09:00")
    assert due("2020-06-11 09:00", beside).at == at("2020-07-02 09:00"), "12 June counts, then it is closed"


def test_a_closure_without_an_end_leads_to_no_date() -> None:
    for_good = registry(rule("processing_closure", ProcessingClosure(WhileClosed.PAUSE), "2020-06-01"))
    for unit in LimitUnit:
        procedure = replace(THREE, limit=TimeLimit(Decimal(8), unit))
        with pytest.raises(InvalidError) as refused:
            clock.due_at_receipt(for_good, procedure, AGENCY, at("2020-06-05 09:00"))
        assert refused.value.code == "calendar_year_unknown"


SATURDAY = rule("reception_hours", ReceptionHours((6,), ((time(7, 30), time(11)),)), units=frozenset({"mc-tinh"}))


def test_received_on_saturday_in_the_reception_hours_of_the_unit_it_keeps_its_hour() -> None:
    known = registry(SATURDAY)
    assert due("2020-04-25 09:00", known, one_stop=ONE_STOP).at == at("2020-04-29 09:00")
    assert due("2020-04-25 11:00", known, one_stop=ONE_STOP).at == at("2020-05-04 07:00")
    assert due("2020-04-26 09:00", known, one_stop=ONE_STOP).at == at("2020-05-04 07:00"), "Sunday is not received on"
    assert due("2020-04-25 09:00", known, one_stop=UNITS["mc-h288"]).at == at("2020-05-04 07:00"), "nor elsewhere"
    assert due("2020-04-25 09:00", known).at == at("2020-05-04 07:00")


def test_what_is_completed_on_saturday_in_reception_hours_counts_anew_from_that_hour(dossier: Dossier) -> None:
    waiting = asked(dossier, "2020-04-24 09:00")
    assert clock.due_after_wait(registry(SATURDAY), waiting, at("2020-04-25 09:00")).at == at("2020-04-29 09:00")
    assert clock.due_after_wait(SHIPPED, waiting, at("2020-04-25 09:00")).at == at("2020-05-04 07:00")


def test_a_wait_restarts_or_lengthens_as_it_was_asked_for(dossier: Dossier) -> None:
    assert THREE.after_supplement is AfterSupplement.RESTART
    anew = clock.due_after_wait(SHIPPED, asked(dossier, "2020-04-24 09:00"), at("2020-04-27 09:00"))
    assert anew == clock.Due(at("2020-05-04 09:00"), "2020.1")
    paused = asked(dossier, "2020-04-24 09:00", restarts=False)
    assert clock.due_after_wait(SHIPPED, paused, at("2020-04-27 09:00")).at == at("2020-04-29 08:00")
    money = asked(dossier, "2020-04-24 09:00", WaitKind.PAYMENT)
    assert clock.due_after_wait(SHIPPED, money, at("2020-04-27 09:00")).at == at("2020-04-29 08:00")


def test_a_wait_that_ends_after_a_calendar_change_is_counted_by_the_calendar_then_in_force(dossier: Dossier) -> None:
    waiting = asked(dossier, "2020-04-24 09:00", restarts=False)
    later = ShippedRegistry(calendar=replace(SHIPPED.known_calendar, versions={2020: 7}))
    assert clock.due_after_wait(later, waiting, at("2020-04-27 09:00")).calendar == "2020.7"


@pytest.mark.parametrize("back_to", [Status.SUBMITTED, Status.RESULT_READY])
def test_a_wait_while_no_clock_runs_moves_nothing(dossier: Dossier, back_to: Status) -> None:
    waiting = asked(dossier, "2020-04-28 09:00", WaitKind.PAYMENT)
    waiting = replace(waiting, waits=(replace(waiting.waits[0], back_to=back_to),), calendar="2020.1")
    after = clock.due_after_wait(SHIPPED, waiting, at("2020-05-05 09:00"))
    assert after == clock.Due(dossier.due_at, "2020.1")


def test_a_transitional_dossier_waits_by_the_days_that_its_agency_worked(dossier: Dossier) -> None:
    transitional = replace(
        asked(dossier, "2020-04-13 09:00", restarts=False),
        received_at=at("2020-04-10 09:00"),
        transitional=Transitional("12/2020", date(2020, 4, 10), "isolation-period-2020-04"),
    )
    assert clock.due_after_wait(SHIPPED, transitional, at("2020-04-14 09:00")).at == at("2020-04-16 09:00")


@pytest.mark.parametrize("missing", [{"procedure_code": "9.999999"}, {"procedure_version": 9}, {"agency_id": "no"}])
def test_what_the_registry_does_not_know_is_refused(dossier: Dossier, missing: dict[str, Any]) -> None:
    with pytest.raises(RefusedError):
        clock.due_after_wait(SHIPPED, replace(asked(dossier, "2020-04-24 09:00"), **missing), at("2020-04-27 09:00"))


@pytest.mark.parametrize(
    ("submitted", "until"),
    [
        ("2020-04-23 08:00", "2020-04-24 08:00"),
        ("2020-04-23 20:12", "2020-04-24 17:00"),
        ("2020-04-24 16:00", "2020-04-27 16:00"),
        ("2020-04-25 09:00", "2020-04-27 17:00"),
        ("2020-04-10 08:00", "2020-04-13 08:00"),
        ("2020-05-22 07:00", "2020-05-22 17:00"),
    ],
)
def test_a_submission_is_answered_within_eight_working_hours(submitted: str, until: str) -> None:
    assert clock.answer_by(SHIPPED, ONE_STOP, at(submitted)) == at(until)


def test_a_submission_is_answered_by_a_rule_that_must_be_there() -> None:
    with pytest.raises(RefusedError) as refused:
        clock.answer_by(registry(without="intake_hours"), ONE_STOP, at("2020-04-23 08:00"))
    assert refused.value.code == "rule_missing"


@pytest.mark.parametrize(
    ("received_at", "until"),
    [
        ("2020-04-23 08:00", "2020-04-23 17:00"),
        ("2020-04-23 15:00:00", "2020-04-23 17:00"),
        ("2020-04-23 15:00:01", "2020-04-24 07:00"),
        ("2020-04-23 17:00", "2020-04-24 17:00"),
        ("2020-04-29 16:00", "2020-05-04 07:00"),
        ("2020-04-25 09:00", "2020-04-27 17:00"),
    ],
)
def test_paper_goes_on_the_same_working_day_and_after_15_00_at_the_start_of_the_next(
    received_at: str, until: str
) -> None:
    assert clock.paper_due(SHIPPED, ONE_STOP, at(received_at)) == at(until)


def test_paper_goes_by_the_hours_of_its_own_unit() -> None:
    short = rule("working_hours", WorkingHours(((time(8), time(12)),)), units=frozenset({"mc-tinh"}))
    assert clock.paper_due(registry(short), ONE_STOP, at("2020-04-23 09:00")) == at("2020-04-23 12:00")


@pytest.mark.parametrize(
    ("moment", "days", "before"),
    [
        ("2020-05-07 09:00", 1, "2020-05-06 09:00"),
        ("2020-05-05 09:00", 2, "2020-04-29 09:00"),
        ("2020-05-07 17:00", 0, "2020-05-07 17:00"),
        ("2020-04-24 08:00", 2, "2020-03-31 08:00"),
    ],
)
def test_working_days_before_a_moment_skip_days_off_and_closures(moment: str, days: int, before: str) -> None:
    assert clock.working_days_before(SHIPPED, AGENCY, at(moment), days) == at(before)
