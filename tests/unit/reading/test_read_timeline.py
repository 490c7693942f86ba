"""The applicant's timeline: every stage with its date and agency, and no names, officers or internals."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from infra.contracts import other_lives
from infra.contracts.examples import sample_life as samples
from infra.contracts.examples.applicants import told
from motcua.contracts.reading.read_timeline import ApplicantTimelineView, StageView
from motcua.contracts.reading.timeline_views import TimelineView
from motcua.contracts.reading.timeline_words import SAID, TO_DO
from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.moves.move import Actor
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.errors import NotFoundError
from motcua.domain.event import Event, EventType
from motcua.domain.reading.applicant_timeline import INTERNAL, SHOWN, StageCode, stages
from motcua.domain.registry.unit import FormerUnit
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.processing.pause_dossier import pause_dossier, resume_dossier
from motcua.usecases.processing.process_dossier import resolve
from motcua.usecases.processing.request_supplement import MissingPapers, request_supplement
from motcua.usecases.reading.read_dossier import read_timeline
from motcua.usecases.reading.read_timeline import own_timeline, told_stages
from motcua.usecases.results.reverse_act import reverse_resolution
from tests.kit.fakes import CLERK, OFFICER, OWNER, MemoryDossiers, key, stamp
from tests.kit.life.dossiers import in_process, received
from tests.kit.life.steps import KINDS, Reached, Steps
from tests.kit.life.whole_life import EVERYBODY, SECRETS
from tests.kit.shipped import UNITS, ShippedRegistry

WHY = "Thiếu bản sao giấy tờ"


def codes(events: Sequence[Event]) -> list[str]:
    return [stage.code.value for stage in stages(events)]


# every event


def test_every_type_of_event_is_shown_or_said_to_be_internal_and_none_is_both() -> None:
    assert set(SHOWN) | set(INTERNAL) == set(EventType)
    assert set(SHOWN) & set(INTERNAL) == set()
    assert all(INTERNAL.values())


def test_what_the_applicant_asked_for_or_must_do_is_never_internal() -> None:
    ways = {move.event for move in MOVES.values() if Actor.APPLICANT in move.doers}
    assert ways <= set(SHOWN)
    assert {EventType.SUPPLEMENT_REQUESTED, EventType.PAYMENT_REQUESTED, EventType.DOSSIER_REFUSED} <= set(SHOWN)


def test_every_stage_has_its_words_in_both_languages() -> None:
    assert set(SAID) == set(StageCode)
    assert set(TO_DO) <= set(StageCode)
    for vi, en in (*SAID.values(), *TO_DO.values()):
        assert vi
        assert en.isascii()
        assert vi != en


LIVES, STEPS = 60, 50


@pytest.mark.parametrize("life", range(LIVES))
def test_whatever_happens_no_name_no_officer_and_no_reason_is_in_a_stage(life: int) -> None:
    steps, chance = Steps(Reached()), Random(life)  # noqa: S311 - the same each time
    steps.begins(chance)
    for _ in range(STEPS):
        steps.does(chance.choice(KINDS), chance)
    store, registry = steps.life.store, steps.life.dossier_context.registry
    events = store.events(steps.life.id)
    seen = told_stages(events, registry)
    said = json.dumps([StageView.of(each).model_dump(mode="json") for each in seen], ensure_ascii=False)
    doers = [by.subject if isinstance(by, Principal) else by for by in EVERYBODY]
    assert [doer for doer in doers if doer in said] == []
    assert [secret for secret in SECRETS if secret in said] == []
    moments = [each.stage.at for each in seen]
    assert moments == sorted(moments)
    known = {leg.agency_id for leg in steps.dossier.legs} | {steps.dossier.agency_id, steps.dossier.one_stop_id, ""}
    assert {each.stage.agency_id for each in seen} <= known
    assert all(bool(each.agency) == bool(each.stage.agency_id) for each in seen)
    assert len(seen) >= len([event for event in events if event.type in SHOWN and not event.of_parcel]) - 1


# the stages of some lives


def test_a_result_that_goes_by_post() -> None:
    by_post = samples.returned_by_post()
    assert codes(by_post.events) == [
        "received",
        "transferred",
        "result_ready",
        "collected",
        "in_transit",
        "attempt_failed",
        "out_for_delivery",
        "delivered",
        "returned",
    ]
    ready, collected = stages(by_post.events)[2:4]
    assert (ready.agency_id, collected.agency_id) == ("mc-tinh", "")
    assert stages(by_post.events)[-1].channel is ChannelOut.POST


def test_a_carrier_that_reports_late_does_not_disorder_the_stages() -> None:
    events = samples.returned_by_post().events
    assert stages(sorted(events, key=lambda event: (event.of_parcel, -event.version))) == stages(events)


def test_waits_say_what_is_due_until_when_and_to_whom() -> None:
    waited = stages(other_lives.waited().events)[2:]
    assert [stage.code for stage in waited] == ["supplement_requested", "supplement_completed", "payment_due", "paid"]
    asked, complete, due, _ = waited
    assert (asked.agency_id, asked.due_at) == ("skhdt", other_lives.TERMS.expires_at)
    assert (complete.agency_id, complete.due_at) == ("mc-tinh", other_lives.GOING_ON.due_at)
    assert (due.amount_vnd, due.due_at) == (100_000, None)


def test_a_linked_dossier_names_each_agency_that_begins_and_ends_its_part() -> None:
    linked = other_lives.linked()
    assert [(each.code.value, each.agency_id) for each in stages(linked.events)[1:]] == [
        ("transferred", "skhdt"),
        ("leg_started", "stp"),
        ("leg_started", "vp-ubnd"),
        ("leg_finished", "stp"),
    ]
    begun = stages(linked.events)[2]
    assert begun.due_at == linked.dossier.legs[0].due_at is not None


def test_a_transitional_dossier_shows_when_its_agency_received_it() -> None:
    first, second = stages(other_lives.transitional().events)
    assert (first.code, first.agency_id, first.at) == ("received_by_agency", "skhdt", samples.at("04-10 07:00"))
    assert (second.code, second.agency_id, second.at) == ("received", "mc-tinh", samples.at("04-23 08:00"))


def test_what_was_refused_at_the_counter_was_never_submitted_online() -> None:
    assert codes(other_lives.refused_at_the_counter().events) == ["not_accepted"]
    assert codes(samples.submitted_online().events) == ["submitted", "received"]


@pytest.mark.parametrize(
    ("desk", "last"),
    [
        (other_lives.return_taken_back, ["returned", "return_reversed"]),
        (other_lives.resolution_taken_back, ["result_ready", "resolution_reversed"]),
        (other_lives.corrected, ["returned", "reissued"]),
        (other_lives.withdrawn_at_the_agency, ["transferred", "withdrawn"]),
        (other_lives.receipt_put_right, ["transferred", "receipt_corrected"]),
    ],
)
def test_a_mistake_is_shown_as_a_correction_and_an_end_as_an_end(desk: Any, last: list[str]) -> None:
    assert codes(desk().events)[-2:] == last


def test_a_stage_says_what_there_is_to_do() -> None:
    (refused,) = [StageView.of(each) for each in told(other_lives.refused_at_the_counter().events)]
    assert refused.to_do_vi == "Nhận lại giấy tờ đã nộp; khi khắc phục được lý do từ chối thì nộp hồ sơ mới."
    assert refused.agency == "Trung tâm Phục vụ hành chính công tỉnh Hải Dương"


def test_an_agency_is_called_what_it_was_called_on_that_day() -> None:
    agency = UNITS["skhdt"]
    named = {name: getattr(agency, name) for name in FormerUnit.__dataclass_fields__ if hasattr(agency, name)}
    before = FormerUnit(last=date(2020, 4, 23), **named | {"name_vi": "Sở Mẫu cũ"})
    registry = ShippedRegistry(units=[replace(agency, former=(before,))])
    seen = told_stages(other_lives.waited().events, registry)
    assert [each.agency for each in seen if each.stage.agency_id == "skhdt"] == [
        "Sở Mẫu cũ",
        agency.name_vi,
        agency.name_vi,
    ]


# who sees the reason


def act(dossier: Dossier, by: Principal, days: int = 0) -> StaffCommand:
    told_at = stamp()
    later = replace(told_at, occurred_at=told_at.occurred_at + timedelta(days=days), actor=by.subject)
    return StaffCommand(dossier.id, dossier.version, by, later, key())


@pytest.fixture
def asked(desk: DossierContext) -> Dossier:
    """Return a dossier that was paused, resumed, and asked for a supplement."""
    dossier = pause_dossier(act(in_process(desk), OFFICER), "Chờ ý kiến, tạm dừng", desk).dossier
    dossier = resume_dossier(act(dossier, OFFICER, 1), desk).dossier
    return request_supplement(act(dossier, OFFICER, 1), MissingPapers(WHY), desk).dossier


def test_the_portal_tells_what_is_missing_and_tracking_does_not(
    asked: Dossier, desk: DossierContext, store: MemoryDossiers
) -> None:
    view = ApplicantTimelineView.of(own_timeline(asked.id, OWNER.number, store, desk.registry))
    assert [(each.code, each.reason) for each in view.stages][2:] == [
        ("paused", "Chờ ý kiến, tạm dừng"),
        ("resumed", None),
        ("supplement_requested", WHY),
    ]
    tracked = told_stages(store.events(asked.id), desk.registry)
    assert [StageView.of(each).code for each in tracked] == [each.code for each in view.stages]
    assert "reason" not in StageView.model_fields


def test_why_a_mistake_was_taken_back_is_told_to_staff_and_not_to_the_applicant(
    desk: DossierContext, store: MemoryDossiers
) -> None:
    resolved = resolve(act(in_process(desk), OFFICER), desk).dossier
    back = reverse_resolution(act(resolved, OFFICER), "Bấm nhầm hồ sơ khác", desk).dossier
    view = ApplicantTimelineView.of(own_timeline(back.id, OWNER.number, store, desk.registry))
    assert {each.reason for each in view.stages} == {None}
    events, reasons = read_timeline(back.id, CLERK, store)
    told_to_staff = TimelineView.of(events, reasons).events
    assert {each.type: each.reason for each in told_to_staff if each.reason} == {
        "dossier.resolution_reversed": "Bấm nhầm hồ sơ khác"
    }


def test_a_reason_stands_at_the_dossiers_event_and_not_at_its_parcels_of_the_same_version() -> None:
    events = samples.returned_by_post().events
    reasons = {version: f"lý do {version}" for version in range(1, 10)}
    view = TimelineView.of(events, reasons).events
    assert all((each.reason is None) is ("-" in each.subject) for each in view)


def test_another_ones_timeline_does_not_exist(desk: DossierContext, store: MemoryDossiers) -> None:
    dossier = received(desk)
    with pytest.raises(NotFoundError, match="dossier_not_found"):
        own_timeline(dossier.id, "030099000777", store, desk.registry)
