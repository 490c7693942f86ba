"""A mistaken receipt is corrected as its next version. The number never changes."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.domain.dossier.components import Brought, PaperForm
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import ConflictError, ForbiddenError, InvalidError, RefusedError
from motcua.domain.registry.procedure import Component, ProcedureVersions
from motcua.domain.status import Status
from motcua.usecases.intake.ask_at_intake import AtIntake
from motcua.usecases.intake.correct_receipt import Correction, correct_receipt
from tests.kit.fakes import OFFICER, OWNER, PROCEDURE, MemoryDossiers, dossier_context
from tests.kit.intake import COUNTED, OTHER, act, at_status, desk_of, local, receive, refused_with
from tests.kit.life.dossiers import in_process, ready_for_post, received
from tests.kit.shipped import ShippedRegistry


def test_a_mistaken_receipt_gets_its_next_version_and_keeps_its_number(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = received(desk)
    right = replace(OWNER, name="Nguyễn Văn Mẫu B")
    for version in (2, 3):
        after = correct_receipt(act(store.states[dossier.id]), Correction(right), "Ghi sai tên", desk).dossier
        assert (after.receipt_version, after.number, after.due_at) == (version, dossier.number, dossier.due_at)
        assert store.log[-1].data == {"receipt_version": version}, "nobody's name stands in an event"
    assert store.persons[dossier.id].owner == right
    assert store.persons[dossier.id].reasons == {2: "Ghi sai tên", 3: "Ghi sai tên"}


def test_the_papers_of_a_receipt_are_put_right_and_checked(store: MemoryDossiers) -> None:
    desk = desk_of(store)
    dossier, papers = receive(desk), (Brought(1, PaperForm.ORIGINAL),)
    with pytest.raises(InvalidError):
        correct_receipt(act(dossier), Correction(papers=(Brought(1, PaperForm.COPY),)), "Ghi sai", desk)
    assert correct_receipt(act(dossier), Correction(papers=papers), "Ghi sai", desk).dossier.papers == papers


@pytest.mark.parametrize(
    "status", [Status.SUBMITTED, Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.RETURNED, Status.REFUSED]
)
def test_there_is_no_receipt_to_correct_before_receipt_or_after_the_end(store: MemoryDossiers, status: Status) -> None:
    desk = dossier_context(store)
    mistaken = act(at_status(store, desk, status))
    refusal = refused_with(lambda: correct_receipt(mistaken, Correction(OWNER), "Ghi sai", desk))
    assert refusal.code == "move_not_allowed"


def test_a_corrected_submitter_needs_a_proof_of_authority(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = received(desk)
    with pytest.raises(InvalidError) as refused:
        correct_receipt(act(dossier), Correction(submitter=OTHER), "Ghi sai", desk)
    assert refused.value.faults[0].pointer == "/authority"
    correct_receipt(act(dossier), Correction(submitter=OTHER, authority="Giấy uỷ quyền số 01"), "Ghi sai", desk)
    assert store.persons[dossier.id].authority == "Giấy uỷ quyền số 01"


def test_a_correction_leaves_somebody_whom_the_post_can_find(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = received(desk, ChannelOut.POST)
    with pytest.raises(RefusedError) as refused:
        correct_receipt(act(dossier), Correction(replace(OWNER, address="")), "Ghi sai", desk)
    assert refused.value.code == "address_needed_for_post"


def test_what_the_post_carries_is_still_right_after_a_correction(store: MemoryDossiers) -> None:
    """A parcel under way keeps its order, because the carrier has the address that it was given."""
    desk = dossier_context(store)
    order = ready_for_post(desk)
    dossier = store.states[order.partition("-")[0]]
    parcel = store.parcels[order]
    after = correct_receipt(act(dossier), Correction(replace(OWNER, name="Nguyễn Văn B")), "Ghi sai", desk).dossier
    assert after.parcel_open
    assert store.parcels[order] == parcel


@pytest.mark.parametrize(
    "status",
    [
        Status.RECEIVED,
        Status.IN_PROCESS,
        Status.SUPPLEMENT_REQUESTED,
        Status.PAYMENT_DUE,
        Status.PAUSED,
        Status.RESULT_READY,
    ],
)
def test_while_a_receipt_is_in_use_it_is_put_right(store: MemoryDossiers, status: Status) -> None:
    desk = dossier_context(store)
    dossier = at_status(store, desk, status)
    after = correct_receipt(act(dossier), Correction(OWNER), "Ghi sai", desk).dossier
    assert (after.receipt_version, after.status, after.number) == (2, status, dossier.number)
    assert after.version == dossier.version + 1


def test_only_the_units_clerk_corrects_a_receipt(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = in_process(desk)
    with pytest.raises(ForbiddenError):
        correct_receipt(act(dossier, OFFICER), Correction(OWNER), "Ghi sai", desk)
    assert store.states[dossier.id] == dossier


def test_of_two_corrections_of_one_version_one_wins(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    dossier = received(desk)
    correct_receipt(act(dossier), Correction(OWNER), "Ghi sai tên", desk)
    with pytest.raises(ConflictError):
        correct_receipt(act(dossier), Correction(OTHER), "Ghi sai tên", desk)
    assert store.states[dossier.id].receipt_version == 2
    assert store.persons[dossier.id].owner == OWNER


def test_a_correction_of_the_owner_keeps_the_others_and_the_reasons_before(store: MemoryDossiers) -> None:
    desk = dossier_context(store)
    persons = Persons(OTHER, submitter=OWNER, authority="Giấy uỷ quyền số 01")
    dossier = receive(desk, persons=persons, asks=AtIntake("Thiếu bản sao"))
    right = replace(OTHER, name="Trần Thị Mẫu B")
    correct_receipt(act(dossier), Correction(right), "Ghi sai tên", desk)
    kept = store.persons[dossier.id]
    assert (kept.owner, kept.submitter, kept.authority) == (right, OWNER, "Giấy uỷ quyền số 01")
    assert kept.reasons == {2: "Thiếu bản sao", 3: "Ghi sai tên"}


def test_a_corrected_owner_needs_the_submitters_proof_too(store: MemoryDossiers) -> None:
    """A submitter of an own dossier acts for another person once the owner turns out to be somebody else."""
    desk = dossier_context(store)
    dossier = receive(desk, persons=Persons(OWNER, submitter=OWNER))
    with pytest.raises(InvalidError):
        correct_receipt(act(dossier), Correction(owner=OTHER), "Ghi sai chủ hồ sơ", desk)


def test_the_papers_are_checked_by_the_version_of_the_receipt(store: MemoryDossiers) -> None:
    desk = desk_of(store)
    dossier = receive(desk)
    later = replace(COUNTED, version=2, published_on=date(2020, 4, 24), components=(Component("Đơn khác", copies=1),))
    known = ProcedureVersions(PROCEDURE, (COUNTED, later))
    after = replace(desk, registry=ShippedRegistry(procedures=(known,)))
    papers = (Brought(1, PaperForm.ORIGINAL),)
    at = local("2020-04-27 08:00")
    assert correct_receipt(act(dossier, at=at), Correction(papers=papers), "Ghi sai", after).dossier.papers == papers
