"""A dossier is suspended for a supplement, a payment or by its agency; it resumes, or is refused in writing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.deadline.suspension import WaitKind
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.errors import ForbiddenError, MotcuaError, RefusedError
from motcua.domain.event import Event, EventType, Queue
from motcua.domain.local_time import LOCAL
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.dossier_command import CommandResult, StaffCommand
from motcua.usecases.processing.pause_dossier import pause_dossier, resume_dossier
from motcua.usecases.processing.refuse_after_appraisal import refuse_after_appraisal
from motcua.usecases.processing.request_payment import confirm_payment, request_payment
from motcua.usecases.processing.request_supplement import MissingPapers, complete_supplement, request_supplement
from motcua.usecases.processing.route_dossier import route_dossier
from motcua.usecases.results.return_result import return_answer
from tests.kit.fakes import CLERK, OFFICER, REAL_NOW, MemoryDossiers, key, stamp
from tests.kit.life.dossiers import in_process, received

HEAD = Principal("staff-9", frozenset({(Role.HEAD, "skhdt")}))
HEAD_OF_COUNTER = Principal("staff-8", frozenset({(Role.HEAD, "mc-tinh")}))
MISSING = MissingPapers("Thiếu bản sao giấy tờ pháp lý")
ONE_MORE = MissingPapers("Thiếu bản chính", override="Luật sửa đổi trong khi thẩm định")
ASKED_AT = datetime(2020, 4, 23, 9, 0, tzinfo=LOCAL)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=LOCAL)


def act(dossier: Dossier, by: Principal, moment: datetime | None = None, **more: Any) -> StaffCommand:
    """Return a command at `moment`, by default at nine or immediately after the dossier's last act."""
    moment = moment or max(ASKED_AT, dossier.changed_at)
    return StaffCommand(
        dossier.id, more.get("version", dossier.version), by, stamp(moment, by.subject), more.get("once") or key()
    )


def why(refused: "pytest.ExceptionInfo[Any]") -> tuple[str, dict[str, str]]:
    error = refused.value
    assert isinstance(error, MotcuaError)
    return error.code, error.faults[0].params


@pytest.fixture
def taken(desk: DossierContext) -> Dossier:
    """Return a dossier that an officer of the agency has taken over."""
    return in_process(desk)


@pytest.fixture
def fresh(desk: DossierContext) -> Dossier:
    """Return a dossier received this morning, not yet at the agency."""
    return received(desk)


def last(store: MemoryDossiers, dossier: Dossier) -> Event:
    return store.events(dossier.id)[-1]


# supplements


