"""Assignment by the head, and opinions of other agencies, which find the dossier in their inboxes."""

from datetime import datetime
from decimal import Decimal

import pytest

from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.errors import ForbiddenError, InvalidError, MotcuaError, NotFoundError, RefusedError
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.procedure import LimitUnit, TimeLimit
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.access.may_see import may_see
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.processing.ask_opinion import ask_opinion, give_opinion
from motcua.usecases.processing.assign_dossier import assign_dossier
from motcua.usecases.processing.process_dossier import resolve, take_over
from tests.kit.fakes import CLERK, OFFICER, MemoryDossiers, dossier_context, key, stamp
from tests.kit.life.dossiers import in_process, received

HEAD = Principal("staff-9", frozenset({(Role.HEAD, "skhdt")}))
OF_JUSTICE = Principal("staff-7", frozenset({(Role.OFFICER, "stp")}))
AT_BOTH = Principal("staff-9", OF_JUSTICE.rights | OFFICER.rights)
AT_TEN = datetime(2020, 4, 23, 10, 0, tzinfo=LOCAL)
TWO_DAYS = TimeLimit(Decimal(2), LimitUnit.WORKING_DAY)


def act(dossier: Dossier, by: Principal) -> StaffCommand:
    return StaffCommand(dossier.id, dossier.version, by, stamp(AT_TEN, by.subject), key())


@pytest.fixture
def desk() -> DossierContext:
    return dossier_context(MemoryDossiers())


@pytest.fixture
def taken(desk: DossierContext) -> Dossier:
    return in_process(desk)


def code(refused: "pytest.ExceptionInfo[MotcuaError]") -> tuple[str, str]:
    return refused.value.code, refused.value.faults[0].pointer


def test_the_head_assigns_it_and_assigns_it_anew(desk: DossierContext, taken: Dossier) -> None:
    one = assign_dossier(act(taken, HEAD), "staff-21", desk).dossier
    assert (one.officer, one.status) == ("staff-21", Status.IN_PROCESS)
    assert assign_dossier(act(one, HEAD), "staff-22", desk).dossier.officer == "staff-22"


def test_who_takes_it_over_after_that_has_it(desk: DossierContext, taken: Dossier) -> None:
    assigned = assign_dossier(act(taken, HEAD), "staff-21", desk).dossier
    assert take_over(act(assigned, OFFICER), desk).dossier.officer == OFFICER.subject


def test_what_is_assigned_counts_as_taken_over(desk: DossierContext, taken: Dossier) -> None:
    assigned = assign_dossier(act(taken, HEAD), OFFICER.subject, desk).dossier
    assert resolve(act(assigned, OFFICER), desk).dossier.status is Status.RESULT_READY


def test_an_officer_assigns_nothing_and_nothing_is_assigned_before_it_is_there(
    desk: DossierContext, taken: Dossier
) -> None:
    with pytest.raises(ForbiddenError):
        assign_dossier(act(taken, OFFICER), "staff-21", desk)
    with pytest.raises(RefusedError) as refused:
        assign_dossier(act(received(desk), HEAD), "staff-21", desk)
    assert refused.value.code == "move_not_allowed"


def test_another_agency_is_asked_and_finds_it_in_its_inbox(desk: DossierContext, taken: Dossier) -> None:
    asked = ask_opinion(act(taken, OFFICER), "stp", TWO_DAYS, desk).dossier
    (opinion,) = asked.opinions
    assert opinion.due_at == datetime(2020, 4, 27, 10, 0, tzinfo=LOCAL), "two working days of the agency that is asked"
    assert (asked.status, asked.due_at) == (Status.IN_PROCESS, taken.due_at), "its own clock goes on"
    assert (asked.inbox_unit_id, asked.other_inboxes) == ("skhdt", ("stp",))


