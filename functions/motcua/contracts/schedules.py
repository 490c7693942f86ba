"""What schedules and operators send to functions that no queue and no gateway feeds."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from motcua.contracts.model import Inward
from motcua.domain.errors import InvalidError
from motcua.domain.reports.target_report import Period
from motcua.usecases.reports.close_month import CloseMonth, ReportStatus


class CloseMonthInput(Inward):
    """Input of `close_month`. Without `period`, the month that ended before `as_of`; without `as_of`, the clock."""

    mode: Literal["provisional", "close_when_due", "close"] = "close_when_due"
    period: str | None = Field(default=None, pattern=r"^[0-9]{4}-[0-9]{2}$", examples=["2020-05"])
    as_of: AwareDatetime | None = None
    reason: str = Field(default="", max_length=500, description="Restates a closed month, for this reason")

    def to_domain(self, real_now: datetime) -> CloseMonth:
        as_of = self.as_of or real_now
        period = Period.parse(self.period) if self.period else Period.before(as_of)
        status = ReportStatus.PROVISIONAL if self.mode == "provisional" else ReportStatus.CLOSED
        return CloseMonth(period, status, as_of, real_now, self.reason)


class SweepDeadlinesInput(Inward):
    """Input of `sweep_deadlines`: as of which moment; the clock's when it is left out."""

    as_of: AwareDatetime | None = None

    def moment(self, real_now: datetime) -> datetime:
        """Return the moment. Raises InvalidError for a future one: its reports could not be undone, and might never come true."""
        if self.as_of and self.as_of > real_now:
            raise InvalidError("time_in_the_future", "/as_of")
        return self.as_of or real_now
