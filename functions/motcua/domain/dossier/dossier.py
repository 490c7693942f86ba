"""A dossier (hồ sơ): its present state.

Acts make events (`dossier.acts`), and events change it (`dossier.evolution`).
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from motcua.domain.deadline.suspension import Suspension
from motcua.domain.dossier.components import Brought
from motcua.domain.dossier.parts import LinkedLeg, Opinion, PaperLeg, Reissue, Transitional
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.record import dataclass
from motcua.domain.status import ENDS, OPEN, Status

ID_LENGTH = 16

TOLD_OF_AN_ID = 4
"""Characters of an id that tell not which dossier it is, but part a thousand dossiers that have the same moment [ours]."""


def is_dossier_id(text: str) -> bool:
    """Whether `text` has the shape of a dossier's id: sixteen characters of Crockford's base 32."""
    return re.fullmatch(f"[0-9A-HJKMNP-TV-Z]{{{ID_LENGTH}}}", text) is not None


def nameless(place: str) -> str:
    """Return a place in a list without most of the dossier's id at its end: a cursor tells of no dossier that is hidden."""
    return place[: TOLD_OF_AN_ID - ID_LENGTH]


class ChannelIn(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


class ChannelOut(StrEnum):
    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Dossier:
    """The present state of one applicant's case under one procedure; moments are UTC. Only events change it.

    `due_at` is the original due date plus suspended time. It is past on a later local date; with `due_by_hours` (a
    limit in hours), at the moment after it. `new_due_at` is the date promised by an apology, which does not decide
    early or late. `answer_by` is when a submission must have been accepted or refused. `calendar` names the calendar
    versions by which the due date was counted, as `2020.1`. `resolved_by` and `returned_by` may reverse their own
    mistake on the same day. `papers` is what was brought, None when nobody listed it. `warned` holds the reminders that
    the sweep has sent once, as `late@<due date>`.
    """

    id: str
    version: int
    status: Status
    procedure_code: str
    one_stop_id: str
    agency_id: str
    channel_in: ChannelIn
    channel_out: ChannelOut
    changed_at: datetime
    number: str = ""
    number_is_sample: bool = False
    submitted_at: datetime | None = None
    answer_by: datetime | None = None
    registered_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    due_by_hours: bool = False
    new_due_at: datetime | None = None
    calendar: str = ""
    ready_at: datetime | None = None
    returned_at: datetime | None = None
    decided_at: datetime | None = None
    answered_at: datetime | None = None
    officer: str = ""
    resolved_by: str = ""
    returned_by: str = ""
    parcels: int = 0
    parcel_open: bool = False
    procedure_version: int = 1
    receipt_version: int = 0
    waits: tuple[Suspension, ...] = ()
    legs: tuple[LinkedLeg, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    paper: PaperLeg | None = None
    transitional: Transitional | None = None
    papers: tuple[Brought, ...] | None = None
    reissues: tuple[Reissue, ...] = ()
    warned: tuple[str, ...] = ()
    reminders: int = 0
    apologies: int = 0

    @property
    def waiting(self) -> Suspension | None:
        """The suspension that is open, if there is one."""
        return self.waits[-1] if self.waits and self.waits[-1].until is None else None

    @property
    def inbox_unit_id(self) -> str:
        """The unit in whose inbox the dossier lies; empty when it has ended.

        It lies at the agency while the agency works on it or pauses; else at the one-stop unit: before, after, and
        while the applicant must come. A written answer lies at the one-stop unit until it is handed back.
        """
        if self.status in ENDS:
            return self.one_stop_id if self.status is Status.REFUSED and not self.answered_at else ""
        return self.agency_id if self.status in (Status.IN_PROCESS, Status.PAUSED) else self.one_stop_id

    @property
    def agencies_with_a_part(self) -> tuple[str, ...]:
        """The agencies that have or had a part in it: a leg of their own, or an opinion."""
        by_leg = [leg.agency_id for leg in self.legs]
        return tuple(dict.fromkeys(by_leg + [opinion.agency_id for opinion in self.opinions]))

    @property
    def readers(self) -> tuple[str, ...]:
        """The agencies whose staff may read it: the issuing one, those with a leg, and those that owe an opinion."""
        owed = [opinion.agency_id for opinion in self.opinions if opinion.given_at is None and self.status in OPEN]
        return (self.agency_id, *(leg.agency_id for leg in self.legs), *owed)

    @property
    def other_inboxes(self) -> tuple[str, ...]:
        """The agencies in whose inbox it also lies: a leg is running there, or an opinion is owed."""
        if self.status not in OPEN:
            return ()
        running = [leg.agency_id for leg in self.legs if leg.running]
        owed = [opinion.agency_id for opinion in self.opinions if opinion.given_at is None]
        return tuple(dict.fromkeys(unit for unit in (*running, *owed) if unit != self.inbox_unit_id))


def next_event(dossier: Dossier, event_type: EventType, stamp: Stamp, data: Mapping[str, object]) -> Event:
    """Return the next event of the dossier as it stands."""
    return Event(event_type, dossier.id, dossier.version + 1, stamp, data)


def facts_for_figures(dossier: Dossier) -> dict[str, object]:
    """Return what the figures need to know of a dossier. The event carries it, so that counting reads nothing else."""
    return {
        "procedure": dossier.procedure_code,
        "one_stop": dossier.one_stop_id,
        "agency": dossier.agency_id,
        "channel_in": dossier.channel_in.value,
        "channel_out": dossier.channel_out.value,
    }
