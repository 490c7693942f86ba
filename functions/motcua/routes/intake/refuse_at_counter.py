"""Refuse to receive at the counter, or what came by post."""

from motcua import bootstrap
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.intake.refuse_at_counter import CounterRefusalRequest
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.dossier_command import SERVICE_REFUSALS, dossier_answer
from motcua.usecases.intake.refuse_at_counter import refuse_at_counter as refuse


def refuse_at_counter(request: Request, body: CounterRefusalRequest) -> Answer:
    by = staff(request.event)
    key = request.idempotency_key(by.subject, "refuse_at_counter")
    return dossier_answer(
        refuse(body.to_domain(), by, request.stamp(by.subject), key, bootstrap.dossier_context()), status=201
    )


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/refusals",
        refuse_at_counter,
        DossierView,
        "staff",
        "Từ chối tiếp nhận tại quầy, qua bưu chính (mẫu số 03)",
        "Refuse at the counter, or what came by post (form 03)",
        body=CounterRefusalRequest,
        status=201,
        command=True,
        refusals=SERVICE_REFUSALS,
    ),
)
