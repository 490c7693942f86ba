"""Staff, the processing agency and the way out: take over, resolve, choose how the result comes, return it."""

from motcua import bootstrap
from motcua.contracts.dossier.intake_requests import ReturnChannelRequest, ReturnRequest
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import process_dossier
from motcua.usecases.results import choose_return_channel as choosing
from motcua.usecases.results import return_result


def take_over_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        process_dossier.take_over(staff_command(request, dossier_id, "take_over_dossier"), bootstrap.dossier_context())
    )


def resolve_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        process_dossier.resolve(staff_command(request, dossier_id, "resolve_dossier"), bootstrap.dossier_context())
    )


def return_dossier(request: Request, dossier_id: str, body: ReturnRequest) -> Answer:
    act = staff_command(request, dossier_id, "return_dossier")
    taken = body.originals_taken
    return dossier_answer(
        return_result.return_result(act, body.channel, bootstrap.dossier_context(), originals_taken=taken)
    )


def choose_return_channel(request: Request, dossier_id: str, body: ReturnChannelRequest) -> Answer:
    act = staff_command(request, dossier_id, "choose_return_channel")
    return dossier_answer(choosing.choose_return_channel(act, body.to_domain(), bootstrap.dossier_context()))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/takeover",
        take_over_dossier,
        DossierView,
        "staff",
        "Cán bộ cơ quan giải quyết nhận xử lý hồ sơ",
        "An officer of the processing agency takes the dossier over",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("leg_not_running",),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/resolution",
        resolve_dossier,
        DossierView,
        "staff",
        "Giải quyết xong, chuyển kết quả về Bộ phận Một cửa",
        "Resolve: the result goes to the one-stop unit",
        body=NoBody,
        command=True,
        guarded=True,
        refusals=("legs_unfinished", "not_taken_over", "rule_missing"),
    ),
    Operation(
        "POST",
        "/dossiers/{dossier_id}/return",
        return_dossier,
        DossierView,
        "staff",
        "Trả kết quả trực tiếp hoặc trực tuyến",
        "Return the result at the counter or online",
        body=ReturnRequest,
        command=True,
        guarded=True,
        refusals=(
            "post_returns_itself",
            "parcel_under_way",
            "return_closed",
            "unknown_unit",
            "originals_due_at_return",
            "unknown_procedure",
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
