"""Events as messages: unchanged after the round trip, named by id, and without personal data."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from motcua.contracts.messages import CallbackMessage, EventMessage
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.dossier.evolution import evolve
from motcua.domain.event import Event, EventType, Queue, Stamp
from motcua.domain.post.parcel import ParcelState
from motcua.usecases.intake.submit_dossier import SubmitDossier, submit_dossier
from motcua.usecases.post.apply_parcel_event import CarrierReport, KeptCallback, apply_report
from motcua.usecases.post.dispatch_parcel import DispatchMessage, dispatch_parcel
from tests.kit.examples import examples
from tests.kit.fakes import OWNER, PERSONS, PROCEDURE, REAL_NOW, MemoryDossiers, Partner, dossier_context, key, stamp
from tests.kit.life.dossiers import ready_for_post, received
from tests.kit.shipped import EveryState

VALUES = st.text(max_size=20) | st.integers(-(2**53), 2**53) | st.booleans()
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
EVENTS = st.builds(
    Event,
    st.sampled_from(EventType),
    st.from_regex(r"[0-9A-HJKMNP-TV-Z]{16}(-[0-9]{1,4})?", fullmatch=True),
    st.integers(1, 10**6),
    st.builds(Stamp, MOMENTS, MOMENTS, st.just("staff-1"), st.just("correlation-1")),
    st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), VALUES, max_size=6),
)


@examples(100)
@given(event=EVENTS)
def test_an_event_arrives_as_it_left(event: Event) -> None:
    sent = EventMessage.from_domain(event).model_dump_json()
    assert EventMessage.model_validate_json(sent).to_domain() == event


def test_a_message_is_a_cloud_event_of_version_1() -> None:
    store = MemoryDossiers()
    dossier = received(dossier_context(store))
    message = json.loads(EventMessage.from_domain(store.log[0]).model_dump_json())
    assert message["data"].pop("due_at").startswith("2020-")
    assert message == {
        "specversion": "1.0",
        "id": f"{dossier.id}.1",
        "source": "urn:motcua",
        "type": "vn.motcua.dossier.received.v1",
        "subject": dossier.id,
        "time": "2020-04-23T08:00:00+07:00",
        "datacontenttype": "application/json",
        "recordedtime": "2026-01-05T03:00:00Z",
        "version": 1,
        "actor": "staff-1",
        "correlationid": "correlation-1",
        "data": {
            "procedure": PROCEDURE, "procedure_version": 1, "one_stop": "mc-tinh", "agency": "skhdt",
            "channel_in": "counter", "channel_out": "counter", "number": "000.00.04.H23-200423-0001",
            "number_is_sample": True, "calendar": "2020.1", "paper_due_at": "2020-04-23T17:00:00+07:00",
        },
    }  # fmt: skip


def test_a_due_date_that_is_not_known_is_left_out_and_comes_back_unknown() -> None:
    store = MemoryDossiers()
    received(dossier_context(store))
    event = store.log[0]
    undated = Event(event.type, event.subject, 1, event.stamp, {**event.data, "due_at": None})
    arrived = EventMessage.model_validate_json(EventMessage.from_domain(undated).model_dump_json()).to_domain()
    assert "due_at" not in arrived.data
    assert evolve(None, arrived).due_at is None


def sent_message(**change: object) -> dict[str, object]:
    store = MemoryDossiers()
    received(dossier_context(store))
    sent: dict[str, object] = json.loads(EventMessage.from_domain(store.log[0]).model_dump_json())
    return sent | change


def test_an_attribute_of_a_later_version_is_left_unread() -> None:
    assert EventMessage.model_validate(sent_message(traceparent="00-…")).to_domain().version == 1


@pytest.mark.parametrize(
    "change",
    [
        {"specversion": "0.3"},
        {"source": "urn:other"},
        {"type": "vn.motcua.dossier.received.v2"},
        {"type": "dossier.received"},
        {"version": 0},
        {"data": "text"},
        {"time": "yesterday"},
    ],
)
def test_a_message_of_another_make_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        EventMessage.model_validate(sent_message(**change))


def test_a_type_that_this_version_does_not_know_is_a_value_error() -> None:
    message = EventMessage.model_validate(sent_message(type="vn.motcua.dossier.dreamt.v1"))
    with pytest.raises(ValueError, match=r"dossier\.dreamt"):
        message.to_domain()


def test_no_event_of_a_whole_life_holds_anything_personal() -> None:
    store = MemoryDossiers()
    desk = dossier_context(store)
    submit_dossier(SubmitDossier("mc-tinh", PROCEDURE, ChannelOut.POST, PERSONS, OWNER.number), stamp(), key(), desk)
    order = ready_for_post(desk)
    settles, event = next((each, of) for each, (queue, of) in store.owed.items() if queue is Queue.DISPATCH)
    assert event is not None
    dispatch_parcel(DispatchMessage(event, settles), REAL_NOW, store, EveryState(), Partner("taken"))
    dossier, parcel, _ = store.load_with_parcel(order) or pytest.fail("no parcel")
    store.owed["callback#parcel_events"] = Queue.PARCEL_EVENTS, None
    report = CarrierReport("simulator", order, ParcelState.DELIVERED, REAL_NOW, "address", "")
    kept = KeptCallback("simulator", "msg_1", order, "c", "callback#parcel_events")
    apply_report(report, (dossier, parcel), kept, REAL_NOW, store, EveryState())
    assert {event.type for event in store.log} >= {EventType.DOSSIER_SUBMITTED, EventType.DOSSIER_RETURNED}
    told = "\n".join(EventMessage.from_domain(event).model_dump_json() for event in store.log)
    for personal in (OWNER.name, OWNER.number, OWNER.phone, OWNER.address, "Nguyễn"):
        assert personal not in told


def test_the_message_about_a_callback_names_it_and_says_nothing_of_its_content() -> None:
    fields = set(CallbackMessage.model_fields)
    assert fields == {
        "specversion", "id", "source", "type", "time", "partner", "webhookid", "ordernumber", "correlationid",
    }  # fmt: skip
    with pytest.raises(ValidationError):
        CallbackMessage.model_validate(
            {"id": "1", "time": REAL_NOW, "partner": "vnpost", "webhookid": "1", "correlationid": "1",
             "ordernumber": "Nguyễn Văn Mẫu, 0912345678"}
        )  # fmt: skip
