"""What an officer asks the applicant to supply."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.model import Inward
from motcua.usecases.processing.request_supplement import MissingPapers


class SupplementRequest(Inward):
    """Ask for what is missing (form 02). Beyond what the rule allows the head asks, with `override_reason`."""

    reason: Reason = Field(
        description="What is missing, as the applicant reads it",
        examples=["Thiếu bản sao chứng thực giấy tờ pháp lý của chủ doanh nghiệp"],
    )
    override_reason: Reason | None = Field(default=None, description="Why the head asks once more than the rule allows")

    def to_domain(self) -> MissingPapers:
        return MissingPapers(self.reason, self.override_reason or "")
