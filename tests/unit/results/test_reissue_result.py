"""A wrong result is corrected, a lost one reissued: whoever is at fault pays, and the figure counts once."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.acts.correction import PAID_BY, ReissueTerms, check_who_pays
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import AtFault, Reissue, ReissueKind
from motcua.domain.errors import ForbiddenError, RefusedError
from motcua.domain.event import EventType
from motcua.domain.local_time import LOCAL
from motcua.domain.post.parcel import ParcelState
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import CommandResult, StaffCommand
from motcua.usecases.results.choose_return_channel import Choice, choose_return_channel
from motcua.usecases.results.reissue_result import reissue_result
from motcua.usecases.results.return_result import return_result
from motcua.usecases.results.reverse_act import reverse_return
from tests.kit.fakes import CLERK, OFFICER, MemoryDossiers, key, stamp
from tests.kit.life.dossiers import in_process, ready_for_post
from tests.unit.results.test_reverse_act import HEAD, THAT_DAY, act, report, resolved, returned

CORRECTION, LOSS, BY_POST = ReissueKind
AGENCY, ONE_STOP, POST, APPLICANT = AtFault
LATER = datetime(2020, 5, 20, 9, 0, tzinfo=LOCAL)
MISTAKE = ReissueTerms(CORRECTION, AGENCY, AGENCY)
LOST = ReissueTerms(BY_POST, POST, POST)
WHY = "ghi sai ngày sinh, đã xin lỗi"


def reissue(dossier: Dossier, told: ReissueTerms, desk: DossierContext, by: Principal = CLERK) -> CommandResult:
    return reissue_result(act(dossier, by, LATER), told, WHY, desk)


def state(store: MemoryDossiers) -> Dossier:
    (dossier,) = store.states.values()
    return dossier


def test_a_returned_result_is_corrected_and_stays_returned_and_counted_once(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    before = returned(desk)
    done = reissue(before, MISTAKE, desk).dossier
    assert (done.status, done.returned_at) == (Status.RETURNED, before.returned_at)
    assert done.reissues == (Reissue(CORRECTION, AGENCY, AGENCY, LATER, before.version),)
    facts = [fact for event in store.log for fact in facts_of(event) if fact.kind is FactKind.RETURNED]
    assert sum(fact.counts for fact in facts) == len(facts) == 1
    found = store.load_with_persons(done.id)
    assert found is not None
    assert found[1].reasons[done.version] == WHY


def test_it_links_to_the_old_result_and_is_numbered(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = returned(desk)
    for ordinal in (1, 2):
        after = reissue(state(store), MISTAKE, desk).dossier
        data = store.log[-1].data
        assert (data["ordinal"], data["of"]) == (ordinal, dossier.version)
    assert len(after.reissues) == 2
    old = next(event for event in store.log if event.version == data["of"])
    assert old.type is EventType.DOSSIER_RETURNED


def test_one_that_lies_ready_links_to_its_resolution(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = resolved(desk)
    assert reissue(dossier, MISTAKE, desk).dossier.status is Status.RESULT_READY
    assert store.log[-1].data["of"] == dossier.version


def test_the_head_of_the_one_stop_unit_may_do_it_and_the_agency_may_not(desk: DossierContext) -> None:
    assert reissue(returned(desk), MISTAKE, desk, HEAD).dossier.reissues
    with pytest.raises(ForbiddenError, match="role_needed"):
        reissue(returned(desk), MISTAKE, desk, Principal("staff-2", OFFICER.rights | {(Role.HEAD, "skhdt")}))


def test_what_is_not_resolved_yet_is_not_reissued(desk: DossierContext) -> None:
    with pytest.raises(RefusedError, match="move_not_allowed"):
        reissue(in_process(desk), MISTAKE, desk)


ALLOWED = {
    (CORRECTION, AGENCY, AGENCY),
    (CORRECTION, ONE_STOP, ONE_STOP),
    (CORRECTION, APPLICANT, APPLICANT),
    (CORRECTION, APPLICANT, AGENCY),
    (LOSS, AGENCY, AGENCY),
    (LOSS, ONE_STOP, ONE_STOP),
    (LOSS, APPLICANT, APPLICANT),
    (BY_POST, POST, POST),
}
"""A mistake is corrected at the cost of whoever made it, a lost result at the cost of whoever lost it."""


@pytest.mark.parametrize(("kind", "at_fault", "paid_by"), list(product(ReissueKind, AtFault, AtFault)))
def test_who_is_at_fault_pays_and_contradictions_are_refused_by_the_rules_name(
    kind: ReissueKind, at_fault: AtFault, paid_by: AtFault
) -> None:
    if (kind, at_fault, paid_by) in ALLOWED:
        check_who_pays(kind, at_fault, paid_by)
        return
    with pytest.raises(RefusedError) as refused:
        check_who_pays(kind, at_fault, paid_by)
    error = refused.value
    assert error.code == ("reissue_payer_contradicts" if at_fault in PAID_BY[kind] else "reissue_fault_contradicts")
    assert error.rule == "61/2018/NĐ-CP, Điều 21; 45/2016/QĐ-TTg (chưa đối chiếu văn bản · text not at hand)"
    assert error.faults[0].params["allowed"]


@pytest.mark.parametrize("begin", [returned, resolved])
def test_what_did_not_go_by_post_was_not_lost_there(begin: object, desk: DossierContext) -> None:
    dossier = returned(desk) if begin is returned else resolved(desk)
    with pytest.raises(RefusedError, match="no_parcel_to_lose"):
        reissue(dossier, LOST, desk)


def test_what_came_back_and_was_collected_was_not_lost_by_the_post(store: MemoryDossiers, desk: DossierContext) -> None:
    report(ready_for_post(desk), ParcelState.RETURNED, THAT_DAY, store)
    dossier = return_result(act(state(store), CLERK), ChannelOut.COUNTER, desk).dossier
    with pytest.raises(RefusedError, match="no_parcel_to_lose"):
        reissue(dossier, LOST, desk)


def test_what_the_post_delivered_may_turn_out_to_be_damaged_and_nothing_is_sent_again_at_10(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    report(ready_for_post(desk), ParcelState.DELIVERED, THAT_DAY, store, "address")
    done = reissue(state(store), LOST, desk).dossier
    assert (done.status, done.parcels, done.parcel_open) == (Status.RETURNED, 1, False)


@pytest.mark.parametrize("lost", [ParcelState.LOST, ParcelState.DAMAGED])
class TestALostParcel:
    def test_is_given_up_and_the_new_result_goes_by_post_at_once(
        self, lost: ParcelState, store: MemoryDossiers, desk: DossierContext
    ) -> None:
        order = ready_for_post(desk)
        report(order, lost, THAT_DAY, store)
        done = reissue(state(store), LOST, desk).dossier
        assert (done.status, done.parcels, done.parcel_open) == (Status.RESULT_READY, 2, True)
        assert store.parcels[order].state is lost
        assert store.parcels[f"{done.id}-2"].state is ParcelState.READY
        reissued = next(event for event in store.log if event.type is EventType.RESULT_REISSUED)
        assert reissued.data["gives_up"] == order
        assert f"{done.id}-2.1#dispatch" in store.owed

    def test_or_the_applicant_chooses_again(
        self, lost: ParcelState, store: MemoryDossiers, desk: DossierContext
    ) -> None:
        report(ready_for_post(desk), lost, THAT_DAY, store)
        done = reissue(state(store), ReissueTerms(BY_POST, POST, POST, again_by_post=False), desk).dossier
        assert (done.parcels, done.parcel_open) == (1, False)
        by_counter = choose_return_channel(act(done, CLERK, LATER), Choice(ChannelOut.COUNTER), desk).dossier
        returned_then = return_result(act(by_counter, CLERK, LATER), ChannelOut.COUNTER, desk).dossier
        assert returned_then.status is Status.RETURNED

    def test_is_the_posts_loss_and_nothing_else(
        self, lost: ParcelState, store: MemoryDossiers, desk: DossierContext
    ) -> None:
        report(ready_for_post(desk), lost, THAT_DAY, store)
        for told in (MISTAKE, ReissueTerms(LOSS, AGENCY, AGENCY)):
            with pytest.raises(RefusedError, match="lost_by_post"):
                reissue(state(store), told, desk)

    @pytest.mark.parametrize("again_by_post", [True, False])
    def test_that_turns_up_after_all_is_noted_and_returns_nothing(
        self, lost: ParcelState, again_by_post: bool, store: MemoryDossiers, desk: DossierContext
    ) -> None:
        order = ready_for_post(desk)
        report(order, lost, THAT_DAY, store)
        told = ReissueTerms(BY_POST, POST, POST, again_by_post=again_by_post)
        before = reissue(state(store), told, desk).dossier
        late = report(order, ParcelState.DELIVERED, LATER + timedelta(hours=1), store, "address")
        assert late.type is EventType.PARCEL_DELIVERED
        assert store.parcels[order].state is ParcelState.DELIVERED
        assert state(store) == before
        assert not facts_of(late)

    def test_that_turns_up_does_not_end_the_way_of_the_new_one(
        self, lost: ParcelState, store: MemoryDossiers, desk: DossierContext
    ) -> None:
        order = ready_for_post(desk)
        report(order, lost, THAT_DAY, store)
        reissue(state(store), LOST, desk)
        new = f"{state(store).id}-2"
        report(new, ParcelState.DELIVERED, LATER + timedelta(hours=1), store, "address")
        after = state(store)
        assert (after.status, after.parcel_open) == (Status.RETURNED, False)
        report(order, ParcelState.DELIVERED, LATER + timedelta(hours=2), store, "address")
        assert state(store) == after
        kinds = [fact.kind for event in store.log for fact in facts_of(event)]
        assert (kinds.count(FactKind.RETURNED), kinds.count(FactKind.DELIVERED_BY_POST)) == (1, 1)

    def test_delivered_before_it_is_given_up_returns_the_dossier_as_ever(
        self, lost: ParcelState, store: MemoryDossiers, desk: DossierContext
    ) -> None:
        order = ready_for_post(desk)
        report(order, lost, THAT_DAY, store)
        seen = state(store)
        report(order, ParcelState.DELIVERED, THAT_DAY + timedelta(hours=1), store, "address")
        assert state(store).status is Status.RETURNED
        with pytest.raises(Exception, match="version_differs"):
            reissue(seen, LOST, desk)


@pytest.mark.parametrize(
    "now",
    [None, ParcelState.COLLECTED, ParcelState.OUT_FOR_DELIVERY, ParcelState.ATTEMPT_FAILED, ParcelState.RETURNING],
)
@pytest.mark.parametrize("told", [MISTAKE, LOST])
def test_what_the_post_still_has_is_not_made_again(
    now: ParcelState | None, told: ReissueTerms, store: MemoryDossiers, desk: DossierContext
) -> None:
    order = ready_for_post(desk)
    if now:
        report(order, now, THAT_DAY, store)
    with pytest.raises(RefusedError, match="parcel_not_lost") as refused:
        reissue(state(store), told, desk)
    assert refused.value.faults[0].params["state"] == (now or ParcelState.READY).value


def test_a_return_is_not_taken_back_once_another_result_was_handed_out(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    dossier = reissue(returned(desk), MISTAKE, desk).dossier
    with pytest.raises(RefusedError, match="reissued_since"):
        reverse_return(act(dossier, HEAD, LATER), "nhầm", desk)


def test_a_correction_before_the_return_does_not_hold_its_reversal_up(desk: DossierContext) -> None:
    corrected = reissue(resolved(desk), MISTAKE, desk).dossier
    handed_over = return_result(act(corrected, CLERK, LATER), ChannelOut.COUNTER, desk).dossier
    assert reverse_return(act(handed_over, CLERK, LATER), "nhầm", desk).dossier.status is Status.RESULT_READY


def test_a_retried_request_is_answered_as_the_first_and_the_events_replay(
    store: MemoryDossiers, desk: DossierContext
) -> None:
    report(ready_for_post(desk), ParcelState.LOST, THAT_DAY, store)
    dossier = state(store)
    once = StaffCommand(dossier.id, dossier.version, CLERK, stamp(LATER), key())
    first = reissue_result(once, LOST, WHY, desk).dossier
    assert reissue_result(once, LOST, WHY, desk) == CommandResult(first, replayed=True)
    replayed: Dossier | None = None
    for event in store.log:
        if event.subject == first.id:
            replayed = evolve(replayed, event)
    assert replayed == first


def test_what_came_back_whole_was_not_lost_by_the_post(store: MemoryDossiers, desk: DossierContext) -> None:
    report(ready_for_post(desk), ParcelState.RETURNED, THAT_DAY, store)
    with pytest.raises(RefusedError, match="no_parcel_to_lose"):
        reissue(state(store), LOST, desk)
