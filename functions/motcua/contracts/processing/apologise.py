"""The new date of a late result, and why."""

from pydantic import Field

from motcua.contracts.fields import Moment, Reason
from motcua.contracts.model import Inward


class ApologyRequest(Inward):
    """Apologise and set a new date (form 04)."""

    new_due_at: Moment = Field(description="In the agency's working hours, after the due date")
    reason: Reason = Field(examples=["Hồ sơ phức tạp, cần thêm thời gian thẩm định"])
