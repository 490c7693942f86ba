"""The acts that suspend and resume a dossier's clock, and those that end an appraisal: each returns its event."""

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
    """The terms of a supplement request: how often the rule cited as `rule` allows one, and when it expires.

    `restarts` tells whether the time limit then counts anew (RESTART); `expires_at` is until when the applicant may
    bring the supplement.
    """

    limit: SupplementLimit
    rule: str
    restarts: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Resumption:
    """The due dates after a suspension: that of the dossier (None when no limit is known), and by which calendar.

    `starts` and `plans` are those of the legs that go on and of those to come. `paper_due_at` is set when the paper,
    too, waited at intake.
    """

    due_at: datetime | None
    calendar: str
    starts: Starts = ()
    plans: Plans = ()
    paper_due_at: datetime | None = None


def supplement_requested(dossier: Dossier, terms: SupplementTerms, stamp: Stamp, approved_by: str = "") -> Event:
    """Ask for what is missing (2,4→5, form 02).

    Raises RefusedError, naming the rule, when the request is one more than the rule allows and no head has approved it.
    `approved_by` is the head's opaque id.
    """
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
    """Complete the supplement: everything asked for is in (5→2,4).

    The limit counts anew or is lengthened by the suspension, as the request laid down.
    """
    check_move("complete_supplement", dossier.status)
    return next_event(dossier, EventType.SUPPLEMENT_COMPLETED, stamp, _goes_on(resumption))


def payment_requested(dossier: Dossier, amount_vnd: int, stamp: Stamp) -> Event:
    """Ask for a payment of `amount_vnd` đồng (2,4→6); the clock stands still until it is paid."""
    check_move("request_payment", dossier.status)
    return next_event(dossier, EventType.PAYMENT_REQUESTED, stamp, {"amount_vnd": amount_vnd})


def paid(dossier: Dossier, resumption: Resumption, stamp: Stamp) -> Event:
    """Confirm that the payment is in (6→2,4)."""
    check_move("confirm_payment", dossier.status)
    return next_event(dossier, EventType.DOSSIER_PAID, stamp, _goes_on(resumption))


def paused(dossier: Dossier, stamp: Stamp) -> Event:
    """Pause the agency's processing (4→8); the reason is kept with the persons."""
    check_move("pause", dossier.status)
    return next_event(dossier, EventType.DOSSIER_PAUSED, stamp, {})


def resumed(dossier: Dossier, resumption: Resumption, stamp: Stamp) -> Event:
    """Resume the agency's processing (8→4)."""
    check_move("resume", dossier.status)
    return next_event(dossier, EventType.DOSSIER_RESUMED, stamp, _goes_on(resumption))


def refused(dossier: Dossier, stamp: Stamp, rule: str = "") -> Event:
    """Refuse the dossier as not eligible (4→8, final): the written answer lies at the one-stop unit until handed back.

    At 5 this is possible only once the last day for the supplement is over, even if no officer had the dossier yet. The
    lead of linked agencies answers for the whole, and may refuse at any step, even before its own turn [ours]. `rule`
    cites how long a supplement may take.
    """
    check_move("refuse_after_appraisal", dossier.status)
    wait = dossier.waiting
    if wait is None and not dossier.officer and not dossier.legs:
        raise RefusedError("not_taken_over")
    if wait and (wait.expires_at is None or not is_late(wait.expires_at, stamp.occurred_at, by_hours=False)):
        raise RefusedError("supplement_not_expired", rule=rule, until=_day(wait.expires_at))
    return next_event(dossier, EventType.DOSSIER_REFUSED, stamp, facts_for_figures(dossier))


def answer_returned(dossier: Dossier, channel: ChannelOut, stamp: Stamp) -> Event:
    """Hand the written answer of a refusal back to the applicant, at the counter or online; possible once."""
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
