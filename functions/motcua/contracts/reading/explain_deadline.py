"""A deadline that explains itself, as staff and the citizen read it: each step, each rule, in Vietnamese and English."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Outward
from motcua.contracts.reading.deadline_words import limit_words, words
from motcua.domain.deadline.trace import Step, StepKind
from motcua.domain.rules.rule import Rule
from motcua.usecases.reading.explain_deadline import Explanation


class DeadlineStepView(Outward):
    """One step of the count. `number` counts days from 1; `minutes` is time that was counted or added."""

    kind: StepKind
    day: date
    at: datetime | None
    number: int | None
    minutes: int | None
    rule: str | None = Field(description="The rule that this step rests on, and its document")
    vi: str
    en: str

    @classmethod
    def of(cls, step: Step) -> "DeadlineStepView":
        vi, en = words(step)
        return cls.model_construct(
            kind=step.kind,
            day=step.day,
            at=local(step.at),
            number=step.number or None,
            minutes=round(step.time.total_seconds() / 60) or None,
            rule=step.cited or None,
            vi=vi,
            en=en,
        )


class DeadlineRuleView(Outward):
    """A rule that the date rests on; `applied` is false for a closure that a transitional dossier does not stand still for."""

    kind: str
    cited: str
    certainty: str
    applied: bool
    vi: str
    en: str

    @classmethod
    def of(cls, rule: Rule[Any], *, applied: bool = True) -> "DeadlineRuleView":
        return cls.model_construct(
            kind=rule.kind,
            cited=rule.cited,
            certainty=rule.basis.certainty,
            applied=applied,
            vi=rule.says_vi,
            en=rule.says_en,
        )


class DeadlineView(Outward):
    """When a dossier is due and why. `due_at` is the date on record, `counted_at` what the steps lead to."""

    dossier_id: str
    number: str | None
    procedure_code: str
    limit_vi: str | None
    limit_en: str | None
    received_at: datetime | None
    due_at: datetime | None
    counted_at: datetime | None
    differs: bool = Field(description="The date on record is another than the one counted here")
    new_due_at: datetime | None = Field(description="The new date of an apology; it changes nothing in early or late")
    calendar: str | None = Field(description="The versions of the calendar that it is counted by here, as 2020.1")
    calendar_lost: list[str] = Field(
        description="Versions that the dossier was dated by and that are not on record; the present ones stand in"
    )
    steps: list[DeadlineStepView]
    rules: list[DeadlineRuleView]
    note_vi: str
    note_en: str

    @classmethod
    def of(cls, explained: Explanation) -> "DeadlineView":
        dossier, limit = explained.dossier, explained.limit
        limit_vi, limit_en = limit_words(limit) if limit else (None, None)
        note_vi, note_en = _note(explained)
        rules = [DeadlineRuleView.of(rule) for rule in explained.rules]
        return cls.model_construct(
            dossier_id=dossier.id,
            number=dossier.number or None,
            procedure_code=dossier.procedure_code,
            limit_vi=limit_vi,
            limit_en=limit_en,
            received_at=local(dossier.received_at),
            due_at=local(dossier.due_at),
            counted_at=local(explained.deadline.at),
            differs=explained.differs,
            new_due_at=local(dossier.new_due_at),
            calendar=explained.calendar or None,
            calendar_lost=list(explained.lost),
            steps=[DeadlineStepView.of(step) for step in explained.deadline.steps],
            rules=rules + [DeadlineRuleView.of(rule, applied=False) for rule in explained.set_aside],
            note_vi=note_vi,
            note_en=note_en,
        )


def _note(explained: Explanation) -> tuple[str, str]:
    if explained.dossier.received_at is None:
        return "Hồ sơ chưa được tiếp nhận nên chưa có hạn trả.", "Not received yet, so nothing is due yet."
    if explained.limit is None:
        return "Chưa biết thời hạn giải quyết của thủ tục này.", "The limit of this procedure is not known."
    told = [
        ("Hạn trả đang ghi khác với kết quả tính ở đây.", "The date on record differs from what is counted here.")
        if explained.differs
        else ("Hạn trả đang ghi đúng bằng kết quả tính ở đây.", "The date on record is what is counted here.")
    ]
    if explained.lost:
        told.append(("Lịch dùng khi ấy không còn lưu.", "The calendar of that time is not on record."))
    if explained.dossier.transitional:
        vi = "Hồ sơ chuyển tiếp: tính từ ngày cơ quan tiếp nhận, không trừ thời gian tạm dừng."
        told.append((vi, "A transitional dossier: counted from the agency's own receipt, without a closure's pause."))
    return " ".join(vi for vi, _ in told), " ".join(en for _, en in told)
