"""Why a dossier is refused after its appraisal."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.model import Inward


class RefusalAfterAppraisal(Inward):
    """Not eligible: why, as the written answer says."""

    reason: Reason = Field(examples=["Không đủ điều kiện về ngành nghề theo quy định"])
