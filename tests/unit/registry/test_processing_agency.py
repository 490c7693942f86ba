"""Which agency issues a result: by procedure and one-stop unit, from the shipped registry."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.domain.dossier.acts.results import check_post_offered
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.errors import RefusedError
from motcua.domain.registry.procedure import Procedure, ProcedureVersions
from motcua.domain.registry.processing_agency import processing_agency
from motcua.domain.registry.unit import Level, UnitKind
from motcua.usecases.registry.find_service import receivable
from tests.kit.shipped import PROCEDURES, UNITS


def procedure(**wanted: object) -> Procedure:
    """Return the first published procedure with these values."""
    return next(
        each
        for each in PROCEDURES.values()
        if each.published and all(getattr(each, name) == value for name, value in wanted.items())
    )


DISTRICT_ONLY = procedure(levels=frozenset({Level.DISTRICT}), counts_in_department=False)
OF_DEPARTMENT = procedure(levels=frozenset({Level.PROVINCE}), agency_id="skhdt")
OF_SUB_UNIT = procedure(counts_in_department=True, agency_id="sldtbxh")


@pytest.mark.parametrize(
    ("unit", "level"), [("mc-tinh", Level.PROVINCE), ("mc-h288", Level.DISTRICT), ("mc-x10507", Level.COMMUNE)]
)
def test_a_one_stop_unit_receives_at_the_level_of_the_committee_it_serves(unit: str, level: Level) -> None:
    assert UNITS[unit].level is level


def test_at_the_provincial_centre_the_department_that_owns_the_procedure_issues_the_result() -> None:
    assert processing_agency(OF_DEPARTMENT, UNITS["mc-tinh"]) == "skhdt"


def test_elsewhere_the_committee_of_the_receiving_unit_issues_it() -> None:
    assert processing_agency(DISTRICT_ONLY, UNITS["mc-h288"]) == "h288"


def test_a_sub_unit_counts_in_its_department_at_every_level() -> None:
    everywhere = replace(OF_SUB_UNIT, levels=frozenset(Level))
    assert {processing_agency(everywhere, UNITS[unit]) for unit in ("mc-tinh", "mc-h288", "mc-x10507")} == {"sldtbxh"}


@pytest.mark.parametrize(
    ("asked", "unit"),
    [(DISTRICT_ONLY, "mc-tinh"), (DISTRICT_ONLY, "mc-x10507"), (OF_DEPARTMENT, "mc-h288")],
)
def test_a_procedure_is_refused_where_it_is_not_received(asked: Procedure, unit: str) -> None:
    with pytest.raises(RefusedError) as refused:
        processing_agency(asked, UNITS[unit])
    assert refused.value.code == "procedure_not_received_here"
    assert refused.value.faults[0].params["unit"] == UNITS[unit].name_vi


def test_the_centre_refuses_what_it_does_not_serve() -> None:
    with pytest.raises(RefusedError, match="procedure_not_received_here"):
        processing_agency(replace(OF_DEPARTMENT, agency_id="h288"), UNITS["mc-tinh"])


def test_an_unpublished_procedure_is_refused_by_rule_r4() -> None:
    draft = ProcedureVersions(OF_DEPARTMENT.code, (replace(OF_DEPARTMENT, published_on=None),))
    with pytest.raises(RefusedError) as refused:
        receivable(draft, OF_DEPARTMENT.code, date(2020, 4, 23))
    assert (refused.value.code, refused.value.rule) == ("procedure_not_published", "R4")


def test_every_published_procedure_has_an_existing_agency_at_each_of_its_levels() -> None:
    at = {Level.PROVINCE: "mc-tinh", Level.DISTRICT: "mc-h288", Level.COMMUNE: "mc-x10507"}
    for each in PROCEDURES.values():
        for level in each.levels if each.published else ():
            agency = UNITS[processing_agency(each, UNITS[at[level]])]
            assert agency.kind in (UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE), each.code


@pytest.mark.parametrize(("post_out", "offered"), [(True, True), (None, True), (False, False)])
def test_post_is_offered_unless_the_published_list_says_no(post_out: bool | None, offered: bool) -> None:
    asked = replace(OF_DEPARTMENT, post_out=post_out)
    check_post_offered(asked, ChannelOut.COUNTER)
    if offered:
        check_post_offered(asked, ChannelOut.POST)
    else:
        with pytest.raises(RefusedError, match="post_not_offered"):
            check_post_offered(asked, ChannelOut.POST)
