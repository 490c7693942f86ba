"""Ask for a supplement (2→5) or a payment (2→6) together with the receipt, in its own transaction."""

from dataclasses import replace

from motcua.domain.dossier.acts.waiting import payment_requested, supplement_requested
from motcua.domain.dossier.persons import Persons
from motcua.domain.event import Stamp
from motcua.domain.record import dataclass
from motcua.ports.changes import Change
from motcua.ports.registry import Registry
from motcua.usecases.dossier_command import and_then
from motcua.usecases.processing.request_supplement import supplement_terms


@dataclass(frozen=True, slots=True)
class AtIntake:
    """At most one of two requests: what is missing, as the applicant reads it, or how many đồng are to be paid."""

    supplement_reason: str = ""
    payment_vnd: int | None = None


NOTHING = AtIntake()


def and_asked(change: Change, asks: AtIntake, persons: Persons | None, stamp: Stamp, registry: Registry) -> Change:
    """Add to `change`, which receives a dossier, the request that goes with it. Nothing is routed until it is answered.

    A supplement needs `persons`, because its reason is kept with them.
    """
    dossier = change.dossier
    assert dossier is not None
    if asks.payment_vnd is not None:
        return and_then(change, payment_requested(dossier, asks.payment_vnd, stamp))
    if not asks.supplement_reason:
        return change
    assert persons is not None
    terms = supplement_terms(registry, dossier, stamp.occurred_at)
    asked = and_then(change, supplement_requested(dossier, terms, stamp))
    assert asked.dossier is not None
    with_reason = persons.with_reason(asked.dossier.version, asks.supplement_reason)
    return replace(asked, persons=with_reason, only_reasons=change.persons is None)
