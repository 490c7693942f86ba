"""The handover of paper: the one-stop unit and the agency sign once each, and lateness is shown."""

from dataclasses import replace
from datetime import datetime

import pytest

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.parts import PaperLeg
from motcua.domain.errors import ForbiddenError, RefusedError
from motcua.domain.local_time import LOCAL
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.processing.hand_over_paper import hand_over_paper, take_paper
from tests.kit.fakes import CLERK, OFFICER, MemoryDossiers, key, stamp
from tests.kit.life.dossiers import in_process

DUE = datetime(2020, 4, 23, 17, 0, tzinfo=LOCAL)
IN_TIME = datetime(2020, 4, 23, 14, 0, tzinfo=LOCAL)
LATE = datetime(2020, 4, 24, 7, 0, tzinfo=LOCAL)


def act(dossier: Dossier, by: Principal, at: datetime = IN_TIME) -> StaffCommand:
    return StaffCommand(dossier.id, dossier.version, by, stamp(at, by.subject), key())


def with_paper(store: MemoryDossiers, desk: DossierContext, paper: PaperLeg | None) -> Dossier:
    dossier = replace(in_process(desk), paper=paper)
    store.states[dossier.id] = dossier
    return dossier


def test_both_sides_sign(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = with_paper(store, desk, PaperLeg(DUE))
    handed = hand_over_paper(act(dossier, CLERK), desk).dossier
    taken = take_paper(act(handed, OFFICER), desk).dossier
    assert taken.paper == PaperLeg(DUE, IN_TIME, CLERK.subject, IN_TIME, OFFICER.subject)
    assert taken.status is dossier.status, "the electronic dossier went ahead"
    assert [event.type.value for event in store.log[-2:]] == ["dossier.paper_handed_over", "dossier.paper_taken"]


@pytest.mark.parametrize(("at", "late"), [(DUE, False), (LATE, True)])
def test_handed_over_after_its_time_shows(
    store: MemoryDossiers, desk: DossierContext, at: datetime, late: bool
) -> None:
    dossier = with_paper(store, desk, PaperLeg(DUE))
    handed = hand_over_paper(act(dossier, CLERK, at), desk).dossier
    assert handed.paper is not None
    assert handed.paper.late_at(at) is late
    assert store.log[-1].data["late"] is late


def test_each_side_signs_once(store: MemoryDossiers, desk: DossierContext) -> None:
    handed = hand_over_paper(act(with_paper(store, desk, PaperLeg(DUE)), CLERK), desk).dossier
    with pytest.raises(RefusedError) as again:
        hand_over_paper(act(handed, CLERK, LATE), desk)
    assert again.value.code == "paper_handed_over_before"
    assert again.value.faults[0].params["at"] == "14:00 23/04/2020"
    taken = take_paper(act(handed, OFFICER), desk).dossier
    with pytest.raises(RefusedError) as twice:
        take_paper(act(taken, OFFICER, LATE), desk)
    assert twice.value.code == "paper_taken_before"


def test_what_was_not_handed_over_is_not_signed_for(store: MemoryDossiers, desk: DossierContext) -> None:
    with pytest.raises(RefusedError) as refused:
        take_paper(act(with_paper(store, desk, PaperLeg(DUE)), OFFICER), desk)
    assert refused.value.code == "paper_not_handed_over"


def test_where_there_is_no_paper_nobody_signs(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = with_paper(store, desk, None)
    for sign, by in ((hand_over_paper, CLERK), (take_paper, OFFICER)):
        with pytest.raises(RefusedError) as refused:
            sign(act(dossier, by), desk)
        assert refused.value.code == "no_paper"


def test_each_side_signs_for_itself(store: MemoryDossiers, desk: DossierContext) -> None:
    dossier = with_paper(store, desk, PaperLeg(DUE))
    with pytest.raises(ForbiddenError):
        hand_over_paper(act(dossier, OFFICER), desk)
    handed = hand_over_paper(act(dossier, CLERK), desk).dossier
    with pytest.raises(ForbiddenError):
        take_paper(act(handed, CLERK), desk)
