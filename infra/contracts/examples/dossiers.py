"""Examples of the main acts on dossiers, and of the target report."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from infra.contracts.examples import applicants
from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from infra.contracts.examples.registry import OPENING
from motcua.contracts.dossier.views import DossierDetailView, DossierView
from motcua.contracts.fields import NoBody
from motcua.contracts.intake.decide_submission import RefusalRequest
from motcua.contracts.intake.receive_dossier import ReceiveDossierRequest
from motcua.contracts.intake.submit_dossier import SubmitDossierRequest
from motcua.contracts.persons import PersonModel
from motcua.contracts.post.keep_callback import CallbackKept, ParcelCallback
from motcua.contracts.reading.timeline_views import TimelineView
from motcua.contracts.reading.track_dossier import TrackingRequest, TrackingView
from motcua.contracts.reports.target_report import FactsView, TargetReportView, publish
from motcua.contracts.results.choose_return_channel import ReturnChannelRequest
from motcua.contracts.results.return_result import ReturnRequest
from motcua.domain.dossier.acts.intake import not_accepted
from motcua.domain.dossier.acts.results import return_channel_chosen
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import EventType
from motcua.domain.registry.unit import Unit
from motcua.domain.reports.figure import FactKind, facts_of
from motcua.domain.reports.opening_figure import OpeningFigure
from motcua.domain.reports.target import Share
from motcua.domain.reports.target_report import Beside, Line, Period, line
from motcua.ports.reports import ReportVersion


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    owner = PersonModel.from_domain(life.OWNER)
    asked: dict[str, Any] = {
        "one_stop_id": book.ONE_STOP.id,
        "procedure_code": book.PROCEDURE.code,
        "channel_out": ChannelOut.POST,
        "owner": owner,
    }
    reason = "Thiếu bản sao giấy tờ pháp lý của chủ doanh nghiệp"
    channel = ReturnChannelRequest(channel_out=ChannelOut.POST)
    return {
        "receive_dossier": ReceiveDossierRequest(channel_in="counter", **asked),
        "submit_dossier": SubmitDossierRequest(**asked),
        "accept_dossier": NoBody(),
        "refuse_dossier": RefusalRequest(reason=reason),
        "take_over_dossier": NoBody(),
        "resolve_dossier": NoBody(),
        "return_dossier": ReturnRequest(channel=ChannelOut.COUNTER),
        "choose_return_channel": channel,
        "choose_own_channel": channel,
        "track_dossier": TrackingRequest(number=life.GIVEN.number, identity_number=life.OWNER.number),
        "receive_callback": callback(),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    post, counter, online = life.returned_by_post(), life.returned_at_the_counter(), life.submitted_online()
    submitted = online.states[f"{life.SUBMISSION_ID}.1"]
    refusal = not_accepted(submitted, life.stamp(life.at("04-24 07:45")))
    refused = evolve(submitted, refusal)
    choice = return_channel_chosen(submitted, book.PROCEDURE, ChannelOut.POST, life.stamp(life.at("04-23 20:30")))
    chosen = evolve(submitted, choice)
    taken_over, resolved = (post.states[f"{life.DOSSIER_ID}.{version}"] for version in (3, 4))
    received = post.states[f"{life.DOSSIER_ID}.1"]
    fact = facts_of(post.reach(EventType.DOSSIER_RETURNED))[-1]
    return {
        "receive_dossier": DossierView.from_domain(received),
        "submit_dossier": DossierView.from_domain(submitted),
        "accept_dossier": DossierView.from_domain(online.dossier),
        "refuse_dossier": DossierView.from_domain(refused),
        "take_over_dossier": DossierView.from_domain(taken_over),
        "resolve_dossier": DossierView.from_domain(resolved),
        "return_dossier": DossierView.from_domain(counter.dossier),
        "choose_return_channel": DossierView.from_domain(chosen),
        "choose_own_channel": DossierView.from_domain(chosen),
        "read_own_dossier": DossierView.from_domain(submitted),
        "read_dossier": DossierDetailView.of(resolved, Persons(life.OWNER)),
        "read_timeline": TimelineView.of(post.events),
        "track_dossier": TrackingView.from_domain(resolved, applicants.told(post.events[:6])),
        "read_target_report": TargetReportView.of(report()),
        "read_facts": FactsView.of("2020-05", "skhdt", FactKind.DELIVERED_BY_POST, [fact], ""),
        "receive_callback": CallbackKept(),
    }


def callback() -> ParcelCallback:
    """Return the callback that a partner sends when a parcel was delivered at the door."""
    told = life.delivery()
    return ParcelCallback(
        carrier_system=told.carrier_system,
        order_number=told.order_number,
        code=told.code,
        occurred_at=told.occurred_at,
        place=told.place,
    )


def report() -> ReportVersion:
    """Return the closed report of May 2020.

    One agency has reached its target, one has missed it, one had no results, and one has no target.
    """
    content = publish(Period(2020, 5), date(2020, 4, 23), _lines())
    digest = "4f1a9c0e6b7d2835"
    return ReportVersion("2020-05", 2, "closed", digest, life.at("06-03 18:00"), content)


def _lines() -> list[Line]:
    return [
        _line(book.DEPARTMENT, Share(9, 14), Share(11, 18), OPENING),
        _line(book.JUSTICE, Share(2, 7), Share(3, 10)),
        _line(book.DISTRICT, Share(0, 0), Share(0, 0)),
        _line(book.WARD, Share(1, 3), Share(1, 4)),
    ]


def _line(agency: Unit, month: Share, year: Share, opening: OpeningFigure | None = None) -> Line:
    beside = Beside(month.returned, month.delivered_by_post, month.delivered_by_post)
    return line(agency, month, year, beside, book.RULES.target(agency, date(2020, 5, 31)), opening)
