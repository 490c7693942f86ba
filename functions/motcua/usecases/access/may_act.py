"""Who may do what to a dossier, by the table of moves: the role, at the unit where the dossier is or was theirs."""

from datetime import datetime

from motcua.domain.access.principal import ROLE_NAMES_VI, Principal, Role, role_needed
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.moves.move import Actor
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.errors import ForbiddenError
from motcua.domain.local_time import local_day
from motcua.domain.status import Status
from motcua.ports.registry import Registry

_ROLES = {Actor.CLERK: Role.CLERK, Actor.OFFICER: Role.OFFICER, Actor.HEAD: Role.HEAD}


def check_actor(act: str, by: Principal, dossier: Dossier, agency_id: str = "") -> Role:
    """Return the role by which this person may do `act`.

    Raises ForbiddenError, naming role and unit, when there is none. A clerk must work at the dossier's one-stop unit,
    an officer at its agency, or at `agency_id` where another agency has a part in it. The head must be that of the unit
    whose act it is.
    """
    doers = MOVES[act].doers
    at_the_counter = Actor.CLERK in doers and Actor.OFFICER not in doers
    agency = agency_id or dossier.agency_id
    units = {
        Actor.CLERK: dossier.one_stop_id,
        Actor.OFFICER: agency,
        Actor.HEAD: dossier.one_stop_id if at_the_counter else agency,
    }
    known = [(_ROLES[doer], units[doer]) for doer in doers if doer in _ROLES]
    for role, unit_id in known:
        if by.has(role, unit_id):
            return role
    role, unit_id = known[0]
    raise role_needed(role, unit_id)


def check_hands_back(act: str, by: Principal, dossier: Dossier, registry: Registry, at: datetime) -> None:
    """Check the actor of what leaves through the one-stop unit only (R2).

    Raises ForbiddenError like `check_actor`; the refusal names the order to an agency's staff.
    """
    try:
        check_actor(act, by, dossier)
    except ForbiddenError:
        agency = registry.unit(dossier.agency_id)
        if agency is None or not any(by.has(role, agency.id) for role in (Role.OFFICER, Role.HEAD)):
            raise
        rule = registry.rules().no_direct_dealing(agency, local_day(at))
        raise role_needed(Role.CLERK, dossier.one_stop_id, rule=rule) from None


def agency_acting(by: Principal, dossier: Dossier, role: Role) -> str:
    """Return the agency for which this person acts.

    That is, in this order: one whose turn it is and whose leg nobody has taken over, any whose turn it is, any other
    that has a leg, the dossier's own agency.
    """
    by_turn = sorted(dossier.legs, key=lambda leg: (not leg.running, bool(leg.officer)))
    return next((leg.agency_id for leg in by_turn if by.has(role, leg.agency_id)), dossier.agency_id)


def agency_at_work(by: Principal, dossier: Dossier, *roles: Role) -> str:
    """Return the agency for which this person may stop the clock or ask the applicant.

    That is one whose leg runs, else the lead agency, which answers for the whole at any time [ours].
    """
    running = (leg.agency_id for leg in dossier.legs if leg.running)
    return next((unit for unit in running if any(by.has(role, unit) for role in roles)), dossier.agency_id)


def check_role(act: str, by: Principal) -> None:
    """Raise ForbiddenError unless this person has a role at some unit by which `act` may be done."""
    roles = [_ROLES[doer] for doer in MOVES[act].doers if doer in _ROLES]
    if not any(role in roles for role, _ in by.rights):
        raise ForbiddenError("role_needed_somewhere", role=roles[0].value, role_vi=ROLE_NAMES_VI[roles[0]])


def check_asker(act: str, by: Principal, dossier: Dossier, *, as_head: bool = False) -> None:
    """Raise ForbiddenError unless this person may ask the applicant for something.

    That is a clerk at intake and an officer of the agency during appraisal, or, with `as_head`, the head of that unit.
    Where nothing may be asked for, everybody passes who may ask in another status: the table of moves then refuses the
    act.
    """
    if dossier.status is Status.RECEIVED:
        by.require(Role.HEAD if as_head else Role.CLERK, dossier.one_stop_id)
    elif as_head or dossier.status is Status.IN_PROCESS:
        role = Role.HEAD if as_head else Role.OFFICER
        by.require(role, agency_at_work(by, dossier, role))
    else:
        check_actor(act, by, dossier)
