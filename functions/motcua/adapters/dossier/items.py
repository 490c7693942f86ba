"""Dossiers, parcels, persons and events as items, and back. State items carry the index attributes of their inbox."""

import zlib
from collections.abc import Mapping
from typing import Any

from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import fields, item
from motcua.adapters.dynamodb.records import plain, record
from motcua.adapters.dynamodb.stamps import stamp_of, stamped, utc
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Person, Persons
from motcua.domain.event import Event, EventType
from motcua.domain.post.parcel import Parcel
from motcua.domain.reading.inbox import due_there
from motcua.domain.reading.reminders import next_check

Item = dict[str, Any]


def dossier_item(dossier: Dossier) -> Item:
    """Return the state with the index attributes of the inbox where it lies, and without them where it lies in none."""
    in_inbox = _in_inbox(dossier, dossier.inbox_unit_id)
    return item(plain(dossier) | {"kind": "dossier"} | in_inbox | _on_watch(dossier))


def other_inbox_item(dossier: Dossier, unit_id: str) -> Item:
    """Return the state once more, for the inbox of another agency with a part in it; in none once that part is done."""
    return item(plain(dossier) | {"kind": "desk"} | _in_inbox(dossier, unit_id))


def _in_inbox(dossier: Dossier, unit_id: str) -> Item:
    """Return the index attributes of a unit's inbox, sorted by when the unit must have dealt with the dossier.

    What has no such date sorts behind everything that has one, and no range of moments holds it.
    """
    if not unit_id:
        return {}
    due = due_there(dossier, unit_id)
    sort = utc(due) if due else f"none#{utc(dossier.changed_at)}"
    return {"inbox_pk": f"{unit_id}#{dossier.status.value}", "inbox_sk": f"{sort}#{dossier.id}"}


def _on_watch(dossier: Dossier) -> Item:
    """Return the attributes of the index of next checks, nothing where no deadline is coming."""
    check = next_check(dossier)
    if check is None:
        return {}
    shard = zlib.crc32(dossier.id.encode()) % keys.WATCH_SHARDS
    return {"watch_pk": f"{check.what}#{shard}", "watch_sk": utc(check.since)}


def dossier_of(content: Mapping[str, Any]) -> Dossier:
    found: Dossier = record(Dossier, fields(content))
    return found


def parcel_item(parcel: Parcel) -> Item:
    return item(plain(parcel) | {"kind": "parcel"})


def parcel_of(content: Mapping[str, Any]) -> Parcel:
    found: Parcel = record(Parcel, fields(content))
    return found


def persons_item(persons: Persons) -> Item:
    named = {"owner": persons.owner, "submitter": persons.submitter, "recipient": persons.recipient}
    each = {name: item_of_person(person) for name, person in named.items()}
    reasons = {str(version): reason for version, reason in persons.reasons.items()}
    return item(each | {"authority": persons.authority, "reasons": reasons or None})


def item_of_person(person: Person | None) -> dict[str, object] | None:
    return plain(person) if person else None


def persons_of(content: Mapping[str, Any]) -> Persons:
    stored = fields(content)
    each = {name: _person(stored[name]) for name in ("owner", "submitter", "recipient") if stored.get(name)}
    reasons = {int(version): reason for version, reason in stored.get("reasons", {}).items()}
    if before := stored.get("refusal_reason"):  # how it was kept before every act had its own: it was then the only one
        reasons.setdefault(0, before)
    return Persons(**each, authority=stored.get("authority", ""), reasons=reasons)


def _person(stored: dict[str, Any]) -> Person:
    found: Person = record(Person, stored)
    return found


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
