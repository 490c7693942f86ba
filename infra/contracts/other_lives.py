"""Other lives of an invented dossier: suspended, linked, reversed, corrected, transitional, refused, withdrawn."""

from collections.abc import Iterator
from datetime import date

from infra.contracts.examples.sample_life import (
    DOSSIER_ID,
    GIVEN,
    SampleDossier,
    at,
    processed,
    returned_at_the_counter,
    returned_by_post,
    stamp,
    submitted_online,
)
from infra.contracts.examples.sample_registry import CALENDAR, JUSTICE, ONE_STOP, PROCEDURE
from infra.registry.linked_sample import LINKED
from motcua.domain.deadline.deadline import due_at
from motcua.domain.dossier.acts.correction import ReissueTerms, reissued, resolution_reversed, return_reversed
from motcua.domain.dossier.acts.intake import not_accepted, opened, receipt_corrected, reception, transferred, withdrawn
from motcua.domain.dossier.acts.processing import taken_over as taken_over_by
from motcua.domain.dossier.acts.waiting import (
    Resumption,
    SupplementTerms,
    paid,
    payment_requested,
    supplement_completed,
    supplement_requested,
)
from motcua.domain.dossier.components import Brought, PaperForm
from motcua.domain.dossier.components import to_event_data as told_papers
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut
from motcua.domain.dossier.legs import leg_finished, planned, to_event_data
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.parts import AtFault, ReissueKind
from motcua.domain.event import Event, EventType
from motcua.domain.rules.values import SupplementLimit


def taken_over() -> SampleDossier:
    """Return a dossier that an officer of the agency has taken over."""
    sample, third = processed(ChannelOut.COUNTER), f"{DOSSIER_ID}.3"
    return SampleDossier(sample.states[third], events=sample.events[:3], states=dict(sample.states))


TERMS = SupplementTerms(SupplementLimit(1, 1), "supplement-limit", restarts=True, expires_at=at("05-25 08:00"))
GOING_ON = Resumption(at("05-04 09:00"), "2020.1")


def waited() -> SampleDossier:
    """Return one whose officer asked for a supplement and then for a payment, and got both."""
    sample = taken_over()
    sample.append(supplement_requested(sample.dossier, TERMS, stamp(at("04-24 08:00"))))
    sample.append(supplement_completed(sample.dossier, GOING_ON, stamp(at("04-28 09:00"))))
    sample.append(payment_requested(sample.dossier, 100_000, stamp(at("04-28 10:00"))))
    sample.append(paid(sample.dossier, GOING_ON, stamp(at("04-28 14:00"))))
    return sample


def linked() -> SampleDossier:
    """Return a linked dossier: one of the two agencies that work in parallel has finished its part."""
    received_at = at("04-23 08:00")
    legs = planned(LINKED, received_at, lambda _, since, limit, __: due_at(since, limit, CALENDAR) or since)
    more = reception(GIVEN, due_at(received_at, LINKED.whole_limit, CALENDAR), "2020.1", legs=to_event_data(legs))
    channels = (ChannelIn.COUNTER, ChannelOut.COUNTER)
    sample = SampleDossier.opened_by(
        opened(EventType.DOSSIER_RECEIVED, DOSSIER_ID, LINKED, ONE_STOP, channels, stamp(received_at), **more)
    )
    sample.append(transferred(sample.dossier, stamp(received_at)))
    sample.append(taken_over_by(sample.dossier, stamp(at("04-23 09:15")), JUSTICE.id))
    sample.append(leg_finished(sample.dossier, JUSTICE.id, (), stamp(at("04-27 10:00"))))
    return sample


def return_taken_back() -> SampleDossier:
    """Return one that was returned by a wrong click, which the clerk took back immediately."""
    sample = returned_at_the_counter()
    sample.append(return_reversed(sample.dossier, sample.events, stamp(at("04-28 08:35")), as_head=False))
    return sample


def resolution_taken_back() -> SampleDossier:
    """Return one that was reported as resolved too early, which the officer took back on the same day."""
    sample = processed(ChannelOut.COUNTER)
    sample.append(resolution_reversed(sample.dossier, sample.events, stamp(at("04-27 16:10")), as_head=False))
    return sample


def corrected() -> SampleDossier:
    """Return one whose returned result had a mistake and was corrected at the agency's cost."""
    sample = returned_at_the_counter()
    terms = ReissueTerms(ReissueKind.CORRECTION, AtFault.AGENCY, AtFault.AGENCY, again_by_post=False)
    sample.append(reissued(sample.dossier, sample.events, None, terms, stamp(at("05-05 09:00"))))
    return sample


def transitional() -> SampleDossier:
    """Return one that the department received on 10 April 2020 and the one-stop unit registered on the 23rd (R3)."""
    received_at = at("04-10 07:00")
    more = reception(
        Series(ONE_STOP.identifier, date(2020, 4, 23), ONE_STOP.identifier_is_sample).given(1),
        due_at(received_at, PROCEDURE.limit, CALENDAR),
        "2020.1",
        received_at=received_at.isoformat(),
        original_number="0123/TN-SKHDT",
        original_day="2020-04-10",
        rule="1313/UBND-VP",
    )
    channels = (ChannelIn.COUNTER, ChannelOut.COUNTER)
    registered = stamp(at("04-23 08:00"))
    return SampleDossier.opened_by(
        opened(EventType.DOSSIER_RECEIVED, DOSSIER_ID, PROCEDURE, ONE_STOP, channels, registered, **more)
    )


def refused_at_the_counter() -> SampleDossier:
    """Return one that was refused on the spot (form 03): recorded, without a number."""
    channels, now = (ChannelIn.COUNTER, ChannelOut.COUNTER), stamp(at("04-23 08:00"))
    sample = SampleDossier.opened_by(
        opened(EventType.DOSSIER_SUBMITTED, DOSSIER_ID, PROCEDURE, ONE_STOP, channels, now)
    )
    sample.append(not_accepted(sample.dossier, now))
    return sample


def withdrawn_at_the_agency() -> SampleDossier:
    """Return one that the applicant withdrew while the agency worked on it."""
    sample = taken_over()
    sample.append(withdrawn(sample.dossier, stamp(at("04-24 09:00"))))
    return sample


def receipt_put_right() -> SampleDossier:
    """Return one with a corrected receipt, whose second version also lists the papers."""
    sample = taken_over()
    papers = told_papers((Brought(1, PaperForm.ORIGINAL),))
    sample.append(receipt_corrected(sample.dossier, stamp(at("04-23 14:00")), papers=papers))
    return sample


def all_events() -> Iterator[Event]:
    """Yield the events of every kind of life, to check that the published schemas hold for all of them."""
    by_post = [returned_by_post(place) for place in ("address", "post_office", "")]
    mended = return_taken_back(), resolution_taken_back(), corrected()
    taken_in = transitional(), refused_at_the_counter(), withdrawn_at_the_agency(), receipt_put_right()
    for sample in (*by_post, returned_at_the_counter(), submitted_online(), waited(), linked(), *mended, *taken_in):
        yield from sample.events
