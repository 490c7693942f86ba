"""What is sent to withdraw a dossier."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.model import Inward


class WithdrawalRequest(Inward):
    """Withdraw a dossier at the applicant's request; its papers go back."""

    reason: Reason = Field(examples=["Không còn nhu cầu giải quyết"])
