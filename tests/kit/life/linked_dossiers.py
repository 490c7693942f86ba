"""Linked dossiers brought to a test's starting point: two agencies in parallel, then the one that issues."""

from dataclasses import replace
from datetime import datetime

from infra.registry.linked_sample import CODE, VERSIONS
from motcua.domain.access.principal import Principal, Role
from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.event import Queue
from motcua.domain.local_time import LOCAL
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.processing.finish_leg import finish_leg
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.processing.route_dossier import route_dossier
from tests.kit.fakes import CLERK, MORNING, PERSONS, REAL_NOW, MemoryDossiers, dossier_context, key, stamp
from tests.kit.shipped import ShippedRegistry

LEAD, JUSTICE, PROVINCE = "skhdt", "stp", "vp-ubnd"
REGISTRY = ShippedRegistry(procedures=(VERSIONS,))


def at(text: str) -> datetime:
    """Return a moment of 2020, from a text like `04-23 08:00`."""
    return datetime.fromisoformat(f"2020-{text}").replace(tzinfo=LOCAL)


def desk(store: MemoryDossiers, registry: ShippedRegistry = REGISTRY) -> DossierContext:
    return replace(dossier_context(store), registry=registry)


def officer(agency_id: str) -> Principal:
    return Principal(f"officer-{agency_id}", frozenset({(Role.OFFICER, agency_id)}))


def act(dossier: Dossier, by: Principal, moment: datetime | None = None) -> StaffCommand:
    """Return a command at `moment`, by default immediately after the dossier's last act."""
    return StaffCommand(dossier.id, dossier.version, by, stamp(moment or dossier.changed_at, by.subject), key())


def received(dossier_context: DossierContext, moment: datetime = MORNING) -> Dossier:
    """Receive a dossier at the provincial centre. Its first agencies have three and five days, the last one four."""
    entry = ReceiveDossier("mc-tinh", CODE, ChannelIn.COUNTER, ChannelOut.COUNTER, PERSONS)
    return receive_dossier(entry, CLERK, stamp(moment), key(), dossier_context).dossier


def routed(dossier_context: DossierContext, dossier: Dossier) -> Dossier:
    """Route the dossier as the queue does, so that the parts of the first step run."""
    store = dossier_context.dossiers
    assert isinstance(store, MemoryDossiers)
    settles, event = next(
        (owed_id, event)
        for owed_id, (queue, event) in store.owed.items()
        if queue is Queue.ROUTING and event and event.subject == dossier.id
    )
    route_dossier(event, settles, REAL_NOW, store)
    return store.states[dossier.id]


def begun(dossier_context: DossierContext) -> Dossier:
    return routed(dossier_context, received(dossier_context))


def finished(
    dossier_context: DossierContext, dossier: Dossier, agency_id: str, moment: datetime | None = None
) -> Dossier:
    """Let an officer of the agency take over its part and finish it."""
    taken = take_over(act(dossier, officer(agency_id), moment), dossier_context).dossier
    return finish_leg(act(taken, officer(agency_id), moment), agency_id, dossier_context).dossier


def at_the_lead(dossier_context: DossierContext, moment: datetime = MORNING) -> Dossier:
    """Return a dossier whose first step is done, so that it is the lead agency's turn."""
    return finished(
        dossier_context, finished(dossier_context, begun(dossier_context), JUSTICE, moment), PROVINCE, moment
    )


def resolved(dossier_context: DossierContext, moment: datetime = MORNING) -> Dossier:
    taken = take_over(act(at_the_lead(dossier_context, moment), officer(LEAD), moment), dossier_context).dossier
    return resolve(act(taken, officer(LEAD), moment), dossier_context).dossier