def test_its_officer_answers_and_the_dossier_leaves_that_inbox(desk: DossierContext, taken: Dossier) -> None:
    asked = ask_opinion(act(taken, OFFICER), "stp", TWO_DAYS, desk).dossier
    with pytest.raises(ForbiddenError) as refused:
        give_opinion(act(asked, OFFICER), "stp", desk)
    assert refused.value.faults[0].params == {"role": "officer", "role_vi": "cán bộ giải quyết hồ sơ", "unit": "stp"}
    given = give_opinion(act(asked, OF_JUSTICE), "stp", desk).dossier
    assert given.opinions[0].given_at == AT_TEN
    assert given.other_inboxes == ()


def test_who_was_not_asked_does_not_see_the_dossier(desk: DossierContext, taken: Dossier) -> None:
    with pytest.raises(NotFoundError):
        give_opinion(act(taken, OF_JUSTICE), "stp", desk)


def test_an_opinion_is_outstanding_once_and_can_be_asked_for_again(desk: DossierContext, taken: Dossier) -> None:
    asked = ask_opinion(act(taken, OFFICER), "stp", TWO_DAYS, desk).dossier
    with pytest.raises(RefusedError) as twice:
        ask_opinion(act(asked, OFFICER), "stp", TWO_DAYS, desk)
    assert code(twice) == ("opinion_owed_already", "/agency_id")
    given = give_opinion(act(asked, OF_JUSTICE), "stp", desk).dossier
    with pytest.raises(RefusedError) as given_twice:
        give_opinion(act(given, AT_BOTH), "stp", desk)
    assert given_twice.value.code == "no_opinion_owed"
    again = ask_opinion(act(given, OFFICER), "stp", TWO_DAYS, desk).dossier
    assert [each.given_at for each in again.opinions] == [AT_TEN, None]


@pytest.mark.parametrize(
    ("agency", "error"),
    [("skhdt", "own_opinion"), ("mc-tinh", "counter_gives_no_opinion"), ("nowhere", "unknown_unit")],
)
def test_only_another_agency_is_asked(desk: DossierContext, taken: Dossier, agency: str, error: str) -> None:
    with pytest.raises((RefusedError, InvalidError)) as refused:
        ask_opinion(act(taken, OFFICER), agency, TWO_DAYS, desk)
    assert code(refused) == (error, "/agency_id")


def test_a_clerk_asks_nobody(desk: DossierContext, taken: Dossier) -> None:
    with pytest.raises(ForbiddenError):
        ask_opinion(act(taken, CLERK), "stp", TWO_DAYS, desk)


def test_it_may_be_resolved_while_an_opinion_is_outstanding_which_is_then_dropped(
    desk: DossierContext, taken: Dossier
) -> None:
    asked = ask_opinion(act(taken, OFFICER), "stp", TWO_DAYS, desk).dossier
    resolved = resolve(act(asked, OFFICER), desk).dossier
    assert (resolved.status, resolved.other_inboxes) == (Status.RESULT_READY, ())
    with pytest.raises(RefusedError) as refused:
        give_opinion(act(resolved, AT_BOTH), "stp", desk)
    assert refused.value.code == "move_not_allowed"


def test_who_was_asked_reads_it_until_the_opinion_is_given_or_the_dossier_has_its_result(
    desk: DossierContext, taken: Dossier
) -> None:
    assert not may_see(OF_JUSTICE, taken)
    asked = ask_opinion(act(taken, OFFICER), "stp", TWO_DAYS, desk).dossier
    assert may_see(OF_JUSTICE, asked)
    assert not may_see(OF_JUSTICE, give_opinion(act(asked, OF_JUSTICE), "stp", desk).dossier)


def test_who_was_asked_in_vain_reads_nothing_once_the_result_is_ready(desk: DossierContext, taken: Dossier) -> None:
    asked = ask_opinion(act(taken, OFFICER), "stp", TWO_DAYS, desk).dossier
    assert not may_see(OF_JUSTICE, resolve(act(asked, OFFICER), desk).dossier)
