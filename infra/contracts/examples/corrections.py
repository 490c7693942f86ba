"""Examples of reversed acts and of a reissued result."""

from pydantic import BaseModel

from infra.contracts import other_lives
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.results.reissue_result import ReissueRequest
from motcua.contracts.results.reverse_act import ReversalRequest
from motcua.domain.dossier.parts import AtFault, ReissueKind


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    return {
        "reverse_return": ReversalRequest(reason="Bấm nhầm hồ sơ, người dân chưa nhận kết quả"),
        "reverse_resolution": ReversalRequest(reason="Báo xong nhầm, kết quả chưa được ký"),
        "reissue_result": ReissueRequest(
            kind=ReissueKind.CORRECTION,
            at_fault=AtFault.AGENCY,
            paid_by=AtFault.AGENCY,
            reason="Kết quả ghi sai địa chỉ trụ sở; đã xin lỗi người dân",
        ),
    }


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    return {
        "reverse_return": DossierView.from_domain(other_lives.return_taken_back().dossier),
        "reverse_resolution": DossierView.from_domain(other_lives.resolution_taken_back().dossier),
        "reissue_result": DossierView.from_domain(other_lives.corrected().dossier),
    }
