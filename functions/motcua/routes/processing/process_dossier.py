"""Take a dossier over at the processing agency, and resolve it."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.dossier_command import dossier_answer, staff_command
from motcua.usecases.processing import process_dossier


def take_over_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        process_dossier.take_over(staff_command(request, dossier_id, "take_over_dossier"), bootstrap.dossier_context())
    )


def resolve_dossier(request: Request, dossier_id: str, body: NoBody) -> Answer:
    return dossier_answer(
        process_dossier.resolve(staff_command(request, dossier_id, "resolve_dossier"), bootstrap.dossier_context())
    )


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
)
