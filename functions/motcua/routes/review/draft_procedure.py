"""Draft a procedure's next version."""

from motcua import bootstrap
from motcua.contracts.registry.find_procedures import ProcedureView
from motcua.contracts.review.draft_procedure import DraftProcedureRequest
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import local_day
from motcua.domain.registry.directory import Directory
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.registry_command import AMENDING_REFUSALS, entry_answer, registry_command
from motcua.usecases.review import draft_procedure as usecases


def draft_procedure(request: Request, code: str, body: DraftProcedureRequest) -> Answer:
    """Draft the next version; `If-Match: "0"` means that the procedure does not exist yet."""
    content = body.procedure.to_domain()
    if content.code != code:
        raise InvalidError("id_differs", "/procedure/code", id=code)
    command = registry_command(request, f"draft_procedure|{code}", body.why, changes=True)
    done = usecases.draft_procedure(command, content, bootstrap.ledger())
    directory = Directory.of(bootstrap.registry().units(), local_day(command.stamp.occurred_at))
    return entry_answer(done, ProcedureView.of(done.entry.thing.latest, directory))


OPERATIONS = (
    Operation(
        "POST",
        "/procedures/{code}/draft",
        draft_procedure,
        ProcedureView,
        "staff",
        'Soạn phiên bản tiếp theo của một thủ tục; thủ tục mới: If-Match "0"',
        'Draft the next version of a procedure; for a new one If-Match is "0"',
        body=DraftProcedureRequest,
        command=True,
        guarded=True,
        refusals=(
            *AMENDING_REFUSALS,
            "id_differs",
            "draft_of_another_agency",
            "draft_under_review",
            "unknown_unit",
            "issues_nothing",
            "agency_needed",
            "lead_not_among_legs",
            "steps_with_gaps",
            "lead_not_last",
            "legs_of_committees",
            "leg_twice",
            "whole_limit_needed",
            "legs_exceed_limit",
        ),
    ),
)
