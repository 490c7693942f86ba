"""What a clerk sends to accept or refuse an online submission."""

from pydantic import Field

from motcua.contracts.fields import Reason
from motcua.contracts.intake.service_request import AsksAtIntake, Papers, brought_of
from motcua.contracts.model import Inward
from motcua.domain.dossier.components import Brought


class AcceptanceRequest(AsksAtIntake):
    """Accept an online submission; `papers` as the clerk found them, else those of the submission count."""

    papers: Papers | None = None

    def brought(self) -> tuple[Brought, ...] | None:
        return brought_of(self.papers)


class RefusalRequest(Inward):
    """Refuse an online submission (form 03)."""

    reason: Reason = Field(examples=["Thiếu bản chính giấy tờ theo thành phần hồ sơ"])
