"""Examples of other intake: transitional, refused and withdrawn dossiers, and a corrected receipt."""

from datetime import date

from pydantic import BaseModel

from infra.contracts import other_lives
from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.correct_receipt import ReceiptCorrectionRequest
from motcua.contracts.intake.refuse_at_counter import CounterRefusalRequest
from motcua.contracts.intake.register_transitional import TransitionalRequest
from motcua.contracts.intake.service_request import PaperModel
from motcua.contracts.intake.withdraw_dossier import WithdrawalRequest
from motcua.contracts.persons import PersonModel
from motcua.domain.dossier.components import PaperForm


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    owner = PersonModel.from_domain(life.OWNER)
    withdrawal = WithdrawalRequest(reason="Không còn nhu cầu giải quyết")
    return {
        "register_transitional": TransitionalRequest(
            one_stop_id=book.ONE_STOP.id,
            procedure_code=book.PROCEDURE.code,
            owner=owner,
            agency_id=book.DEPARTMENT.id,
            original_number="0123/TN-SKHDT",
            received_on=date(2020, 4, 10),
            evidence="Giấy biên nhận của cơ quan, bản chụp kèm theo",
        ),
        "refuse_at_counter": CounterRefusalRequest(
            one_stop_id=book.ONE_STOP.id,
            procedure_code=book.PROCEDURE.code,
            channel_in="counter",
            owner=owner,
            reason="Thiếu bản chính giấy đề nghị đăng ký doanh nghiệp",
        ),
        "withdraw_dossier": withdrawal,
        "withdraw_own_dossier": withdrawal,
        "correct_receipt": ReceiptCorrectionRequest(
            reason="Ghi sai địa chỉ của chủ hồ sơ",
            owner=owner,
            papers=[PaperModel(component=1, form=PaperForm.ORIGINAL)],
        ),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    withdrawn = DossierView.from_domain(other_lives.withdrawn_at_the_agency().dossier)
    return {
        "register_transitional": DossierView.from_domain(other_lives.transitional().dossier),
        "refuse_at_counter": DossierView.from_domain(other_lives.refused_at_the_counter().dossier),
        "withdraw_dossier": withdrawn,
        "withdraw_own_dossier": withdrawn,
        "correct_receipt": DossierView.from_domain(other_lives.receipt_put_right().dossier),
    }
