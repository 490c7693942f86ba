"""Reversing a mistaken act, and re-issuing a result: compensating events, nothing is deleted.

A reversal carries what the reversed act counted, and on which day, so that the figures take back exactly that. A wrong
or lost result is re-issued (Decree 61/2018, art. 21); the re-issue names who is at fault and who pays.
"""

from collections.abc import Mapping, Sequence

from motcua.domain.dossier.dossier import Dossier, next_event
from motcua.domain.dossier.evolution import evolve
from motcua.domain.dossier.moves.table import check_move
from motcua.domain.dossier.parts import AtFault, ReissueKind
from motcua.domain.errors import ForbiddenError, RefusedError
from motcua.domain.event import Event, EventType, Stamp
from motcua.domain.local_time import local_day
from motcua.domain.post.parcel import Parcel, ParcelState, order_number
from motcua.domain.record import dataclass
from motcua.domain.status import Status

REISSUE_RULE = "61/2018/NĐ-CP, Điều 21; 45/2016/QĐ-TTg (chưa đối chiếu văn bản · text not at hand)"

PAID_BY: Mapping[ReissueKind, Mapping[AtFault, frozenset[AtFault]]] = {
    ReissueKind.CORRECTION: {
        AtFault.AGENCY: frozenset({AtFault.AGENCY}),
        AtFault.ONE_STOP: frozenset({AtFault.ONE_STOP}),
        AtFault.APPLICANT: frozenset({AtFault.APPLICANT, AtFault.AGENCY}),
    },
    ReissueKind.LOSS: {
        AtFault.AGENCY: frozenset({AtFault.AGENCY}),
        AtFault.ONE_STOP: frozenset({AtFault.ONE_STOP}),
        AtFault.APPLICANT: frozenset({AtFault.APPLICANT}),
    },
    ReissueKind.LOSS_BY_POST: {AtFault.POST: frozenset({AtFault.POST})},
}
"""Who may be at fault, and who may then pay. The party at fault bears the cost (Decree 61, art. 21; on the postal leg,
Decision 45/2016). Ours: the one-stop unit pays for its own mistakes, and an agency may correct an applicant's mistake
at its own cost."""

LOST = frozenset({ParcelState.LOST, ParcelState.DAMAGED})


@dataclass(frozen=True, slots=True)
class ReissueTerms:
    """Why a result is made again, and at whose cost.

    With `again_by_post`, a result that the post lost goes by post again at once; else the applicant chooses again.
    """

    kind: ReissueKind
    at_fault: AtFault
    paid_by: AtFault
    again_by_post: bool = True


_COUNTED = ("procedure", "one_stop", "agency", "channel_in", "channel_out")


def return_reversed(dossier: Dossier, life: Sequence[Event], stamp: Stamp, *, as_head: bool) -> Event:
    """Reverse a return: the result was not handed over after all (10→9).

    `life` is every event of the dossier. The channel is again the one that was chosen before.
    """
    check_move("reverse_return", dossier.status)
    done = _latest(life, dossier, EventType.DOSSIER_RETURNED)
    if "order_number" in done.data:
        raise RefusedError("delivered_by_post", parcel=done.data["order_number"])
    if any(event.type is EventType.RESULT_REISSUED and event.version > done.version for event in _own(life, dossier)):
        raise RefusedError("reissued_since")
    _check_doer(done, stamp, dossier.one_stop_id, as_head=as_head)
    before = _before(life, dossier, done).channel_out.value
    return next_event(dossier, EventType.RETURN_REVERSED, stamp, _taken_back(done) | {"channel_before": before})


def resolution_reversed(dossier: Dossier, life: Sequence[Event], stamp: Stamp, *, as_head: bool) -> Event:
    """Reverse a resolution: the dossier was not resolved after all and goes back to its officer (9→4).

    This is never possible while the post has the result or is to fetch it: that parcel must reach its end first.
    """
    check_move("reverse_resolution", dossier.status)
    done = _latest(life, dossier, EventType.DOSSIER_RESOLVED)
    if dossier.parcel_open:
        raise RefusedError("parcel_holds_result", parcel=order_number(dossier.id, dossier.parcels))
    _check_doer(done, stamp, dossier.agency_id, as_head=as_head)
    return next_event(dossier, EventType.RESOLUTION_REVERSED, stamp, _taken_back(done))


