"""Intake at the provincial centre, for tests: receive, submit and ask for supplements."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from motcua.domain.dossier.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.dossier.persons import Person, PersonKind
from motcua.domain.errors import MotcuaError
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.procedure import Component, ProcedureVersions
from motcua.domain.status import Status
from motcua.ports.dossiers import DossierContext
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.ask_at_intake import AtIntake
from motcua.usecases.intake.receive_dossier import ReceiveDossier, receive_dossier
from motcua.usecases.intake.submit_dossier import SubmitDossier, submit_dossier
from tests.kit.fakes import CLERK, MORNING, OWNER, PERSONS, PROCEDURE, MemoryDossiers, dossier_context, key, stamp
from tests.kit.life.dossiers import in_process, received
from tests.kit.shipped import VERSIONS, ShippedRegistry

REASON = "Không còn nhu cầu giải quyết"
SHIPPED = VERSIONS[PROCEDURE].latest
COUNTED = replace(SHIPPED, components=(Component("Đơn theo mẫu", originals=1, original_at_return=True),))
OTHER = Person(PersonKind.CITIZEN, "Trần Thị Mẫu", "030099000002")


def desk_of(store: MemoryDossiers, **changed: Any) -> DossierContext:
    """Return ports whose procedure differs from the shipped one by `changed`."""
    procedure = replace(COUNTED, **changed)
    return replace(
        dossier_context(store), registry=ShippedRegistry(procedures=(ProcedureVersions(PROCEDURE, (procedure,)),))
    )


def entry(**more: Any) -> ReceiveDossier:
    named: dict[str, Any] = {
        "channel_in": ChannelIn.COUNTER,
        "channel_out": ChannelOut.COUNTER,
        "persons": PERSONS,
    } | more
    return ReceiveDossier("mc-tinh", PROCEDURE, **named)


def receive(desk: DossierContext, at: datetime = MORNING, **more: Any) -> Dossier:
    return receive_dossier(entry(**more), CLERK, stamp(at), key(), desk).dossier


def submitted(desk: DossierContext, at: datetime = MORNING, **more: Any) -> Dossier:
    asked = SubmitDossier("mc-tinh", PROCEDURE, ChannelOut.COUNTER, PERSONS, OWNER.number, **more)
    return submit_dossier(asked, stamp(at), key(), desk).dossier


def act(dossier: Dossier, by: Any = CLERK, at: datetime = MORNING) -> StaffCommand:
    return StaffCommand(dossier.id, dossier.version, by, stamp(at), key())


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def refused_with(call: Any) -> MotcuaError:
    with pytest.raises(MotcuaError) as refused:
        call()
    return refused.value


def at_status(store: MemoryDossiers, desk: DossierContext, status: Status) -> Dossier:
    if status is Status.SUBMITTED:
        return submitted(desk)
    if status is Status.SUPPLEMENT_REQUESTED:
        return receive(desk, asks=AtIntake("Thiếu bản sao"))
    if status is Status.PAYMENT_DUE:
        return receive(desk, asks=AtIntake(payment_vnd=1))
    if status in (Status.RECEIVED, Status.IN_PROCESS):
        return received(desk) if status is Status.RECEIVED else in_process(desk)
    dossier = replace(in_process(desk), status=status)
    store.states[dossier.id] = dossier
    return dossier
