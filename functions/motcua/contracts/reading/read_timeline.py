"""The timeline as its applicant reads it: stages, dates and agencies. Nobody's name, no officer, nothing internal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Outward
from motcua.contracts.reading.timeline_words import SAID, TO_DO
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.reading.applicant_timeline import StageCode
from motcua.usecases.reading.read_timeline import OwnTimeline, Told


class StageView(Outward):
    """What happened, when and where."""

    code: StageCode
    vi: str
    en: str
    at: datetime
    agency_id: str | None = Field(description="Where it happened; null while the post has the result")
    agency: str | None = Field(description="That unit's name on that day")
    due_at: datetime | None = Field(description="Until when what comes next is due: answer, supplement, part or result")
    amount_vnd: int | None = Field(description="What is to be paid")
    channel: ChannelOut | None = Field(description="How a result or a written answer was returned, or is to come")
    to_do_vi: str | None = Field(description="What the applicant could do then")
    to_do_en: str | None

    @classmethod
    def of(cls, told: Told) -> "StageView":
        return cls.model_construct(**_shared(told))


class OwnStageView(StageView):
    """A stage, with its reason where the applicant is told it."""

    reason: str | None = Field(description="As what is missing, or why it was not accepted")

    @classmethod
    def own(cls, told: Told, reason: str) -> "OwnStageView":
        return cls.model_construct(**_shared(told), reason=reason or None)


class ApplicantTimelineView(Outward):
    """The stages of the own dossier, in the order in which they happened."""

    dossier_id: str
    number: str | None = Field(description="None until an online submission is accepted")
    stages: list[OwnStageView]

    @classmethod
    def of(cls, timeline: OwnTimeline) -> "ApplicantTimelineView":
        dossier, reasons = timeline.dossier, timeline.reasons
        stages = [OwnStageView.own(each, reasons.get(each.stage.reason_of, "")) for each in timeline.told]
        return cls.model_construct(dossier_id=dossier.id, number=dossier.number or None, stages=stages)


def stage_views(told: Iterable[Told]) -> list[StageView]:
    return [StageView.of(each) for each in told]


def _shared(told: Told) -> dict[str, Any]:
    stage = told.stage
    (vi, en), to_do = SAID[stage.code], TO_DO.get(stage.code)
    return {
        "code": stage.code,
        "vi": vi,
        "en": en,
        "at": local(stage.at),
        "agency_id": stage.agency_id or None,
        "agency": told.agency or None,
        "due_at": local(stage.due_at),
        "amount_vnd": stage.amount_vnd,
        "channel": stage.channel,
        "to_do_vi": to_do[0] if to_do else None,
        "to_do_en": to_do[1] if to_do else None,
    }
