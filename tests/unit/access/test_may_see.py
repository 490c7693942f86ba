"""Roles and units from group names, and who may see which dossier."""

from dataclasses import replace

import pytest

from motcua.domain.access.principal import Principal, Role, rights_of
from motcua.domain.errors import ForbiddenError, NotFoundError
from motcua.domain.status import Status
from motcua.usecases.access.may_see import check_may_list, check_may_see, may_see
from tests.kit.fakes import MemoryDossiers, dossier_context
from tests.kit.life.dossiers import in_process

DOSSIER = in_process(dossier_context(MemoryDossiers()))


def who(*groups: str) -> Principal:
    return Principal("staff", rights_of(list(groups)))


@pytest.mark.parametrize(
    ("group", "rights"),
    [
        ("clerk@mc-tinh", {(Role.CLERK, "mc-tinh")}),
        ("controller@tinh", {(Role.CONTROLLER, "tinh")}),
        ("clerk", set()),
        ("clerk@", set()),
        ("@mc-tinh", set()),
        ("king@mc-tinh", set()),
        ("CLERK@mc-tinh", set()),
        ("", set()),
    ],
)
def test_a_group_of_another_shape_grants_nothing(group: str, rights: set[tuple[Role, str]]) -> None:
    assert rights_of([group]) == rights


@pytest.mark.parametrize(
    ("group", "received", "in_process"),
    [
        ("clerk@mc-tinh", True, True),
        ("controller@tinh", True, True),
        ("officer@skhdt", False, True),
        ("head@skhdt", False, True),
        ("clerk@mc-h288", False, False),
        ("officer@snv", False, False),
        ("clerk@skhdt", False, False),
        ("admin@tinh", False, False),
        ("nobody", False, False),
    ],
)
def test_an_agency_sees_a_dossier_only_once_it_has_left_the_counter(
    group: str, received: bool, in_process: bool
) -> None:
    assert may_see(who(group), replace(DOSSIER, status=Status.SUBMITTED)) is received
    assert may_see(who(group), replace(DOSSIER, status=Status.NOT_ACCEPTED)) is received
    assert may_see(who(group), DOSSIER) is in_process


def test_unknown_and_unseen_are_answered_alike() -> None:
    for dossier in (None, DOSSIER):
        with pytest.raises(NotFoundError, match="dossier_not_found"):
            check_may_see(who("officer@snv"), dossier)


def test_an_inbox_is_listed_by_its_own_people_and_the_controller() -> None:
    check_may_list(who("officer@skhdt"), "skhdt")
    check_may_list(who("controller@tinh"), "skhdt")
    with pytest.raises(ForbiddenError, match="unit_not_yours"):
        check_may_list(who("clerk@mc-tinh"), "skhdt")


def test_a_missing_right_is_named() -> None:
    with pytest.raises(ForbiddenError) as forbidden:
        who("officer@skhdt").require(Role.CLERK, "mc-tinh")
    assert forbidden.value.faults[0].params == {"role": "clerk", "role_vi": "cán bộ Bộ phận Một cửa", "unit": "mc-tinh"}
