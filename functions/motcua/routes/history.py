"""Staff read the audit trail of the registry: every version of an entry, who made it, when and why."""

from urllib.parse import unquote

from motcua import bootstrap
from motcua.contracts.registry_views import HistoryView
from motcua.domain.entry import EntryKind
from motcua.domain.errors import InvalidError
from motcua.http import Answer, Operation
from motcua.identity import staff
from motcua.request import Request
from motcua.telemetry import note
from motcua.usecases.read_history import read_history as reading


def read_history(request: Request, kind: str, entry_id: str) -> Answer:
    """The ETag is the entry's version as it stands now: what a change of it sends in If-Match."""
    by, named = staff(request.event), unquote(entry_id)  # the ids of carrier codes have a `#`
    if kind not in EntryKind._value2member_map_:
        raise InvalidError("not_allowed", "/kind", expected=", ".join(EntryKind))
    version, history = reading(EntryKind(kind), named, by, bootstrap.ledger())
    note(entry=f"{kind}#{named}", version=version)
    return Answer(HistoryView.of(kind, named, history), headers={"ETag": f'"{version}"'})


OPERATIONS = (
    Operation(
        "GET",
        "/registry/{kind}/{entry_id}/history",
        read_history,
        HistoryView,
        "staff",
        "Ai đã sửa một mục của danh mục, khi nào, vì sao",
        "Who changed an entry of the registry, when and why",
        refusals=("entry_not_found", "not_allowed"),
    ),
)
