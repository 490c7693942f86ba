"""A unit's inbox: the due date of its part, what is late there, and the reader's filter."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.parts import LinkedLeg, Opinion
from motcua.domain.local_time import LOCAL
from motcua.domain.reading.inbox import CAN_BE_LATE, NO_FILTER, InboxFilter, due_there, late_there
from motcua.domain.status import IN_AN_INBOX, Status

NOW = datetime(2020, 5, 4, 9, 0, tzinfo=LOCAL)
LATER = NOW + timedelta(hours=1)
DOSSIER = Dossier(
    id="0000000000000001",
    version=3,
    status=Status.IN_PROCESS,
    procedure_code="2.001610",
    one_stop_id="mc-tinh",
    agency_id="skhdt",
    channel_in=ChannelIn.COUNTER,
    channel_out=ChannelOut.COUNTER,
    changed_at=NOW,
    due_at=LATER,
    due_by_hours=True,
    officer="staff-2",
)
LEG = LinkedLeg(1, "stp", NOW, started_at=NOW - timedelta(days=1), officer="staff-7", by_hours=True)
LINKED = replace(DOSSIER, legs=(LEG, LinkedLeg(2, "skhdt", LATER)))


def test_a_dossier_is_due_at_its_agency_when_it_is_due() -> None:
    assert due_there(DOSSIER, "skhdt") == LATER


def test_a_submission_is_due_when_it_must_be_answered() -> None:
    submitted = replace(DOSSIER, status=Status.SUBMITTED, due_at=None, answer_by=NOW)
    assert due_there(submitted, "mc-tinh") == NOW
    assert late_there(submitted, "mc-tinh", LATER)


def test_a_linked_agency_is_due_by_its_own_leg() -> None:
    assert due_there(LINKED, "stp") == NOW
    assert due_there(LINKED, "skhdt") == LATER
    assert (late_there(LINKED, "stp", LATER), late_there(LINKED, "skhdt", LATER)) == (True, False)


def test_an_agency_with_an_outstanding_opinion_is_due_by_that() -> None:
    asked = replace(DOSSIER, opinions=(Opinion("stp", NOW, NOW), Opinion("vp-ubnd", NOW, LATER)))
    assert (due_there(asked, "stp"), due_there(asked, "vp-ubnd")) == (NOW, LATER)


def test_what_is_due_at_this_moment_is_not_late() -> None:
    assert not late_there(DOSSIER, "skhdt", LATER)
    assert late_there(DOSSIER, "skhdt", LATER + timedelta(microseconds=1))


def test_what_is_due_by_days_is_late_on_the_next_local_date() -> None:
    by_days = replace(DOSSIER, due_by_hours=False)
    evening = NOW.replace(hour=23, minute=59)
    assert not late_there(by_days, "skhdt", evening)
    assert late_there(by_days, "skhdt", evening + timedelta(minutes=1))
    assert not InboxFilter(late_at=evening).admits(by_days, "skhdt")
    leg = replace(LINKED, legs=(replace(LEG, by_hours=False),))
    assert (late_there(leg, "stp", evening), late_there(leg, "stp", evening + timedelta(minutes=1))) == (False, True)


@pytest.mark.parametrize("status", sorted(set(Status) - set(CAN_BE_LATE)))
def test_nothing_is_late_while_the_clock_stands_still_or_once_it_is_done(status: Status) -> None:
    assert not late_there(replace(DOSSIER, status=status, answer_by=NOW), "mc-tinh", LATER + timedelta(days=1))


def test_an_apology_changes_nothing_in_late() -> None:
    assert late_there(replace(DOSSIER, new_due_at=LATER + timedelta(days=9)), "skhdt", LATER + timedelta(hours=1))


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [
        (NO_FILTER, True),
        (InboxFilter(officer="staff-2"), True),
        (InboxFilter(officer="staff-3"), False),
        (InboxFilter(procedure_code="2.001610"), True),
        (InboxFilter(procedure_code="1.008455"), False),
        (InboxFilter(channel_in=ChannelIn.COUNTER), True),
        (InboxFilter(channel_in=ChannelIn.POST), False),
        (InboxFilter(due_before=LATER), False),
        (InboxFilter(due_before=LATER + timedelta(seconds=1)), True),
        (InboxFilter(late_at=LATER), False),
        (InboxFilter(late_at=LATER + timedelta(seconds=1)), True),
        (InboxFilter(officer="staff-2", channel_in=ChannelIn.POST), False),
    ],
)
def test_what_is_wanted_is_all_that_is_asked_for_together(wanted: InboxFilter, admitted: bool) -> None:
    assert wanted.admits(DOSSIER, "skhdt") is admitted


def test_an_officer_of_a_linked_agency_finds_the_own_legs() -> None:
    assert InboxFilter(officer="staff-7").admits(LINKED, "stp")
    assert not InboxFilter(officer="staff-2").admits(LINKED, "stp")


def test_what_has_no_due_date_is_neither_late_nor_due_before_anything() -> None:
    never = replace(DOSSIER, due_at=None)
    assert not InboxFilter(due_before=LATER).admits(never, "skhdt")
    assert not InboxFilter(late_at=LATER).admits(never, "skhdt")


def test_no_two_lists_have_one_name_and_late_has_one_at_any_time() -> None:
    asked = (
        NO_FILTER,
        InboxFilter(officer="a"),
        InboxFilter(procedure_code="a"),
        InboxFilter(due_before=NOW),
        InboxFilter(late_at=NOW),
    )
    assert len({wanted.name for wanted in asked}) == len(asked)
    assert InboxFilter(late_at=NOW).name == InboxFilter(late_at=LATER).name


def test_inboxes_hold_what_somebody_must_still_do_something_about() -> None:
    assert [status.value for status in IN_AN_INBOX] == [1, 2, 4, 5, 6, 8, 9, 80]
