"""What all routes that change the registry share: reading the command from a request, and the answer with its ETag."""

from motcua.contracts.model import Outward
from motcua.domain.access.principal import PROVINCE, Principal, Role
from motcua.edge.http import Answer
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.registry_command import RegistryCommand, RegistryResult

AMENDING_REFUSALS = (
    "entry_not_found",
    "role_needed",
    "entry_changed_meanwhile",
    "entry_version_differs",
    "entry_too_large",
)
"""Why any change of the registry may be refused."""


def registry_command(request: Request, name: str, why: str, *, changes: bool) -> RegistryCommand:
    """Return a staff member's command; its key is scoped to the route and entry. `changes` marks an entry read before."""
    by = staff(request.event)
    version = request.expected_version() if changes else None
    key = request.idempotency_key(by.subject, name)
    return RegistryCommand(by, request.stamp(by.subject), why, key, version)


def controller(request: Request) -> Principal:
    """Return the provincial controller, who alone reads jobs, calendar changes and reorganisations."""
    by = staff(request.event)
    by.require(Role.CONTROLLER, PROVINCE)
    return by


def entry_answer(done: RegistryResult, view: Outward, status: int = 200, *, at: str = "") -> Answer:
    """Return the entry as the command left it, a new one with its location; a replayed answer is marked as such."""
    entry = done.entry
    note(entry=entry.subject, version=entry.version, replayed=done.replayed)
    headers = {"ETag": f'"{entry.version}"'} | ({"Idempotency-Replayed": "true"} if done.replayed else {})
    if status == 201:
        headers["Location"] = at
    return Answer(view, status, headers)
