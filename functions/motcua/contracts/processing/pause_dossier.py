"""Why processing pauses."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.model import Inward


class PauseRequest(Inward):
    """Pause the processing."""

    reason: Reason = Field(examples=["Chờ kết quả xác minh tại thực địa"])
