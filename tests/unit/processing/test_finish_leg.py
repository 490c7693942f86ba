"""Linked dossiers: each agency has its part and its own limit, in sequence or in parallel.

The lead agency answers for the whole.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.registry.linked_sample import LINKED, VERSIONS, days
from motcua.domain.access.principal import Principal, Role
from motcua.domain.deadline.suspension import Suspension
from motcua.domain.dossier.dossier import Dossier, facts_for_figures
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.legs import at_work, planned
from motcua.domain.errors import ForbiddenError, InvalidError, MotcuaError, RefusedError
from motcua.domain.reading.reminders import due_warnings
from motcua.domain.registry.procedure import Leg, LimitUnit, TimeLimit
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import ProcessingClosure
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_see import may_see
from motcua.usecases.intake.withdraw_dossier import withdraw
from motcua.usecases.processing.assign_dossier import assign_dossier
from motcua.usecases.processing.finish_leg import finish_leg
from motcua.usecases.processing.pause_dossier import pause_dossier, resume_dossier
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.processing.refuse_after_appraisal import refuse_after_appraisal
from motcua.usecases.processing.request_payment import confirm_payment, request_payment
from motcua.usecases.processing.request_supplement import MissingPapers, complete_supplement, request_supplement
from motcua.usecases.results.reverse_act import reverse_resolution
from tests.kit.fakes import CLERK, MORNING, MemoryDossiers
from tests.kit.life import dossiers as lives
from tests.kit.life.linked_dossiers import (
    JUSTICE,
    LEAD,
    PROVINCE,
    act,
    at,
    at_the_lead,
    begun,
    desk,
    finished,
    officer,
    received,
    resolved,
    routed,
)
from tests.kit.shipped import RULES, UNITS, ShippedRegistry

MISSING = MissingPapers("Thiếu bản sao giấy tờ mẫu")


@pytest.fixture
def at_desk(store: MemoryDossiers) -> DossierContext:
    return desk(store)


def late(dossier: Dossier, now: datetime) -> list[str]:
    """Return the agencies whose part was finished late, or which the sweep would report as late now."""
    said = {each.what for each in due_warnings(dossier, now, None)}
    return [
        leg.agency_id
        for leg in dossier.legs
        if (leg.finished_at and leg.late_at(leg.finished_at)) or f"leg_late:{leg.agency_id}" in said
    ]


def due(dossier: Dossier) -> dict[str, datetime | None]:
    return {leg.agency_id: leg.due_at for leg in dossier.legs}


def why(refused: "pytest.ExceptionInfo[Any]") -> tuple[str, dict[str, str]]:
    error = refused.value
    assert isinstance(error, MotcuaError)
    return error.code, {name: value for name, value in error.faults[0].params.items() if value}


def with_limits(**changes: Any) -> ShippedRegistry:
    return ShippedRegistry(procedures=(replace(VERSIONS, versions=(replace(LINKED, **changes),)),))


# what the receipt says


def test_the_receipt_says_when_each_part_and_the_whole_are_due(at_desk: DossierContext) -> None:
    dossier = received(at_desk)
    assert due(dossier) == {JUSTICE: at("04-28 08:00"), PROVINCE: at("05-04 08:00"), LEAD: at("05-08 08:00")}
    assert dossier.due_at == at("05-08 08:00")
    assert [leg.started_at for leg in dossier.legs] == [None, None, None]


def test_the_whole_is_due_by_the_announced_limit_which_may_leave_time_between_the_parts(store: MemoryDossiers) -> None:
    dossier = received(desk(store, with_limits(limit=days(12))))
    assert dossier.due_at == at("05-13 08:00")
    assert due(dossier)[LEAD] == at("05-08 08:00")


def test_where_no_limit_is_announced_the_steps_together_are_one(store: MemoryDossiers) -> None:
    assert received(desk(store, with_limits(limit=None))).due_at == at("05-08 08:00")
    assert LINKED.whole_limit == replace(LINKED, limit=None).whole_limit == days(9)


def test_a_dossier_that_is_not_linked_has_no_parts(at_desk: DossierContext) -> None:
    assert lives.received(at_desk).legs == ()


def test_an_agency_that_has_ended_receives_no_part(store: MemoryDossiers) -> None:
    ended = replace(UNITS[JUSTICE], valid_to=date(2020, 4, 22), successor_ids=("snv",))
    registry = ShippedRegistry(procedures=(VERSIONS,), units=(ended,))
    with pytest.raises(InvalidError) as refused:
        received(desk(store, registry))
    assert why(refused)[0] == "unit_ended"
    assert not store.states


def test_what_could_never_be_resolved_is_not_received(store: MemoryDossiers) -> None:
    with pytest.raises(RefusedError) as refused:
        received(desk(store, with_limits(legs=(Leg(1, LEAD, days(4)), Leg(2, JUSTICE, days(1))))))
    assert why(refused) == ("lead_not_last", {"unit": LEAD})


# whose turn it is


def test_the_transfer_begins_the_first_step_due_as_the_receipt_says(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    assert at_work(dossier) == (JUSTICE, PROVINCE)
    assert due(dossier) == due(received(at_desk))
    assert dossier.status is Status.IN_PROCESS


def test_each_agency_whose_turn_it_is_has_it_in_its_inbox_and_no_other(at_desk: DossierContext) -> None:
    def inboxes() -> set[str]:
        return {
            unit
            for unit in (JUSTICE, PROVINCE, LEAD, "stc", "mc-tinh")
            if at_desk.dossiers.inbox(unit, Status.IN_PROCESS, "", 10).dossiers
        }

    dossier = begun(at_desk)
    assert inboxes() == {JUSTICE, PROVINCE, LEAD}  # the lead agency answers for the whole from the start
    dossier = finished(at_desk, dossier, JUSTICE)
    assert inboxes() == {PROVINCE, LEAD}
    finished(at_desk, dossier, PROVINCE)
    assert inboxes() == {LEAD}


def test_an_agency_takes_over_its_own_part(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    dossier = take_over(act(dossier, officer(JUSTICE)), at_desk).dossier
    assert [leg.officer for leg in dossier.legs] == ["officer-stp", "", ""]
    assert dossier.officer == ""
    dossier = take_over(act(dossier, officer(PROVINCE)), at_desk).dossier
    assert [leg.officer for leg in dossier.legs] == ["officer-stp", "officer-vp-ubnd", ""]


def test_who_works_at_two_agencies_takes_over_what_nobody_has(at_desk: DossierContext) -> None:
    both = Principal("officer-2", officer(JUSTICE).rights | officer(PROVINCE).rights)
    dossier = take_over(act(begun(at_desk), officer(JUSTICE)), at_desk).dossier
    assert [leg.officer for leg in take_over(act(dossier, both), at_desk).dossier.legs][:2] == [
        "officer-stp",
        "officer-2",
    ]


def test_before_and_after_its_turn_an_agency_reads_and_does_nothing(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    assert may_see(officer(LEAD), dossier)
    with pytest.raises(RefusedError) as refused:
        take_over(act(dossier, officer(LEAD)), at_desk)
    assert why(refused) == ("leg_not_running", {"unit": LEAD, "running": "stp, vp-ubnd"})
    dossier = finished(at_desk, dossier, JUSTICE)
    assert may_see(officer(JUSTICE), dossier)
    for too_late in (take_over, lambda act, office: finish_leg(act, JUSTICE, office)):
        with pytest.raises(RefusedError) as refused:
            too_late(act(dossier, officer(JUSTICE)), at_desk)
        assert why(refused) == ("leg_not_running", {"unit": JUSTICE, "running": PROVINCE})


def test_nobody_finishes_another_agencys_part(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    with pytest.raises(ForbiddenError) as refused:
        finish_leg(act(dossier, officer(JUSTICE)), PROVINCE, at_desk)
    assert why(refused) == ("role_needed", {"role": "officer", "role_vi": "cán bộ giải quyết hồ sơ", "unit": PROVINCE})


def test_a_part_that_nobody_took_over_is_not_finished(at_desk: DossierContext) -> None:
    with pytest.raises(RefusedError, match="not_taken_over"):
        finish_leg(act(begun(at_desk), officer(JUSTICE)), JUSTICE, at_desk)


def test_a_dossier_that_is_not_linked_has_no_part_to_finish(at_desk: DossierContext) -> None:
    with pytest.raises(RefusedError, match="not_linked"):
        finish_leg(act(lives.in_process(at_desk), officer(LEAD)), LEAD, at_desk)


def test_the_next_step_begins_with_the_last_of_the_former_and_has_its_own_limit_from_then(
    at_desk: DossierContext,
) -> None:
    dossier = finished(at_desk, begun(at_desk), JUSTICE, at("04-24 10:00"))
    assert at_work(dossier) == (PROVINCE,)
    dossier = finished(at_desk, dossier, PROVINCE, at("04-27 10:00"))
    assert at_work(dossier) == (LEAD,)
    assert due(dossier)[LEAD] == at("05-05 10:00")
    assert dossier.due_at == at("05-08 08:00")  # the applicant was promised the whole, not the parts


def test_the_whole_is_resolved_when_every_part_is_done(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    with pytest.raises(RefusedError) as refused:
        resolve(act(dossier, officer(LEAD)), at_desk)
    assert why(refused) == ("legs_unfinished", {"units": "stp, vp-ubnd"})
    dossier = finished(at_desk, dossier, PROVINCE)
    with pytest.raises(RefusedError) as refused:
        resolve(act(dossier, officer(LEAD)), at_desk)
    assert why(refused) == ("legs_unfinished", {"units": "stp"})
    dossier = finished(at_desk, dossier, JUSTICE)
    with pytest.raises(RefusedError, match="not_taken_over"):
        resolve(act(dossier, officer(LEAD)), at_desk)
    dossier = take_over(act(dossier, officer(LEAD)), at_desk).dossier
    dossier = resolve(act(dossier, officer(LEAD)), at_desk).dossier
    assert dossier.status is Status.RESULT_READY
    assert all(leg.finished_at for leg in dossier.legs)


def test_the_lead_agency_finishes_its_last_part_by_resolving_the_whole(at_desk: DossierContext) -> None:
    dossier = take_over(act(at_the_lead(at_desk), officer(LEAD)), at_desk).dossier
    with pytest.raises(RefusedError) as refused:
        finish_leg(act(dossier, officer(LEAD)), LEAD, at_desk)
    assert why(refused) == ("lead_resolves", {"unit": LEAD})


def test_a_resolution_taken_back_reopens_the_lead_agencys_part_alone(at_desk: DossierContext) -> None:
    dossier = resolved(at_desk)
    reversed_ = reverse_resolution(act(dossier, officer(LEAD)), "Bấm nhầm nút", at_desk).dossier
    assert at_work(reversed_) == (LEAD,)
    assert due(reversed_) == due(dossier)
    assert resolve(act(reversed_, officer(LEAD)), at_desk).dossier.status is Status.RESULT_READY


def test_an_agency_may_have_a_part_in_several_steps(store: MemoryDossiers) -> None:
    legs = (Leg(1, LEAD, days(2)), Leg(2, JUSTICE, days(3)), Leg(3, LEAD, days(4)))
    office = desk(store, with_limits(legs=legs))
    dossier = finished(office, routed(office, received(office)), LEAD)
    assert [bool(leg.finished_at) for leg in dossier.legs] == [True, False, False]
    assert at_work(dossier) == (JUSTICE,)
    dossier = finished(office, dossier, JUSTICE, at("04-24 08:00"))
    assert [leg.started_at for leg in dossier.legs] == [MORNING, MORNING, at("04-24 08:00")]
    assert due(dossier)[LEAD] == at("05-04 08:00")
    dossier = resolve(act(dossier, officer(LEAD)), office).dossier  # who took it over once, has it
    back = reverse_resolution(act(dossier, officer(LEAD)), "Bấm nhầm nút", office).dossier
    assert [bool(leg.finished_at) for leg in back.legs] == [True, True, False]


# late


def test_late_belongs_to_the_part_that_was_late(at_desk: DossierContext, store: MemoryDossiers) -> None:
    dossier = finished(at_desk, begun(at_desk), JUSTICE, at("04-29 07:00"))  # due on the 28th
    assert store.log[-1].data["late"] is True
    assert late(dossier, at("04-29 07:00")) == [JUSTICE]
    dossier = finished(at_desk, dossier, PROVINCE, at("05-04 16:00"))  # due on this day at 08:00
    assert store.log[-1].data["late"] is False
    assert late(dossier, at("05-08 09:00")) == [JUSTICE]
    assert due(dossier)[LEAD] == at("05-08 16:00")
    assert late(dossier, at("05-09 07:00")) == [JUSTICE, LEAD]


def test_a_part_with_a_limit_in_hours_is_late_by_the_moment(store: MemoryDossiers) -> None:
    hours = TimeLimit(Decimal(4), LimitUnit.HOUR)
    legs = (Leg(1, JUSTICE, hours), Leg(2, LEAD, days(4)))
    dossier = begun(desk(store, with_limits(legs=legs)))
    assert due(dossier)[JUSTICE] == at("04-23 14:00")
    assert not late(dossier, at("04-23 14:00"))
    assert len(late(dossier, at("04-23 14:01"))) == 1


def test_while_the_dossier_waits_no_part_becomes_late(at_desk: DossierContext) -> None:
    dossier = request_payment(act(begun(at_desk), officer(LEAD)), 10_000, at_desk).dossier
    assert not late(dossier, at("06-01 08:00"))


def test_once_it_is_withdrawn_no_part_becomes_late(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    withdrawn = withdraw(act(dossier, CLERK, at("04-24 08:00")), "Không còn nhu cầu", at_desk).dossier
    assert not late(withdrawn, at("06-01 08:00")), "nobody works on it any more"


# waits


def test_a_pause_makes_the_running_parts_and_those_to_come_later_by_what_was_waited(at_desk: DossierContext) -> None:
    dossier = finished(at_desk, begun(at_desk), JUSTICE, at("04-24 08:00"))
    paused = pause_dossier(act(dossier, officer(LEAD), at("04-24 09:00")), "Chờ xác minh", at_desk).dossier
    resumed = resume_dossier(act(paused, officer(LEAD), at("04-28 09:00")), at_desk).dossier
    assert due(resumed) == {JUSTICE: at("04-28 08:00"), PROVINCE: at("05-06 08:00"), LEAD: at("05-12 08:00")}
    assert resumed.due_at == at("05-12 08:00")
    assert [leg.started_at for leg in resumed.legs] == [MORNING, MORNING, None]


def test_what_was_late_before_a_pause_stays_so(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    paused = pause_dossier(act(dossier, officer(LEAD), at("04-29 09:00")), "Chờ xác minh", at_desk).dossier
    resumed = resume_dossier(act(paused, officer(LEAD), at("05-04 09:00")), at_desk).dossier
    assert late(resumed, at("05-04 09:00")) == [JUSTICE]
    assert due(resumed)[JUSTICE] == at("04-29 08:00")  # 28 April and one working day


def test_a_supplement_counts_the_running_parts_anew_and_not_what_is_done(at_desk: DossierContext) -> None:
    dossier = finished(at_desk, begun(at_desk), JUSTICE, at("04-24 08:00"))
    asked = request_supplement(act(dossier, officer(LEAD), at("04-24 09:00")), MISSING, at_desk).dossier
    completed = complete_supplement(act(asked, CLERK, at("05-04 08:00")), at_desk).dossier
    assert due(completed) == {JUSTICE: at("04-28 08:00"), PROVINCE: at("05-11 08:00"), LEAD: at("05-15 08:00")}
    assert completed.due_at == at("05-15 08:00")


def test_a_supplement_at_intake_plans_the_parts_anew_before_any_runs(at_desk: DossierContext) -> None:
    dossier = received(at_desk)
    asked = request_supplement(act(dossier, CLERK, at("04-23 09:00")), MISSING, at_desk).dossier
    completed = complete_supplement(act(asked, CLERK, at("05-04 08:00")), at_desk).dossier
    planned_anew = {JUSTICE: at("05-07 08:00"), PROVINCE: at("05-11 08:00"), LEAD: at("05-15 08:00")}
    assert due(completed) == planned_anew
    begun_now = routed(at_desk, completed)
    assert due(begun_now) == planned_anew
    assert at_work(begun_now) == (JUSTICE, PROVINCE)


def test_a_payment_lets_a_later_part_wait_by_what_it_saw_of_it(at_desk: DossierContext) -> None:
    dossier = at_the_lead(at_desk, at("04-24 08:00"))
    before = due(dossier)[LEAD]
    owing = request_payment(act(dossier, officer(LEAD), at("04-24 09:00")), 10_000, at_desk).dossier
    paid = confirm_payment(act(owing, CLERK, at("04-27 09:00")), at_desk).dossier
    assert before == at("05-04 08:00")
    assert due(paid)[LEAD] == at("05-05 08:00")


def test_a_closure_touches_the_parts_of_the_units_whose_processing_stopped(store: MemoryDossiers) -> None:
    rule = next(rule for rule in RULES.rules if isinstance(rule.value, ProcessingClosure))
    shut = replace(
        rule, id="mau", first=date(2020, 4, 24), last=date(2020, 4, 24),
        scope=replace(rule.scope, units=frozenset({JUSTICE}), unit_kinds=frozenset()),
    )  # fmt: skip
    book = RuleBook((*RULES.rules, shut))
    dossier = received(desk(store, ShippedRegistry(procedures=(VERSIONS,), rule_book=book)))
    assert due(dossier) == {JUSTICE: at("04-29 08:00"), PROVINCE: at("05-04 08:00"), LEAD: at("05-08 08:00")}


# counting and replaying


def test_a_linked_dossier_counts_once_at_its_lead_agency(at_desk: DossierContext, store: MemoryDossiers) -> None:
    dossier = resolved(at_desk)
    facts = [fact for event in store.log for fact in facts_of(event)]
    assert [(fact.kind, fact.agency_id) for fact in facts] == [
        (FactKind.RECEIVED, LEAD),
        (FactKind.BECAME_READY, LEAD),
    ]
    assert facts_for_figures(dossier)["agency"] == LEAD


def test_replaying_the_events_gives_the_legs_as_they_are(at_desk: DossierContext, store: MemoryDossiers) -> None:
    dossier = at_the_lead(at_desk, at("04-24 08:00"))
    state = None
    for event in store.log:
        state = evolve(state, event)
    assert state == dossier


LIMITS = st.builds(days, st.integers(0, 8))
STEPS = st.lists(st.lists(LIMITS, min_size=1, max_size=3), min_size=1, max_size=4)
AGENCIES = (JUSTICE, PROVINCE, LEAD)


@given(STEPS, st.integers(0, 500))
def test_the_parts_sum_up_to_the_whole(steps: list[list[TimeLimit]], hours: int) -> None:
    """A naive count: each hour of a limit is one hour later, and time never stops."""
    legs = [Leg(step, AGENCIES[n], limit) for step, of in enumerate(steps, 1) for n, limit in enumerate(of)]
    procedure = replace(LINKED, limit=None, legs=tuple(legs))
    start = MORNING + timedelta(hours=hours)

    def count(_: str, since: datetime, limit: TimeLimit, waits: tuple[Suspension, ...]) -> datetime:
        assert not waits
        return since + timedelta(days=float(limit.count))

    dates = [leg.due_at for leg in planned(procedure, start, count) if leg.due_at]
    assert procedure.whole_limit is not None
    assert max(dates) == start + timedelta(days=float(procedure.whole_limit.count))
    assert all(moment >= start for moment in dates)


@given(STEPS, st.randoms(use_true_random=False))
def test_steps_follow_one_another_in_whatever_order_the_parts_of_one_are_done(
    steps: list[list[TimeLimit]], pick: Random
) -> None:
    legs = [Leg(step, AGENCIES[n], limit) for step, of in enumerate(steps, 1) for n, limit in enumerate(of)]
    legs = [leg for leg in legs if leg.step < len(steps) or leg.agency_id != LEAD]
    pick.shuffle(legs)
    store = MemoryDossiers()
    office = desk(store, with_limits(limit=None, legs=(*legs, Leg(len(steps), LEAD, days(1)))))
    dossier = begun(office)
    while others := [unit for unit in at_work(dossier) if not (unit == LEAD and _step(dossier) == len(steps))]:
        assert {leg.step for leg in dossier.legs if leg.running} == {_step(dossier)}
        assert not any(leg.finished_at for leg in dossier.legs if leg.step > _step(dossier))
        with pytest.raises(RefusedError, match="legs_unfinished"):
            resolve(act(dossier, officer(LEAD)), office)
        dossier = finished(office, dossier, pick.choice(others))
    assert at_work(dossier) == (LEAD,)
    dossier = resolve(act(take_over(act(dossier, officer(LEAD)), office).dossier, officer(LEAD)), office).dossier
    assert all(leg.started_at and leg.finished_at and leg.due_at for leg in dossier.legs)
    state = None
    for event in store.log:
        state = evolve(state, event)
    assert state == dossier


def _step(dossier: Dossier) -> int:
    return min(leg.step for leg in dossier.legs if not leg.finished_at)


def test_the_order_in_which_parts_are_listed_changes_nothing(store: MemoryDossiers) -> None:
    mixed = received(desk(store, with_limits(legs=LINKED.legs[::-1])))
    assert due(mixed) == due(received(desk(store)))


def test_the_head_of_each_agency_assigns_its_own_part(at_desk: DossierContext) -> None:
    head = Principal("head-1", frozenset({(Role.HEAD, JUSTICE)}))
    dossier = assign_dossier(act(begun(at_desk), head), "officer-7", at_desk).dossier
    assert [leg.officer for leg in dossier.legs] == ["officer-7", "", ""]
    assert dossier.officer == ""
    dossier = finish_leg(act(dossier, officer(JUSTICE)), JUSTICE, at_desk).dossier
    with pytest.raises(RefusedError, match="leg_not_running"):
        assign_dossier(act(dossier, head), "officer-8", at_desk)


@pytest.mark.parametrize("agency_id", [JUSTICE, LEAD])
def test_the_agency_at_work_and_the_lead_may_stop_the_clock_and_ask_the_applicant(
    at_desk: DossierContext, agency_id: str
) -> None:
    dossier = begun(at_desk)
    asked = request_supplement(act(dossier, officer(agency_id)), MissingPapers("Thiếu bản vẽ (ví dụ)"), at_desk).dossier
    assert asked.status is Status.SUPPLEMENT_REQUESTED
    dossier = complete_supplement(act(asked, CLERK), at_desk).dossier
    paused = pause_dossier(act(dossier, officer(agency_id)), "Chờ xác minh (ví dụ)", at_desk).dossier
    assert resume_dossier(act(paused, officer(agency_id)), at_desk).dossier.status is Status.IN_PROCESS


def test_an_agency_that_has_no_part_running_stops_no_clock(at_desk: DossierContext) -> None:
    dossier = finished(at_desk, begun(at_desk), JUSTICE)
    with pytest.raises(ForbiddenError, match="role_needed"):
        pause_dossier(act(dossier, officer(JUSTICE)), "Chờ xác minh (ví dụ)", at_desk)


def test_the_lead_refuses_the_whole_before_its_own_turn(at_desk: DossierContext) -> None:
    dossier = begun(at_desk)
    refused = refuse_after_appraisal(act(dossier, officer(LEAD)), "Không đủ điều kiện (ví dụ)", at_desk).dossier
    assert (refused.status, refused.other_inboxes) == (Status.REFUSED, ())
