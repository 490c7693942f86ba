"""The content of a receipt: its dates, the papers handed in, and the procedure version."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motcua.domain.dossier.components import Brought, PaperForm
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut
from motcua.domain.dossier.evolution import evolve
from motcua.domain.registry.procedure import Leg, LimitUnit, ProcedureVersions, TimeLimit
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.intake.ask_at_intake import AtIntake
from motcua.usecases.intake.decide_submission import accept_submission
from motcua.usecases.intake.submit_dossier import SubmitDossier, submit_dossier
from motcua.usecases.results.return_result import return_result
from tests.kit.fakes import OWNER, PERSONS, PROCEDURE, MemoryDossiers, dossier_context, key, stamp
from tests.kit.intake import SHIPPED, act, desk_of, local, receive, refused_with, submitted
from tests.kit.life.dossiers import in_process
from tests.kit.shipped import CALENDAR, ShippedRegistry


@pytest.mark.parametrize("channel", [ChannelIn.COUNTER, ChannelIn.POST])
def test_a_receipt_names_its_calendar_and_when_the_paper_goes(store: MemoryDossiers, channel: ChannelIn) -> None:
    dossier = receive(dossier_context(store), channel_in=channel)
    assert dossier.due_at == local("2020-04-28 08:00"), "three working days after Thursday 23 April 2020"
    assert dossier.calendar == "2020.1"
    assert dossier.paper is not None
    assert dossier.paper.due_at == local("2020-04-23 17:00"), "the same working day"
    assert dossier.receipt_version == 1


def test_a_submission_says_until_when_it_is_answered_and_has_no_paper_to_go(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    online = submitted(desk)
    assert (online.answer_by, online.number) == (local("2020-04-24 08:00"), ""), "eight working hours"
    accepted = accept_submission(act(online), desk).dossier
    assert accepted.paper is None
    assert accepted.due_at == local("2020-04-28 08:00")


def test_a_same_day_procedure_is_due_today_and_after_the_cut_off_tomorrow(store: MemoryDossiers) -> None:
    desk = desk_of(store, limit=TimeLimit(Decimal(0), LimitUnit.WORKING_DAY))
    assert [receive(desk, local(f"2020-04-23 {at}")).due_at for at in ("08:00", "15:00", "15:01")] == [
        local("2020-04-23 17:00"),
        local("2020-04-23 17:00"),
        local("2020-04-24 17:00"),
    ]


def test_a_dossier_keeps_what_was_brought(store: MemoryDossiers) -> None:
    papers = (Brought(1, PaperForm.ORIGINAL),)
    dossier = receive(desk_of(store), papers=papers)
    assert dossier.papers == papers
    assert evolve(None, store.log[0]) == dossier
    assert receive(desk_of(store)).papers is None, "nobody listed them"


def test_what_is_missing_is_received_with_a_supplement_request_only(store: MemoryDossiers) -> None:
    desk = desk_of(store)
    refusal = refused_with(lambda: receive(desk, papers=()))
    assert (refusal.code, store.log) == ("papers_missing", [])
    dossier = receive(desk, papers=(), asks=AtIntake("Thiếu đơn theo mẫu"))
    assert dossier.status is Status.SUPPLEMENT_REQUESTED


def test_an_acceptance_counts_the_papers_of_the_submission_or_those_that_the_clerk_found(
    store: MemoryDossiers,
) -> None:
    desk, electronic = desk_of(store), (Brought(1, PaperForm.ELECTRONIC),)
    bare, full = submitted(desk, papers=()), submitted(desk, papers=electronic)
    assert refused_with(lambda: accept_submission(act(bare), desk)).code == "papers_missing"
    assert accept_submission(act(full), desk).dossier.papers == electronic
    assert accept_submission(act(bare), desk, electronic).dossier.papers == electronic


def test_the_result_is_not_handed_over_before_the_originals_are_in(store: MemoryDossiers) -> None:
    desk = desk_of(store)
    dossier = replace(in_process(dossier_context(store)), status=Status.RESULT_READY)
    store.states[dossier.id] = dossier
    refusal = refused_with(lambda: return_result(act(dossier), ChannelOut.COUNTER, desk))
    assert (refusal.code, refusal.faults[0].params["papers"]) == ("originals_due_at_return", "Đơn theo mẫu")
    done = return_result(act(dossier), ChannelOut.COUNTER, desk, originals_taken=True).dossier
    assert done.status is Status.RETURNED


def test_a_receipt_of_a_linked_procedure_plans_the_leg_of_each_agency(store: MemoryDossiers) -> None:
    legs = (
        Leg(1, "stp", TimeLimit(Decimal(1), LimitUnit.WORKING_DAY)),
        Leg(2, "skhdt", TimeLimit(Decimal(2), LimitUnit.WORKING_DAY)),
    )
    dossier = receive(desk_of(store, limit=None, legs=legs))
    assert [(leg.agency_id, leg.due_at, leg.started_at) for leg in dossier.legs] == [
        ("stp", local("2020-04-24 08:00"), None),
        ("skhdt", local("2020-04-28 08:00"), None),
    ]
    assert dossier.due_at == local("2020-04-28 08:00"), "the steps together"
    assert evolve(None, store.log[0]) == dossier


def versions(store: MemoryDossiers, *later: Any) -> DossierContext:
    """Return ports whose procedure has these versions after the shipped one."""
    known = ProcedureVersions(PROCEDURE, (SHIPPED, *later))
    return replace(dossier_context(store), registry=ShippedRegistry(procedures=(known,)))


NEXT = replace(SHIPPED, version=2, published_on=date(2020, 4, 24), limit=TimeLimit(Decimal(9), LimitUnit.WORKING_DAY))
NEXT_MORNING = local("2020-04-24 08:00")


def test_an_acceptance_keeps_the_version_that_was_submitted(store: MemoryDossiers) -> None:
    desk = versions(store, NEXT)
    dossier = submitted(desk)
    accepted = accept_submission(act(dossier, at=NEXT_MORNING), desk).dossier
    assert (accepted.procedure_version, accepted.due_at) == (1, local("2020-04-29 08:00")), "three days and not nine"
    assert receive(desk, NEXT_MORNING).procedure_version == 2


def test_an_acceptance_keeps_the_agency_that_was_submitted_to(store: MemoryDossiers) -> None:
    desk = versions(store, replace(NEXT, agency_id="stp"))
    dossier = submitted(desk)
    accepted = accept_submission(act(dossier, at=NEXT_MORNING), desk).dossier
    assert accepted.agency_id == "skhdt"
    prefix = receive(dossier_context(MemoryDossiers()), NEXT_MORNING).number.rpartition("-")[0]
    assert accepted.number.rpartition("-")[0] == prefix, "the number is of the agency that issues the result"


def test_an_acceptance_that_finds_the_calendar_of_a_year_missing_is_refused_and_the_submission_was_not(
    store: MemoryDossiers,
) -> None:
    known = replace(CALENDAR, years=frozenset({2020}))
    desk, at = replace(dossier_context(store), registry=ShippedRegistry(calendar=known)), local("2020-12-31 16:00")
    dossier = submitted(desk, at)
    assert dossier.answer_by is None, "nothing is promised"
    refusal = refused_with(lambda: accept_submission(act(dossier, at=at), desk))
    assert (refusal.code, refusal.faults[0].params["year"]) == ("calendar_year_unknown", "2021")
    assert (store.states[dossier.id], store.numbers) == (dossier, {})


def test_that_the_originals_were_taken_is_on_record(store: MemoryDossiers) -> None:
    desk = desk_of(store)
    dossier = replace(in_process(dossier_context(store)), status=Status.RESULT_READY)
    store.states[dossier.id] = dossier
    return_result(act(dossier), ChannelOut.COUNTER, desk, originals_taken=True)
    assert store.log[-1].data["originals_taken"] is True
    other = replace(in_process(dossier_context(store)), status=Status.RESULT_READY)
    store.states[other.id] = other
    return_result(act(other), ChannelOut.COUNTER, dossier_context(store), originals_taken=True)
    assert "originals_taken" not in store.log[-1].data, "where none are due nobody is made to say so"


def test_where_originals_are_due_the_post_is_refused_at_receipt_and_at_submission(store: MemoryDossiers) -> None:
    desk = desk_of(store)
    asked = SubmitDossier("mc-tinh", PROCEDURE, ChannelOut.POST, PERSONS, OWNER.number)
    for call in (
        lambda: receive(desk, channel_out=ChannelOut.POST),
        lambda: submit_dossier(asked, stamp(), key(), desk),
    ):
        assert refused_with(call).code == "originals_due_by_post"
    assert store.log == []
