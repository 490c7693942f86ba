"""A linked dossier is in the inbox of each agency whose part is running, and in none whose part is done."""

from dataclasses import replace

import pytest

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.event import EventType
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand, changed
from motcua.usecases.processing.finish_leg import finish_leg
from motcua.usecases.processing.process_dossier import take_over
from motcua.usecases.processing.route_dossier import transfer
from tests.adapters.conftest import Cloud
from tests.adapters.crowd import at_once, errors
from tests.kit.fakes import CLERK, REAL_NOW, key, stamp
from tests.kit.life.linked_dossiers import JUSTICE, LEAD, PROVINCE, REGISTRY, act, at, officer, received

pytestmark = pytest.mark.engine


def desk(cloud: Cloud) -> DossierContext:
    return replace(cloud.office(cloud.dossiers(clock=REAL_NOW.timestamp)), registry=REGISTRY)


def begun(office: DossierContext) -> Dossier:
    dossier = received(office)
    return transfer(StaffCommand(dossier.id, 1, CLERK, stamp(), key()), office).dossier


def finished(office: DossierContext, dossier: Dossier, agency_id: str) -> Dossier:
    taken = take_over(act(dossier, officer(agency_id)), office).dossier
    return finish_leg(act(taken, officer(agency_id)), agency_id, office).dossier


def in_inboxes(office: DossierContext, *statuses: Status) -> set[str]:
    return {
        unit
        for unit in (JUSTICE, PROVINCE, LEAD, "mc-tinh")
        for status in statuses or (Status.IN_PROCESS,)
        if office.dossiers.inbox(unit, status, "", 10).dossiers
    }


def test_it_lies_where_a_part_is_running_and_goes_when_that_is_done(cloud: Cloud) -> None:
    office = desk(cloud)
    dossier = begun(office)
    assert in_inboxes(office) == {JUSTICE, PROVINCE, LEAD}
    for unit in (JUSTICE, PROVINCE, LEAD):
        assert office.dossiers.inbox(unit, Status.IN_PROCESS, "", 10).dossiers == (dossier,), (
            "the same state everywhere"
        )
    dossier = finished(office, dossier, JUSTICE)
    assert in_inboxes(office) == {PROVINCE, LEAD}
    dossier = finished(office, dossier, PROVINCE)
    assert in_inboxes(office) == {LEAD}
    assert office.dossiers.load(dossier.id) == dossier


def test_it_leaves_every_inbox_at_its_end(cloud: Cloud) -> None:
    office = desk(cloud)
    dossier = begun(office)
    event = replace(office.dossiers.events(dossier.id)[-1], type=EventType.DOSSIER_WITHDRAWN, version=3, data={})
    office.dossiers.commit(changed(dossier, event))
    assert in_inboxes(office, *Status) == set()


def test_pages_of_another_agencys_inbox_show_each_dossier_once_earliest_due_first(cloud: Cloud) -> None:
    office = desk(cloud)
    moments = [at(f"04-23 08:0{minute}") for minute in (3, 1, 2, 0, 4)]
    due = []
    for moment in moments:
        dossier = received(office, moment)
        dossier = transfer(StaffCommand(dossier.id, 1, CLERK, stamp(moment), key()), office).dossier
        due.append((dossier.legs[0].due_at, dossier.id))
    seen: list[str] = []
    cursor = ""
    while True:
        page = office.dossiers.inbox(JUSTICE, Status.IN_PROCESS, cursor, 2)
        seen += [each.id for each in page.dossiers]
        if not (cursor := page.after):
            break
    assert seen == [dossier_id for _, dossier_id in sorted(due, key=lambda each: str(each[0]))]


def test_of_two_agencies_that_finish_at_once_each_is_heard_and_the_next_step_begins_once(cloud: Cloud) -> None:
    """One wins. The other gets a conflict, reads the dossier again and finishes, which begins the next step."""
    office = desk(cloud)
    dossier = begun(office)
    for agency_id in (JUSTICE, PROVINCE):
        dossier = take_over(act(dossier, officer(agency_id)), office).dossier

    def finish(place: int) -> str:
        agency_id = (JUSTICE, PROVINCE)[place]
        finish_leg(act(dossier, officer(agency_id)), agency_id, office)
        return agency_id

    outcomes = at_once(2, finish)
    (first,) = [each for each in outcomes if isinstance(each, str)]
    assert errors(outcomes) == ["ConflictError"]
    known = office.dossiers.load(dossier.id)
    assert known is not None
    last = PROVINCE if first == JUSTICE else JUSTICE
    after = finish_leg(act(known, officer(last)), last, office).dossier
    begins = [event for event in office.dossiers.events(dossier.id) if event.data.get("starts") and event.version > 2]
    assert [event.data["agency"] for event in begins] == [last]
    assert [leg.agency_id for leg in after.legs if leg.running] == [LEAD]
    state = None
    for event in office.dossiers.events(dossier.id):
        state = evolve(state, event)
    assert state == after
