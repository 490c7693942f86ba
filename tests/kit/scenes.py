"""A dossier in each status, as a starting point of tests, brought there by the shortest way."""

from datetime import timedelta
from typing import Any

from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.event import Queue
from motcua.domain.post.parcel import ParcelState
from tests.kit.life.oracle import refusals
from tests.kit.life.whole_life import LINKED_ONES, PLAIN, Attempt, Life

DAY = timedelta(days=1)


def able(life: Life, act: str) -> list[Attempt]:
    """Return every attempt at the act that may succeed now."""
    return [attempt for attempt in life.candidates(act) if refusals(life, attempt) is None]


def does(life: Life, act: str, told: Any = None, by: str = "") -> Dossier:
    """Let the first person who may do the act do it."""
    attempt = next(
        each
        for each in able(life, act)
        if (told is None or each.told == told) and (not by or getattr(each.by, "subject", each.by) == by)
    )
    before = life.dossier
    life.prepared(attempt)()
    life.noted(attempt, before)
    return life.dossier


def submitted() -> Life:
    life = Life()
    life.begin("online", PLAIN[0].code, ChannelOut.COUNTER)
    return life


def received(out: ChannelOut = ChannelOut.COUNTER, procedure: str = PLAIN[0].code) -> Life:
    life = Life()
    life.begin("counter", procedure, out)
    return life


def routed(life: Life) -> Life:
    """Deliver all pending routing messages."""
    for settles, event in life.owed(Queue.ROUTING):
        life.routed(settles, event)
    return life


def in_process(out: ChannelOut = ChannelOut.COUNTER) -> Life:
    """Return one that is taken over, with its paper handed over and an opinion asked for."""
    life = routed(received(out))
    does(life, "take_over")
    does(life, "hand_over_paper")
    does(life, "ask_opinion", "snv")
    return life


def linked() -> Life:
    """Return a linked one that both agencies of the first step have taken over."""
    life = routed(received(procedure=LINKED_ONES[0].code))
    does(life, "take_over", by="officer-stp")
    does(life, "take_over", by="officer-vp-ubnd")
    return life


def waiting(asks: str) -> Life:
    """Return one that waits for a supplement or a payment or is paused, for so long that a supplement is overdue."""
    life = in_process()
    does(life, asks)
    life.now += 40 * DAY
    return life


def ready(out: ChannelOut = ChannelOut.COUNTER) -> Life:
    life = in_process(out)
    does(life, "resolve")
    return life


def lost_by_the_post() -> Life:
    """Return one whose parcel was ordered, collected, and lost on its way."""
    life = ready(ChannelOut.POST)
    ((settles, event),) = life.owed(Queue.DISPATCH)
    life.dispatched(settles, event, "taken", tried=False)
    for state in (ParcelState.COLLECTED, ParcelState.LOST):
        life.now += DAY
        life.reported(order(life), state, life.now, "")
    return life


def returned() -> Life:
    life = ready()
    does(life, "return", ChannelOut.COUNTER)
    return life


def refused() -> Life:
    life = in_process()
    does(life, "refuse_after_appraisal")
    return life


def order(life: Life) -> str:
    """Return the order number of its latest parcel."""
    return f"{life.id}-{life.dossier.parcels}"
