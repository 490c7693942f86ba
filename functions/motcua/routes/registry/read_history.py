"""Read an entry's history."""

from urllib.parse import quote, unquote

from motcua import bootstrap
from motcua.contracts.registry.read_history import HistoryView
from motcua.domain.errors import InvalidError
from motcua.domain.registry.entry import EntryKind
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.ports.ledger import LAST_VERSION
from motcua.routes.paging import asked_after, cursor_after, following
from motcua.routes.query import check_names
from motcua.telemetry import note
from motcua.usecases.registry.read_history import read_history as reading

LONGEST_ID = 200
"""Characters of an entry's id in the address: the longest, of a review's item, has 142, two of which are sent as `%23`."""


def read_history(request: Request, kind: str, entry_id: str) -> Answer:
    """Return the entry's history. The ETag is the entry's current version, which a change of it sends in If-Match.

    Some ids have a `#`, sent as `%23`; some gateways pass that on decoded and others do not. No id has a `%`.
    """
    by, named = staff(request.event), unquote(entry_id)
    check_names(request, ("limit", "cursor"))
    if kind not in EntryKind._value2member_map_:
        raise InvalidError("not_allowed", "/kind", expected=", ".join(EntryKind))
    here, limit = f"/registry/{kind}/{quote(named, safe='')}/history", request.limit()
    up_to = int(asked_after(request, here) or LAST_VERSION)
    history = reading(EntryKind(kind), named, up_to, limit, by, bootstrap.ledger())
    note(entry=f"{kind}#{named}", version=history.version)
    after = cursor_after(str(history.following or ""), here)
    headers = {"ETag": f'"{history.version}"'} | following(here, after, limit=limit)
    return Answer(HistoryView.of(kind, named, history.amendments, after), headers=headers)


OPERATIONS = (
    Operation(
        "GET",
        "/registry/{kind}/{entry_id}/history",
        read_history,
        HistoryView,
        "staff",
        "Ai đã sửa một mục của danh mục, khi nào, vì sao",
        "Who changed an entry of the registry, when and why",
        longest_name=LONGEST_ID,
        query=("limit", "cursor"),
        refusals=("entry_not_found", "not_allowed", "unknown_field", "role_needed"),
    ),
)
