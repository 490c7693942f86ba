"""A move of a dossier as data: in which statuses an act is possible, where it leads, who may do it, what it must give."""

from enum import StrEnum

from motcua.domain.event import EventType
from motcua.domain.record import dataclass
from motcua.domain.status import Status


class Actor(StrEnum):
    """Who does an act: staff by role at the dossier's unit, the applicant, the postal partner, or the system itself."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    CONTROLLER = "controller"
    POST = "post"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Move:
    """One act. No `to` = the status stays; more than one = which of them depends on where the dossier came from.

    `reason`: the act must say why. `guard_vi`, `guard_en` tell what else must hold.
    """

    sources: frozenset[Status]
    to: frozenset[Status]
    event: EventType
    doers: tuple[Actor, ...]
    vi: str
    en: str
    reason: bool = False
    guard_vi: str = ""
    guard_en: str = ""


def within(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)
