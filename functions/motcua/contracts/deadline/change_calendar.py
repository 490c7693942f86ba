"""The working calendar as it crosses the wire: announced days of a year, and a proposed change of them."""

from collections.abc import Iterable

from pydantic import Field

from motcua.contracts.days import Day
from motcua.contracts.fields import LongText, Why
from motcua.contracts.legal_basis import LegalBasisModel
from motcua.contracts.model import Inward, Outward
from motcua.domain.deadline.calendar_change import CalendarChange
from motcua.domain.deadline.working_calendar import CalendarDay, DayKind


class CalendarDayModel(Inward):
    """An announced day: off, or a make-up working day."""

    date: Day = Field(examples=["2020-09-02"])
    kind: DayKind
    name_vi: LongText = Field(examples=["Quốc khánh"])
    evidence: str = Field(default="", max_length=60)

    def to_domain(self) -> CalendarDay:
        return CalendarDay(self.date, self.kind, self.name_vi, self.evidence)

    @classmethod
    def from_domain(cls, day: CalendarDay) -> "CalendarDayModel":
        return cls.model_construct(date=day.date, kind=day.kind, name_vi=day.name_vi, evidence=day.evidence)


class ProposeCalendarRequest(Inward):
    """The complete new list of a year's announced days, and the document that it rests on."""

    days: list[CalendarDayModel] = Field(max_length=120)
    legal_basis: LegalBasisModel
    why: Why


class ApplyCalendarRequest(Inward):
    """Why the change is applied, once its preview has been reviewed."""

    why: Why


class CalendarChangeView(Outward):
    """A change of a year's calendar. `preview_job` names what would move, `apply_job` what was moved."""

    id: str
    year: int
    base_version: int
    new_version: int
    days: list[CalendarDayModel]
    legal_basis: LegalBasisModel
    preview_job: str
    apply_job: str | None

    @classmethod
    def of(cls, change: CalendarChange) -> "CalendarChangeView":
        return cls.model_construct(
            id=change.id,
            year=change.year,
            base_version=change.base_version,
            new_version=change.new_version,
            days=[CalendarDayModel.from_domain(day) for day in change.days],
            legal_basis=LegalBasisModel.from_domain(change.basis),
            preview_job=change.preview_job,
            apply_job=change.apply_job or None,
        )


class CalendarChangesView(Outward):
    """Every change of the calendar that was proposed, by id, without its days."""

    changes: list[CalendarChangeView]

    @classmethod
    def of(cls, known: Iterable[CalendarChange]) -> "CalendarChangesView":
        views = [CalendarChangeView.of(each).model_copy(update={"days": []}) for each in known]
        return cls.model_construct(changes=views)
