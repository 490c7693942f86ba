"""Examples of processing: suspensions, a refusal, assignment, opinions, an apology, and the handover of paper."""

from dataclasses import replace
from decimal import Decimal

from pydantic import BaseModel

from infra.contracts import other_lives
from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.contracts.processing.apologise import ApologyRequest
from motcua.contracts.processing.ask_opinion import OpinionRequest
from motcua.contracts.processing.assign_dossier import Assignment
from motcua.contracts.processing.pause_dossier import PauseRequest
from motcua.contracts.processing.refuse_after_appraisal import RefusalAfterAppraisal
from motcua.contracts.processing.request_payment import PaymentRequest
from motcua.contracts.processing.request_supplement import SupplementRequest
from motcua.contracts.registry.procedure import LimitModel
from motcua.contracts.results.return_result import AnswerReturn
from motcua.domain.dossier.acts import processing as agency
from motcua.domain.dossier.acts import waiting
from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.parts import PaperLeg
from motcua.domain.event import Event, Stamp
from motcua.domain.registry.procedure import LimitUnit, TimeLimit

NEW_DATE = life.at("05-04 09:00")


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    limit = LimitModel.from_domain(TimeLimit(Decimal(2), LimitUnit.WORKING_DAY))
    return {
        "request_supplement": SupplementRequest(reason="Thiếu bản sao giấy tờ pháp lý của chủ doanh nghiệp"),
        "complete_supplement": NoBody(),
        "request_payment": PaymentRequest(amount_vnd=100_000),
        "confirm_payment": NoBody(),
        "pause_dossier": PauseRequest(reason="Chờ kết quả xác minh tại thực địa"),
        "resume_dossier": NoBody(),
        "refuse_after_appraisal": RefusalAfterAppraisal(reason="Không đủ điều kiện về ngành nghề theo quy định"),
        "return_answer": AnswerReturn(channel=ChannelOut.COUNTER),
        "assign_dossier": Assignment(officer=life.STAFF_ID),
        "ask_opinion": OpinionRequest(agency_id=book.JUSTICE.id, limit=limit),
        "give_opinion": NoBody(),
        "apologise": ApologyRequest(new_due_at=NEW_DATE, reason="Hồ sơ phức tạp, cần thêm thời gian thẩm định"),
        "hand_over_paper": NoBody(),
        "take_paper": NoBody(),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    states = other_lives.waited().states
    asked, completed, owing, paid = (states[f"{life.DOSSIER_ID}.{version}"] for version in (4, 5, 6, 7))
    at_work = other_lives.taken_over().dossier
    paused = _after(at_work, waiting.paused(at_work, _at("04-24 08:00")))
    refused = _after(at_work, waiting.refused(at_work, _at("04-24 08:00")))
    consulted = _after(at_work, agency.opinion_asked(at_work, "stp", life.at("04-28 08:00"), _at("04-24 08:00")))
    terms = agency.ApologyTerms(1, life.at("04-27 08:00"), "apology")
    on_its_way = replace(at_work, paper=PaperLeg(life.at("04-23 17:00")))
    handed_over = _after(on_its_way, agency.paper_handed_over(on_its_way, _at("04-23 14:00")))
    shown = {
        "request_supplement": asked,
        "complete_supplement": completed,
        "request_payment": owing,
        "confirm_payment": paid,
        "pause_dossier": paused,
        "resume_dossier": _after(paused, waiting.resumed(paused, other_lives.GOING_ON, _at("04-27 08:00"))),
        "refuse_after_appraisal": refused,
        "return_answer": _after(refused, waiting.answer_returned(refused, ChannelOut.COUNTER, _at("04-27 08:00"))),
        "assign_dossier": _after(at_work, agency.assigned(at_work, life.STAFF_ID, _at("04-24 08:00"))),
        "ask_opinion": consulted,
        "give_opinion": _after(consulted, agency.opinion_given(consulted, "stp", _at("04-27 08:00"))),
        "apologise": _after(at_work, agency.apologised(at_work, NEW_DATE, terms, _at("04-24 08:00"))),
        "hand_over_paper": handed_over,
        "take_paper": _after(handed_over, agency.paper_taken(handed_over, _at("04-23 14:20"))),
    }
    return {operation: DossierView.from_domain(dossier) for operation, dossier in shown.items()}


def _at(text: str) -> Stamp:
    return life.stamp(life.at(text))


def _after(dossier: Dossier, event: Event) -> Dossier:
    return evolve(dossier, event)
