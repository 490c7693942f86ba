"""Why a result is issued again, and who is at fault."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.model import Inward
from motcua.domain.dossier.acts.correction import ReissueTerms
from motcua.domain.dossier.parts import AtFault, ReissueKind


class ReissueRequest(Inward):
    """A wrong result corrected, or a lost one made again (Decree 61/2018, art. 21; on the postal leg Decision 45/2016)."""

    kind: ReissueKind
    at_fault: AtFault
    paid_by: AtFault = Field(description="Who is at fault pays")
    reason: Reason = Field(
        description="What was wrong, and the apology that was given",
        examples=["Kết quả ghi sai ngày sinh; đã xin lỗi người dân"],
    )
    again_by_post: bool = Field(
        default=True,
        description="Where the post lost it: the new one goes by post at once, else it waits at the counter",
    )

    def to_domain(self) -> ReissueTerms:
        return ReissueTerms(self.kind, self.at_fault, self.paid_by, self.again_by_post)
