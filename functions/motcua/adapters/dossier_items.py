"""Dossiers, parcels, persons and events as items, and back. State items carry the index attributes of their desk."""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from datetime import datetime
from enum import Enum
from typing import Any

from motcua.adapters.item import fields, item
from motcua.adapters.stamps import stamp_of, stamped, utc
from motcua.domain.dossier import ChannelIn, ChannelOut, Dossier
from motcua.domain.event import Event, EventType
from motcua.domain.parcel import Parcel, ParcelState
from motcua.domain.person import Person, PersonKind, Persons
from motcua.domain.status import Status

Item = dict[str, Any]


def _stored(record: Any) -> dict[str, object]:
    values = {field.name: getattr(record, field.name) for field in dataclass_fields(record)}
    return {name: utc(value) if isinstance(value, datetime) else _bare(value) for name, value in values.items()}


def _bare(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def _moments(stored: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: datetime.fromisoformat(stored[name]) if stored.get(name) else None for name in names}


def dossier_item(dossier: Dossier) -> Item:
    stored = _stored(dossier) | {"kind": "dossier"}
    if unit := dossier.inbox_unit_id:
        stored["inbox_pk"] = f"{unit}#{dossier.status.value}"
        stored["inbox_sk"] = f"{utc(dossier.due_at or dossier.changed_at)}#{dossier.id}"
    return item(stored)


def dossier_of(content: Mapping[str, Any]) -> Dossier:
    stored = fields(content)
    names = {field.name for field in dataclass_fields(Dossier)}
    known = {name: value for name, value in stored.items() if name in names}
    known |= _moments(stored, "changed_at", "submitted_at", "received_at", "due_at", "ready_at", "returned_at")
    known["status"] = Status(stored["status"])
    known["channel_in"], known["channel_out"] = ChannelIn(stored["channel_in"]), ChannelOut(stored["channel_out"])
    return Dossier(**known)


def parcel_item(parcel: Parcel) -> Item:
    return item(_stored(parcel) | {"kind": "parcel"})


def parcel_of(content: Mapping[str, Any]) -> Parcel:
    stored = fields(content)
    names = {field.name for field in dataclass_fields(Parcel)}
    known = {name: value for name, value in stored.items() if name in names}
    return Parcel(
        **known | _moments(stored, "reported_at", "ready_at", "collected_at") | {"state": ParcelState(stored["state"])}
    )


def persons_item(persons: Persons) -> Item:
    each = {name: item_of_person(getattr(persons, name)) for name in ("owner", "submitter", "recipient")}
    return item(each | {"refusal_reason": persons.refusal_reason})


def item_of_person(person: Person | None) -> dict[str, object] | None:
    return {name: value for name, value in _stored(person).items() if value} if person else None


def persons_of(content: Mapping[str, Any]) -> Persons:
    stored = fields(content)
    each = {name: _person(stored[name]) for name in ("owner", "submitter", "recipient") if stored.get(name)}
    return Persons(**each, refusal_reason=stored.get("refusal_reason", ""))


def _person(stored: dict[str, Any]) -> Person:
    return Person(**stored | {"kind": PersonKind(stored["kind"])})


def event_item(event: Event) -> Item:
    return item(
        {
            "kind": "event",
            "type": event.type.value,
            "subject": event.subject,
            "version": event.version,
            **stamped(event.stamp),
            "data": dict(event.data),
        }
    )


def event_of(content: Mapping[str, Any]) -> Event:
    stored = fields(content)
    known = EventType(stored["type"])
    return Event(known, stored["subject"], stored["version"], stamp_of(stored), stored.get("data", {}))
