"""Dossiers brought to a test's starting point by their own acts."""

from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.event import Queue
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.processing.process_dossier import resolve, take_over
from motcua.usecases.processing.route_dossier import route_dossier
from tests.kit.fakes import CLERK, OFFICER, PERSONS, PROCEDURE, REAL_NOW, MemoryDossiers, key, stamp


def received(office: DossierContext, channel: ChannelOut = ChannelOut.COUNTER) -> Dossier:
    """Return a dossier received at the provincial centre on the morning of 23 April 2020."""
    entry = ReceiveDossier("mc-tinh", PROCEDURE, ChannelIn.COUNTER, channel, PERSONS)
    return receive_dossier(entry, CLERK, stamp(), key(), office).dossier


def in_process(office: DossierContext, channel: ChannelOut = ChannelOut.COUNTER) -> Dossier:
    """Return one routed to the Department of Planning and Investment, and taken over by its officer."""
    store, dossier = office.dossiers, received(office, channel)
    assert isinstance(store, MemoryDossiers)
    settles, event = next(
        (owed_id, event)
        for owed_id, (queue, event) in store.owed.items()
        if queue is Queue.ROUTING and event and event.subject == dossier.id
    )
    route_dossier(event, settles, REAL_NOW, store)
    return take_over(StaffCommand(dossier.id, 2, OFFICER, stamp(), key()), office).dossier


def ready_for_post(office: DossierContext) -> str:
    """Resolve a dossier whose result goes by post, and return the order number of its parcel."""
    dossier = in_process(office, ChannelOut.POST)
    resolved = resolve(StaffCommand(dossier.id, dossier.version, OFFICER, stamp(), key()), office).dossier
    return f"{resolved.id}-{resolved.parcels}"
