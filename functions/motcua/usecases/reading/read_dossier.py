"""Read a dossier with its persons, its timeline, and what a citizen may see of it."""

from collections.abc import Mapping, Sequence

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import NotFoundError
from motcua.domain.event import Event
from motcua.ports.dossiers import Dossiers
from motcua.usecases.access.may_see import check_may_see


def read_dossier(dossier_id: str, by: Principal, dossiers: Dossiers) -> tuple[Dossier, Persons]:
    found = dossiers.load_with_persons(dossier_id)
    check_may_see(by, found[0] if found else None)
    assert found is not None
    return found


def read_timeline(dossier_id: str, by: Principal, dossiers: Dossiers) -> tuple[Sequence[Event], Mapping[int, str]]:
    """Return every event of the dossier and its parcels, and the reasons by version, for staff who may see it."""
    _, persons = read_dossier(dossier_id, by, dossiers)
    return dossiers.events(dossier_id), persons.reasons


def read_own(dossier_id: str, citizen: str, dossiers: Dossiers) -> tuple[Dossier, Persons]:
    """Return a citizen's own dossier, through the portal. Raises NotFoundError when it is not theirs."""
    found = dossiers.load_with_persons(dossier_id)
    if found is None or not found[1].owned_by(citizen):
        raise NotFoundError("dossier_not_found")
    return found