def test_the_officer_asks_for_what_is_missing_and_the_clock_stands_still(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    asked = request_supplement(act(taken, OFFICER), MISSING, desk).dossier
    assert asked.status is Status.SUPPLEMENT_REQUESTED
    assert asked.waiting is not None
    assert (asked.waiting.kind, asked.waiting.back_to) == (WaitKind.SUPPLEMENT, Status.IN_PROCESS)
    assert asked.waiting.expires_at == at("05-25 09:00"), "30 days, moved from Saturday 23 May to Monday"
    assert asked.waiting.restarts, "the policy of the procedure"
    assert asked.inbox_unit_id == "mc-tinh", "the applicant comes to the one-stop unit (R2)"
    assert store.persons[taken.id].last_reason == MISSING.missing


def test_no_event_repeats_what_is_missing(store: MemoryDossiers, desk: DossierContext, taken: Dossier) -> None:
    request_supplement(act(taken, OFFICER), MISSING, desk)
    assert last(store, taken).data.keys() == {"restarts", "expires_at"}


def test_at_intake_the_clerk_asks_and_not_the_officer(desk: DossierContext, fresh: Dossier) -> None:
    with pytest.raises(ForbiddenError) as refused:
        request_supplement(
            act(fresh, with_both(OFFICER, (Role.CLERK, "mc-h288"), (Role.HEAD, "mc-tinh"))), MISSING, desk
        )
    assert why(refused) == ("role_needed", {"role": "clerk", "role_vi": "cán bộ Bộ phận Một cửa", "unit": "mc-tinh"})
    assert request_supplement(act(fresh, CLERK), MISSING, desk).dossier.status is Status.SUPPLEMENT_REQUESTED


def test_during_appraisal_the_officer_asks_and_not_the_clerk(desk: DossierContext, taken: Dossier) -> None:
    with pytest.raises(ForbiddenError) as refused:
        request_supplement(act(taken, CLERK), MISSING, desk)
    assert why(refused) == ("role_needed", {"role": "officer", "role_vi": "cán bộ giải quyết hồ sơ", "unit": "skhdt"})


def with_both(by: Principal, *more: tuple[Role, str]) -> Principal:
    return Principal(by.subject, by.rights | set(more))


def supplemented(desk: DossierContext, dossier: Dossier, by: Principal, moment: datetime = ASKED_AT) -> Dossier:
    asked = request_supplement(act(dossier, by, moment), MISSING, desk).dossier
    return complete_supplement(act(asked, CLERK, moment + timedelta(hours=1)), desk).dossier


def test_one_more_than_the_rule_allows_is_refused_naming_the_rule(desk: DossierContext, taken: Dossier) -> None:
    again = supplemented(desk, taken, OFFICER)
    with pytest.raises(RefusedError) as refused:
        request_supplement(act(again, OFFICER), MISSING, desk)
    code, told = why(refused)
    assert (code, told["asked"], told["allowed"]) == ("supplements_used_up", "1", "1")
    assert refused.value.rule.startswith("supplement-limit · ")


def test_the_head_lets_one_more_be_asked_for_and_says_why(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    again = supplemented(desk, taken, OFFICER)
    with pytest.raises(ForbiddenError):
        request_supplement(act(again, OFFICER), ONE_MORE, desk)
    asked = request_supplement(act(again, HEAD), ONE_MORE, desk).dossier
    assert asked.status is Status.SUPPLEMENT_REQUESTED
    data = last(store, taken).data
    assert data["approved_by"] == HEAD.subject
    assert str(data["rule"]).startswith("supplement-limit")
    assert store.persons[taken.id].last_reason == (
        "Thiếu bản chính · Lý do yêu cầu thêm: Luật sửa đổi trong khi thẩm định"
    )


def test_at_intake_it_is_the_head_of_the_one_stop_unit_who_approves(desk: DossierContext, fresh: Dossier) -> None:
    again = supplemented(desk, fresh, CLERK)
    with pytest.raises(ForbiddenError) as refused:
        request_supplement(act(again, with_both(HEAD, (Role.CLERK, "mc-tinh"))), ONE_MORE, desk)
    assert why(refused) == ("role_needed", {"role": "head", "role_vi": "lãnh đạo", "unit": "mc-tinh"})
    asked = request_supplement(act(again, HEAD_OF_COUNTER), ONE_MORE, desk).dossier
    assert asked.status is Status.SUPPLEMENT_REQUESTED


def test_a_head_who_asks_within_the_limit_has_overridden_nothing(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    request_supplement(act(taken, HEAD), ONE_MORE, desk)
    assert "approved_by" not in last(store, taken).data


def test_a_request_at_intake_leaves_the_one_during_appraisal(
    store: MemoryDossiers, desk: DossierContext, fresh: Dossier
) -> None:
    back = supplemented(desk, fresh, CLERK)
    assert back.status is Status.RECEIVED
    at_agency = routed(store, back)
    assert at_agency.status is Status.IN_PROCESS
    assert request_supplement(act(at_agency, OFFICER), MISSING, desk).dossier.status is Status.SUPPLEMENT_REQUESTED


def routed(store: MemoryDossiers, dossier: Dossier) -> Dossier:
    """Deliver the routing message of the dossier's last event, and return the dossier after it."""
    event = last(store, dossier)
    route_dossier(event, f"{event.id}#{Queue.ROUTING.value}", REAL_NOW, store)
    return store.states[dossier.id]


def test_back_at_the_agency_the_routing_message_does_nothing(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    back = supplemented(desk, taken, OFFICER)
    assert back.status is Status.IN_PROCESS
    assert routed(store, back) == back
    assert f"{last(store, back).id}#{Queue.ROUTING.value}" not in store.owed


def test_the_routing_of_its_receipt_finds_it_waiting_and_does_nothing(
    store: MemoryDossiers, desk: DossierContext, fresh: Dossier
) -> None:
    receipt = last(store, fresh)
    asked = request_supplement(act(fresh, CLERK), MISSING, desk).dossier
    assert route_dossier(receipt, f"{receipt.id}#{Queue.ROUTING.value}", REAL_NOW, store) is False
    assert store.states[fresh.id] == asked


def test_when_everything_is_in_the_date_follows_from_the_clock(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    asked = request_supplement(act(taken, OFFICER, at("04-24 09:00")), MISSING, desk).dossier
    due = clock.due_after_wait(desk.registry, asked, at("04-28 09:00"))
    back = complete_supplement(act(asked, CLERK, at("04-28 09:00")), desk).dossier
    assert due.at is not None
    assert taken.due_at is not None
    assert back.due_at == due.at > taken.due_at
    assert back.calendar == due.calendar
    assert back.waiting is None
    assert back.waits[-1].until == at("04-28 09:00")


def test_only_the_one_stop_unit_takes_what_was_asked_for(desk: DossierContext, taken: Dossier) -> None:
    asked = request_supplement(act(taken, OFFICER), MISSING, desk).dossier
    with pytest.raises(ForbiddenError) as refused:
        complete_supplement(act(asked, OFFICER), desk)
    assert why(refused) == ("role_needed", {"role": "clerk", "role_vi": "cán bộ Bộ phận Một cửa", "unit": "mc-tinh"})


def test_while_it_waits_nothing_else_is_asked_for(desk: DossierContext, taken: Dossier) -> None:
    asked = request_supplement(act(taken, OFFICER), MISSING, desk).dossier
    asks: tuple[Callable[[], CommandResult], ...] = (
        lambda: request_supplement(act(asked, OFFICER), MISSING, desk),
        lambda: request_payment(act(asked, OFFICER), 1, desk),
        lambda: pause_dossier(act(asked, OFFICER), "chờ xác minh", desk),
    )
    for ask in asks:
        with pytest.raises(RefusedError) as refused:
            ask()
        code, told = why(refused)
        assert (code, told["status"]) == ("move_not_allowed", "5")


def test_a_retried_request_is_answered_as_the_first_and_asks_once(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    once = key("supplement")
    first = request_supplement(act(taken, OFFICER, once=once), MISSING, desk)
    retried = request_supplement(act(taken, OFFICER, once=once), MISSING, desk)
    assert (retried.dossier, retried.replayed) == (first.dossier, True)
    assert [each.type for each in store.events(taken.id)].count(EventType.SUPPLEMENT_REQUESTED) == 1


# payments


def test_a_payment_is_asked_for_and_confirmed_at_the_counter(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    owing = request_payment(act(taken, OFFICER, at("04-24 09:00")), 150_000, desk).dossier
    assert (owing.status, owing.inbox_unit_id) == (Status.PAYMENT_DUE, "mc-tinh")
    assert owing.waiting is not None
    assert (owing.waiting.amount_vnd, owing.waiting.restarts) == (150_000, False)
    with pytest.raises(ForbiddenError):
        confirm_payment(act(owing, OFFICER), desk)
    paid = confirm_payment(act(owing, CLERK, at("04-28 09:00")), desk).dossier
    assert paid.status is Status.IN_PROCESS
    assert paid.due_at == clock.due_after_wait(desk.registry, owing, at("04-28 09:00")).at
    assert routed(store, paid) == paid


def test_a_payment_at_intake_is_the_clerks_to_ask_for_and_once_paid_it_is_routed(
    store: MemoryDossiers, desk: DossierContext, fresh: Dossier
) -> None:
    with pytest.raises(ForbiddenError) as refused:
        request_payment(act(fresh, with_both(OFFICER, (Role.HEAD, "mc-tinh"))), 1, desk)
    assert why(refused) == ("role_needed", {"role": "clerk", "role_vi": "cán bộ Bộ phận Một cửa", "unit": "mc-tinh"})
    owing = request_payment(act(fresh, CLERK), 1, desk).dossier
    paid = confirm_payment(act(owing, CLERK), desk).dossier
    assert paid.status is Status.RECEIVED
    assert routed(store, paid).status is Status.IN_PROCESS


# pauses


@pytest.mark.parametrize("by", [OFFICER, HEAD])
def test_an_officer_or_the_head_pauses_for_a_reason_and_resumes(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier, by: Principal
) -> None:
    paused = pause_dossier(act(taken, by, at("04-24 09:00")), "Chờ xác minh", desk).dossier
    assert (paused.status, paused.inbox_unit_id) == (Status.PAUSED, "skhdt"), "it stays in the agency's inbox"
    assert store.persons[taken.id].last_reason == "Chờ xác minh"
    resumed = resume_dossier(act(paused, by, at("04-28 09:00")), desk).dossier
    assert resumed.status is Status.IN_PROCESS
    assert resumed.due_at == clock.due_after_wait(desk.registry, paused, at("04-28 09:00")).at
    assert resumed.officer == taken.officer


def test_a_clerk_pauses_nothing(desk: DossierContext, taken: Dossier) -> None:
    with pytest.raises(ForbiddenError):
        pause_dossier(act(taken, CLERK), "Chờ xác minh", desk)


# refusal after appraisal


def test_what_is_not_eligible_is_refused_and_its_answer_lies_at_the_one_stop_unit(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    refused = refuse_after_appraisal(act(taken, OFFICER), "Không đủ điều kiện", desk).dossier
    assert (refused.status, refused.status.code) == (Status.REFUSED, 8)
    assert refused.inbox_unit_id == "mc-tinh"
    assert refused.decided_at == ASKED_AT
    assert store.persons[taken.id].last_reason == "Không đủ điều kiện"
    answered = return_answer(act(refused, CLERK), ChannelOut.COUNTER, desk).dossier
    assert answered.answered_at == ASKED_AT
    assert answered.inbox_unit_id == "", "nobody has anything left to do"


def test_nobody_refuses_what_no_officer_has_taken_over(
    store: MemoryDossiers, desk: DossierContext, fresh: Dossier
) -> None:
    at_agency = routed(store, fresh)
    with pytest.raises(RefusedError) as refused:
        refuse_after_appraisal(act(at_agency, OFFICER), "Không đủ điều kiện", desk)
    assert why(refused)[0] == "not_taken_over"


def test_a_supplement_that_never_came_is_refused_only_after_its_time(desk: DossierContext, taken: Dossier) -> None:
    asked = request_supplement(act(taken, OFFICER), MISSING, desk).dossier
    with pytest.raises(RefusedError) as refused:
        refuse_after_appraisal(act(asked, OFFICER, at("05-25 16:59")), "Không bổ sung", desk)
    assert why(refused) == (
        "supplement_not_expired",
        {"until": "25/05/2020", "rule": "supplement-wait · chưa có văn bản"},
    ), "the last day is theirs whole"
    ended = refuse_after_appraisal(act(asked, OFFICER, at("05-26 07:00")), "Không bổ sung", desk).dossier
    assert ended.status is Status.REFUSED
    assert ended.waits[-1].until == at("05-26 07:00"), "the wait ends with it"


def test_at_intake_too_it_ends_although_no_officer_had_it(desk: DossierContext, fresh: Dossier) -> None:
    asked = request_supplement(act(fresh, CLERK), MISSING, desk).dossier
    ended = refuse_after_appraisal(act(asked, OFFICER, at("05-26 08:00")), "Không bổ sung", desk).dossier
    assert ended.status is Status.REFUSED


def test_a_payment_that_never_came_is_no_reason_to_refuse(desk: DossierContext, taken: Dossier) -> None:
    owing = request_payment(act(taken, OFFICER), 1, desk).dossier
    with pytest.raises(RefusedError) as refused:
        refuse_after_appraisal(act(owing, OFFICER, at("06-26 08:00")), "Không nộp", desk)
    code, told = why(refused)
    assert (code, told["status"]) == ("move_not_allowed", "6")


def test_the_answer_is_handed_back_once_by_a_clerk_and_not_by_post(desk: DossierContext, taken: Dossier) -> None:
    refused = refuse_after_appraisal(act(taken, OFFICER), "Không đủ điều kiện", desk).dossier
    with pytest.raises(ForbiddenError):
        return_answer(act(refused, OFFICER), ChannelOut.COUNTER, desk)
    with pytest.raises(RefusedError) as by_post:
        return_answer(act(refused, CLERK), ChannelOut.POST, desk)
    assert why(by_post)[0] == "answer_not_by_post"
    answered = return_answer(act(refused, CLERK), ChannelOut.ONLINE, desk).dossier
    with pytest.raises(RefusedError) as again:
        return_answer(act(answered, CLERK), ChannelOut.ONLINE, desk)
    assert why(again)[0] == "answer_returned_before"


def test_while_the_counters_are_closed_no_answer_is_handed_over_there(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    refused = refuse_after_appraisal(act(taken, OFFICER), "Không đủ điều kiện", desk).dossier
    # as if refused on the day before the return is tried
    store.states[taken.id] = refused = replace(refused, changed_at=at("04-09 16:00"))
    with pytest.raises(RefusedError) as closed:
        return_answer(act(refused, CLERK, at("04-10 08:00")), ChannelOut.COUNTER, desk)
    assert why(closed)[0] == "return_closed"
    assert return_answer(act(refused, CLERK, at("04-10 08:00")), ChannelOut.ONLINE, desk).dossier.answered_at


def test_every_wait_replays_to_the_state_that_was_written(
    store: MemoryDossiers, desk: DossierContext, taken: Dossier
) -> None:
    dossier = supplemented(desk, taken, OFFICER)
    dossier = confirm_payment(act(request_payment(act(dossier, OFFICER), 5, desk).dossier, CLERK), desk).dossier
    dossier = resume_dossier(act(pause_dossier(act(dossier, HEAD), "Chờ xác minh", desk).dossier, HEAD), desk).dossier
    dossier = refuse_after_appraisal(act(dossier, OFFICER), "Không đủ điều kiện", desk).dossier
    dossier = return_answer(act(dossier, CLERK), ChannelOut.COUNTER, desk).dossier
    state = None
    for event in store.events(taken.id):
        state = evolve(state, event)
    assert state == dossier == store.states[taken.id]
