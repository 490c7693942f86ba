"""The acts by which a dossier waits and goes on, and those that end an appraisal: each answers with its event."""

from datetime import datetime

from motcua.domain.deadline.suspension import WaitKind
from motcua.domain.dossier.dossier import ChannelOut, Dossier, facts_for_figures, next_event
from motcua.domain.dossier.legs import Plans, Starts, plans_told, starts_told
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.errors import RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.local_time import is_late, local_day
from motcua.domain.record import dataclass
from motcua.domain.rules.values import SupplementLimit
from motcua.domain.status import Status


@dataclass(frozen=True, slots=True)
class SupplementTerms:
    """On what terms a supplement is asked for: how often the rule cited as `rule` allows it, whether the limit then
    RESTARTs, and until when the applicant may bring it."""

    limit: SupplementLimit
    rule: str
    restarts: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Resumption:
    """When a dossier is due after its wait (None: no limit is known), by which calendar, and the due dates of the legs
    that go on and of those to come; `paper_due_at` where its paper waited at intake, too."""

    due_at: datetime | None
    calendar: str
    starts: Starts = ()
    plans: Plans = ()
    paper_due_at: datetime | None = None


def supplement_requested(dossier: Dossier, terms: SupplementTerms, stamp: Stamp, approved_by: str = "") -> Event:
    """What is missing is asked for (2,4→5, form 02). RefusedError, naming the rule, for one more than it allows, unless
    a head approved it: `approved_by` is that person's opaque id."""
    check_move("request_supplement", dossier.status)
    at_intake = dossier.status is Status.RECEIVED
    asked = sum(wait.kind is WaitKind.SUPPLEMENT and wait.at_intake is at_intake for wait in dossier.waits)
    allowed = terms.limit.at_intake if at_intake else terms.limit.during_appraisal
    data: dict[str, object] = {"restarts": terms.restarts, "expires_at": terms.expires_at.isoformat()}
    if asked >= allowed:
        if not approved_by:
            raise RefusedError("supplements_used_up", rule=terms.rule, asked=asked, allowed=allowed)
        data |= {"approved_by": approved_by, "rule": terms.rule}
    return next_event(dossier, EventType.SUPPLEMENT_REQUESTED, stamp, data)


def supplement_completed(dossier: Dossier, resumption: Resumption, stamp: Stamp) -> Event:
    """Everything asked for is in (5→2,4): the limit counts anew or is longer by the wait, as the request said."""
    check_move("complete_supplement", dossier.status)
    return next_event(dossier, EventType.SUPPLEMENT_COMPLETED, stamp, _goes_on(resumption))


def payment_requested(dossier: Dossier, amount_vnd: int, stamp: Stamp) -> Event:
    """So many đồng are to be paid (2,4→6); the clock stands still until they are."""
    check_move("request_payment", dossier.status)
    return next_event(dossier, EventType.PAYMENT_REQUESTED, stamp, {"amount_vnd": amount_vnd})


def paid(dossier: Dossier, resumption: Resumption, stamp: Stamp) -> Event:
    """The payment is in (6→2,4)."""
    check_move("confirm_payment", dossier.status)
    return next_event(dossier, EventType.DOSSIER_PAID, stamp, _goes_on(resumption))


def paused(dossier: Dossier, stamp: Stamp) -> Event:
    """The agency pauses (4→8); why is kept with the persons."""
    check_move("pause", dossier.status)
    return next_event(dossier, EventType.DOSSIER_PAUSED, stamp, {})


def resumed(dossier: Dossier, resumption: Resumption, stamp: Stamp) -> Event:
    """The agency goes on (8→4)."""
    check_move("resume", dossier.status)
    return next_event(dossier, EventType.DOSSIER_RESUMED, stamp, _goes_on(resumption))


def refused(dossier: Dossier, stamp: Stamp, rule: str = "") -> Event:
    """Not eligible (4→8, final): the written answer lies at the one-stop unit until it is handed back. At 5 only once the
    last day for the supplement is over, even where no officer had it yet. The lead of linked agencies answers for the whole and
    refuses at any step, before its own turn, too [ours]. `rule` says how long a supplement may take."""
    check_move("refuse_after_appraisal", dossier.status)
    wait = dossier.waiting
    if wait is None and not dossier.officer and not dossier.legs:
        raise RefusedError("not_taken_over")
    if wait and (wait.expires_at is None or not is_late(wait.expires_at, stamp.occurred_at, by_hours=False)):
        raise RefusedError("supplement_not_expired", rule=rule, until=_day(wait.expires_at))
    return next_event(dossier, EventType.DOSSIER_REFUSED, stamp, facts_for_figures(dossier))


def answer_returned(dossier: Dossier, channel: ChannelOut, stamp: Stamp) -> Event:
    """The applicant has the written answer of a refusal, by the one-stop unit's counter or online; once."""
    check_move("return_answer", dossier.status)
    if dossier.answered_at:
        raise RefusedError("answer_returned_before")
    return next_event(dossier, EventType.ANSWER_RETURNED, stamp, {"channel": channel.value})


def _day(moment: datetime | None) -> str:
    return f"{local_day(moment):%d/%m/%Y}" if moment else "…"


def _goes_on(resumption: Resumption) -> dict[str, object]:
    due_at = resumption.due_at.isoformat() if resumption.due_at else None
    data: dict[str, object] = {"due_at": due_at, "calendar": resumption.calendar}
    if resumption.paper_due_at:
        data["paper_due_at"] = resumption.paper_due_at.isoformat()
    return data | starts_told(resumption.starts) | plans_told(resumption.plans)
