"""A dossier refused at the counter, or when it came by post, is recorded and takes no number."""

import pytest

from motcua.domain.dossier.dossier import ChannelIn
from motcua.domain.errors import ForbiddenError
from motcua.domain.event import EventType
from motcua.domain.status import Status
from motcua.usecases.intake.decide_submission import accept_submission, refuse_submission
from motcua.usecases.intake.refuse_at_counter import RefuseAtCounter, refuse_at_counter
from tests.kit.fakes import CLERK, OFFICER, PERSONS, PROCEDURE, MemoryDossiers, dossier_context, key, stamp
from tests.kit.intake import act, desk_of, receive, refused_with


@pytest.mark.parametrize("channel", [ChannelIn.COUNTER, ChannelIn.POST])
def test_a_refusal_at_the_counter_is_on_record_without_a_number(store: MemoryDossiers, channel: ChannelIn) -> None:
    command = RefuseAtCounter("mc-tinh", PROCEDURE, channel, PERSONS, "Thiếu bản chính")
    dossier = refuse_at_counter(command, CLERK, stamp(), key(), dossier_context(store)).dossier
    assert (dossier.status, dossier.channel_in, dossier.number) == (Status.NOT_ACCEPTED, channel, "")
    assert [event.type for event in store.log] == [EventType.DOSSIER_SUBMITTED, EventType.DOSSIER_NOT_ACCEPTED]
    assert (store.commits, store.owed, store.counters) == (1, {}, {})
    assert store.persons[dossier.id].reasons == {2: "Thiếu bản chính"}
    assert dossier.inbox_unit_id == ""


def test_what_came_by_post_for_a_procedure_that_takes_none_by_post_can_be_refused(store: MemoryDossiers) -> None:
    desk = desk_of(store, post_in=False)
    assert refused_with(lambda: receive(desk, channel_in=ChannelIn.POST)).code == "post_not_accepted"
    command = RefuseAtCounter("mc-tinh", PROCEDURE, ChannelIn.POST, PERSONS, "Không nhận qua bưu chính")
    assert refuse_at_counter(command, CLERK, stamp(), key(), desk).dossier.status is Status.NOT_ACCEPTED


def test_only_a_clerk_of_the_unit_refuses_at_its_counter(store: MemoryDossiers) -> None:
    command = RefuseAtCounter("mc-tinh", PROCEDURE, ChannelIn.COUNTER, PERSONS, "Thiếu bản chính")
    with pytest.raises(ForbiddenError):
        refuse_at_counter(command, OFFICER, stamp(), key(), dossier_context(store))
    assert store.log == []


def test_a_retried_refusal_makes_no_second(store: MemoryDossiers) -> None:
    command, once, desk = (
        RefuseAtCounter("mc-tinh", PROCEDURE, ChannelIn.COUNTER, PERSONS, "Thiếu"),
        key(),
        dossier_context(store),
    )
    first = refuse_at_counter(command, CLERK, stamp(), once, desk)
    second = refuse_at_counter(command, CLERK, stamp(), once, desk)
    assert (second.dossier, second.replayed, len(store.states)) == (first.dossier, True, 1)


def test_what_was_refused_is_not_accepted_afterwards(store: MemoryDossiers) -> None:
    command, desk = RefuseAtCounter("mc-tinh", PROCEDURE, ChannelIn.COUNTER, PERSONS, "Thiếu"), dossier_context(store)
    dossier = refuse_at_counter(command, CLERK, stamp(), key(), desk).dossier
    assert refused_with(lambda: accept_submission(act(dossier), desk)).code == "move_not_allowed"
    assert refused_with(lambda: refuse_submission(act(dossier), "Vẫn thiếu", desk)).code == "move_not_allowed"