def reissued(
    dossier: Dossier, life: Sequence[Event], parcel: Parcel | None, terms: ReissueTerms, stamp: Stamp
) -> Event:
    """Correct a result or make it again; the status stays.

    The new result is linked to the one that was handed out (10) or lies ready (9). `parcel` is the dossier's latest. A
    parcel that the post lost or damaged is given up.
    """
    check_move("reissue", dossier.status)
    check_who_pays(terms.kind, terms.at_fault, terms.paid_by)
    old = _latest(
        life,
        dossier,
        EventType.DOSSIER_RETURNED if dossier.status is Status.RETURNED else EventType.DOSSIER_RESOLVED,
    )
    by_post = "order_number" in old.data if old.type is EventType.DOSSIER_RETURNED else dossier.parcel_open
    if terms.kind is ReissueKind.LOSS_BY_POST and not by_post:
        raise RefusedError("no_parcel_to_lose", "/kind")
    data: dict[str, object] = {
        "reissue": terms.kind.value,
        "at_fault": terms.at_fault.value,
        "paid_by": terms.paid_by.value,
        "ordinal": len(dossier.reissues) + 1,
        "of": old.version,
    }
    if dossier.parcel_open:
        assert parcel is not None
        _check_given_up(parcel, terms.kind)
        data["gives_up"] = parcel.order_number
        if terms.again_by_post:
            data["parcel"] = dossier.parcels + 1
    return next_event(dossier, EventType.RESULT_REISSUED, stamp, data)


def check_who_pays(kind: ReissueKind, at_fault: AtFault, paid_by: AtFault) -> None:
    """Raise RefusedError, naming the rule and what it allows, when kind, fault and payer contradict each other."""
    faults = PAID_BY[kind]
    if at_fault not in faults:
        raise RefusedError(
            "reissue_fault_contradicts", "/at_fault", kind=kind.value, allowed=_words(faults), rule=REISSUE_RULE
        )
    if paid_by not in faults[at_fault]:
        raise RefusedError(
            "reissue_payer_contradicts",
            "/paid_by",
            at_fault=at_fault.value,
            allowed=_words(faults[at_fault]),
            rule=REISSUE_RULE,
        )


def _check_given_up(parcel: Parcel, kind: ReissueKind) -> None:
    """Raise RefusedError unless the post has lost or damaged the result and the re-issue is for that loss."""
    if parcel.state not in LOST:
        raise RefusedError("parcel_not_lost", parcel=parcel.order_number, state=parcel.state.value)
    if kind is not ReissueKind.LOSS_BY_POST:
        raise RefusedError("lost_by_post", "/kind", parcel=parcel.order_number, state=parcel.state.value)


def _check_doer(done: Event, stamp: Stamp, unit: str, *, as_head: bool) -> None:
    """Raise ForbiddenError unless the head acts, or whoever did the act on the same local day [ours]."""
    if as_head:
        return
    day = local_day(done.stamp.occurred_at)
    if stamp.actor != done.stamp.actor:
        raise ForbiddenError("reversal_not_yours", day=f"{day:%d/%m/%Y}", unit=unit)
    if local_day(stamp.occurred_at) != day:
        raise ForbiddenError("reversal_day_over", day=f"{day:%d/%m/%Y}", unit=unit)


def _taken_back(done: Event) -> dict[str, object]:
    """Return what `done` counted, as it was counted: the dossier may have another agency or channel since then."""
    day = local_day(done.stamp.occurred_at)
    return {name: done.data[name] for name in _COUNTED} | {"reverses": done.id, "of_day": day.isoformat()}


def _own(life: Sequence[Event], dossier: Dossier) -> list[Event]:
    """Return the dossier's own events, without its parcels', by version, because machines' clocks may disagree."""
    return sorted((event for event in life if event.subject == dossier.id), key=lambda event: event.version)


def _latest(life: Sequence[Event], dossier: Dossier, event_type: EventType) -> Event:
    return next(event for event in reversed(_own(life, dossier)) if event.type is event_type)


def _before(life: Sequence[Event], dossier: Dossier, done: Event) -> Dossier:
    state: Dossier | None = None
    for event in _own(life, dossier):
        if event.version < done.version:
            state = evolve(state, event)
    assert state is not None
    return state


def _words(parties: Mapping[AtFault, object] | frozenset[AtFault]) -> str:
    return ", ".join(sorted(party.value for party in parties))
