"""Why a mistaken act is taken back."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.model import Inward


class ReversalRequest(Inward):
    """Take a mistaken act back. It stays in the timeline, and so does this."""

    reason: Reason = Field(examples=["Bấm nhầm hồ sơ, người dân chưa nhận kết quả"])
