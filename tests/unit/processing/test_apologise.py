"""The apology and its new date (form 04): once, by the head, in time, without effect on early or late."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from motcua.contracts.reading.track_dossier import TrackingView
from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.acts.processing import ApologyTerms, apologised
from motcua.domain.dossier.acts.waiting import Resumption, SupplementTerms, supplement_completed, supplement_requested
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.errors import ForbiddenError, InvalidError, RefusedError
from motcua.domain.event import EventType
from motcua.domain.local_time import LOCAL
from motcua.domain.rules.values import SupplementLimit
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.processing.apologise import apologise
from tests.kit.fakes import OFFICER, MemoryDossiers, key, stamp
from tests.kit.life.dossiers import in_process

HEAD = Principal("staff-9", frozenset({(Role.HEAD, "skhdt")}))
DUE = datetime(2020, 5, 7, 8, 0, tzinfo=LOCAL)
"""Thursday; one working day before it is Wednesday 6 May, 8:00."""
REASON = "Hồ sơ phức tạp"
TERMS = SupplementTerms(SupplementLimit(1, 1), "supplement-limit", restarts=True, expires_at=DUE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=LOCAL)


@pytest.fixture
def dossier(store: MemoryDossiers, desk: DossierContext) -> Dossier:
    """Return a dossier at the agency, due on 7 May."""
    made = replace(in_process(desk), due_at=DUE)
    store.states[made.id] = made
    return made


def send(
    dossier: Dossier, desk: DossierContext, when: str, new: str = "05-12 09:00", by: Principal = HEAD, **more: Any
) -> Dossier:
    act = StaffCommand(dossier.id, dossier.version, by, stamp(at(when), by.subject), more.get("once") or key())
    return apologise(act, at(new), REASON, desk).dossier


def test_the_new_date_stands_beside_the_due_date_and_changes_nothing_else(
    store: MemoryDossiers, desk: DossierContext, dossier: Dossier
) -> None:
    sent = send(dossier, desk, "05-05 10:00")
    assert sent.new_due_at == at("05-12 09:00")
    assert sent == replace(
        dossier, version=sent.version, changed_at=sent.changed_at, new_due_at=sent.new_due_at, apologies=1
    )
    assert store.persons[dossier.id].last_reason == REASON
    event = store.log[-1]
    assert event.type is EventType.DOSSIER_APOLOGISED
    assert event.data.keys() == {"new_due_at", "rule"}, "why stands in no event"


def test_who_tracks_the_dossier_sees_both_dates(desk: DossierContext, dossier: Dossier) -> None:
    tracked = TrackingView.from_domain(send(dossier, desk, "05-05 10:00"))
    assert (tracked.due_at, tracked.new_due_at) == (DUE, at("05-12 09:00"))


def test_a_limit_that_counts_anew_overtakes_the_new_date_and_a_short_pause_does_not(
    desk: DossierContext, dossier: Dossier
) -> None:
    """A promised date before the limit itself is not shown."""
    sent = send(dossier, desk, "05-05 10:00")

    def back(due: str) -> Dossier:
        asked = evolve(sent, supplement_requested(sent, TERMS, stamp(at("05-05 14:00"))))
        return evolve(asked, supplement_completed(asked, Resumption(at(due), "2020.1"), stamp(at("05-06 08:00"))))

    assert back("05-11 08:00").new_due_at == at("05-12 09:00")
    assert back("05-12 09:00").new_due_at is None
    assert back("05-28 08:00").new_due_at is None
    assert back("05-28 08:00").apologies == 1, "a new date is set once all the same"


def test_one_working_day_before_the_due_date_is_the_last_moment(desk: DossierContext, dossier: Dossier) -> None:
    with pytest.raises(RefusedError) as refused:
        send(dossier, desk, "05-06 08:01")
    assert refused.value.code == "apology_too_late"
    assert refused.value.faults[0].params["latest"] == "08:00 06/05/2020"
    assert refused.value.rule.startswith("apology · ")
    assert send(dossier, desk, "05-06 08:00").new_due_at


def test_days_off_are_not_counted(store: MemoryDossiers, desk: DossierContext, dossier: Dossier) -> None:
    """30 April and 1 May are off, so the working day before Monday 4 May is Wednesday 29 April."""
    store.states[dossier.id] = due_monday = replace(dossier, due_at=at("05-04 08:00"))
    with pytest.raises(RefusedError) as refused:
        send(due_monday, desk, "05-02 08:00")
    assert refused.value.faults[0].params["latest"] == "08:00 29/04/2020"


def test_a_new_date_is_set_once_naming_the_rule(desk: DossierContext, dossier: Dossier) -> None:
    sent = send(dossier, desk, "05-05 10:00")
    with pytest.raises(RefusedError) as refused:
        send(sent, desk, "05-05 11:00", "05-14 09:00")
    assert (refused.value.code, refused.value.faults[0].params["times"]) == ("apologised_before", "1")
    assert refused.value.rule.startswith("apology · ")


@pytest.mark.parametrize("new", ["05-06 09:00", "05-07 08:00"])
def test_the_new_date_comes_after_the_due_date(desk: DossierContext, dossier: Dossier, new: str) -> None:
    with pytest.raises(RefusedError) as refused:
        send(dossier, desk, "05-05 10:00", new)
    assert (refused.value.code, refused.value.faults[0].pointer) == ("new_date_not_later", "/new_due_at")


@pytest.mark.parametrize("new", ["05-09 09:00", "05-10 09:00", "05-12 12:00", "05-12 06:59", "05-12 17:01"])
def test_the_new_date_lies_in_working_hours(desk: DossierContext, dossier: Dossier, new: str) -> None:
    with pytest.raises(RefusedError) as refused:
        send(dossier, desk, "05-05 10:00", new)
    assert (refused.value.code, refused.value.faults[0].pointer) == ("new_date_not_worked", "/new_due_at")


@pytest.mark.parametrize("new", ["05-12 07:00", "05-12 11:30", "05-12 13:30", "05-12 17:00"])
def test_opening_and_closing_hours_are_working_hours(desk: DossierContext, dossier: Dossier, new: str) -> None:
    assert send(dossier, desk, "05-05 10:00", new).new_due_at == at(new)


def test_a_year_whose_calendar_is_not_announced_is_refused_by_its_year(desk: DossierContext, dossier: Dossier) -> None:
    act = StaffCommand(dossier.id, dossier.version, HEAD, stamp(at("05-05 10:00")), key())
    with pytest.raises(InvalidError) as refused:
        apologise(act, datetime(2099, 1, 5, 9, 0, tzinfo=LOCAL), REASON, desk)
    assert refused.value.code == "calendar_year_unknown"


def test_only_the_head_apologises(desk: DossierContext, dossier: Dossier) -> None:
    with pytest.raises(ForbiddenError) as refused:
        send(dossier, desk, "05-05 10:00", by=OFFICER)
    assert refused.value.faults[0].params == {"role": "head", "role_vi": "lãnh đạo", "unit": "skhdt"}


def test_without_a_due_date_there_is_none_to_set_anew(
    store: MemoryDossiers, desk: DossierContext, dossier: Dossier
) -> None:
    store.states[dossier.id] = undated = replace(dossier, due_at=None)
    with pytest.raises(RefusedError) as refused:
        send(undated, desk, "05-05 10:00")
    assert refused.value.code == "no_due_date"


def test_where_the_rule_lets_two_be_set_the_third_is_refused(dossier: Dossier) -> None:
    terms = ApologyTerms(2, at("05-06 08:00"), "apology")
    for new in ("05-12 09:00", "05-13 09:00"):
        dossier = evolve(dossier, apologised(dossier, at(new), terms, stamp(at("05-05 10:00"))))
    assert dossier.new_due_at == at("05-13 09:00")
    with pytest.raises(RefusedError):
        apologised(dossier, at("05-14 09:00"), terms, stamp(at("05-05 10:00")))


def test_a_retried_request_apologises_once(store: MemoryDossiers, desk: DossierContext, dossier: Dossier) -> None:
    once = key("apology")
    first = send(dossier, desk, "05-05 10:00", once=once)
    send(dossier, desk, "05-05 10:00", once=once)
    assert store.states[dossier.id] == first
    assert [event.type for event in store.log].count(EventType.DOSSIER_APOLOGISED) == 1
