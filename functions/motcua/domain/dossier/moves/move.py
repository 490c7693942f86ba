"""A move of a dossier as data: when an act is possible, where it leads, who may do it, and what it needs."""

from enum import StrEnum

from motcua.domain.event import EventType
from motcua.domain.record import dataclass
from motcua.domain.status import Status


class Actor(StrEnum):
    """Who may do an act: staff by role at the dossier's unit, the applicant, the postal partner, or the system."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    CONTROLLER = "controller"
    POST = "post"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Move:
    """One act. Without a `to` the status stays; with more than one, where the dossier came from decides which it is.

    `reason` tells that the act must give a reason. `guard_vi` and `guard_en` tell what else must hold.
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
