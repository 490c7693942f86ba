"""Choose how the result comes back: noted by staff, or chosen through the portal."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.results.choose_return_channel import ReturnChannelRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.applicant_command import applicant_command
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.results import choose_return_channel as choosing
from motcua.usecases.results.choose_return_channel import choose_own_return_channel


def choose_own_channel(request: Request, dossier_id: str, body: ReturnChannelRequest) -> Answer:
    act = applicant_command(request, dossier_id, "choose_own_channel")
    return dossier_answer(choose_own_return_channel(act, body.to_domain(), bootstrap.dossier_context()))


def choose_return_channel(request: Request, dossier_id: str, body: ReturnChannelRequest) -> Answer:
    act = staff_command(request, dossier_id, "choose_return_channel")
    return dossier_answer(choosing.choose_return_channel(act, body.to_domain(), bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "PUT",
        "/portal/dossiers/{dossier_id}/return-channel",
        choose_own_channel,
        DossierView,
        "portal",
        "Chọn cách nhận kết quả",
        "Choose how the result comes",
        body=ReturnChannelRequest,
        command=True,
        guarded=True,
        scope="portal/choose",
        refusals=(
            "unknown_procedure",
            "post_not_offered",
            "originals_due_by_post",
            "parcel_under_way",
            "address_needed_for_post",
            "rule_missing",
        ),
    ),
    Operation(
        "PUT",
        "/dossiers/{dossier_id}/return-channel",
        choose_return_channel,
        DossierView,
        "staff",
        "Ghi nhận kênh nhận kết quả do người dân chọn",
        "Note how the applicant wants the result",
        body=ReturnChannelRequest,
        command=True,
        guarded=True,
        refusals=(
            "unknown_procedure",
            "post_not_offered",
            "originals_due_by_post",
            "address_needed_for_post",
            "parcel_under_way",
            "rule_missing",
        ),
    ),
)
