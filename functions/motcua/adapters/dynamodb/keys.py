"""The keys of the four tables, and so the list of access patterns.

Dossier table
    one dossier's state                 DOSSIER#<id>                  STATE
    it in another agency's inbox        DOSSIER#<id>                  DESK#<unit>
    its events, in order                DOSSIER#<id>                  EVENT#<version, 6 digits>
    a parcel of it · its events         DOSSIER#<id>                  PARCEL#<n> · PARCEL#<n>#EVENT#<version, 6 digits>
    the dossier with a number           NUMBER#<number>               NUMBER
    failures to track by it             NUMBER#<number>               FAILURES           (expires)
    the counter of a series             COUNTER#<prefix>-<yyMMdd>     COUNTER
    an agency's own receipt, once       ORIGINAL#<agency>#<digest>    ORIGINAL
    a command done under a key          IDEMPOTENCY#<scope digest>    IDEMPOTENCY        (expires)
    a job · what it did to a dossier    JOB#<id>                      JOB · RESULT#<dossier id>
    a pending message                   OUTBOX#<event id>#<queue>     OUTBOX
    InboxIndex: a unit's inbox          inbox_pk <unit>#<status>      inbox_sk <due, or none#<changed>>#<id>
    OwedIndex: pending messages, by age owed_shard 0…3                owed_since
    WatchIndex: dossiers by next check  watch_pk <for what>#0…3       watch_sk <since when>
Person table
    the persons of a dossier            DOSSIER#<id>                  PERSONS
    a partner's raw callback            CALLBACK#<partner>#<webhook>  CALLBACK
    a unit's dossiers by a person's key SEARCH#<unit>#<hmac>          <opened>#<dossier id>
    who searched in a unit on a day     SEARCHED#<unit>#<day>         <when>#<id>
Registry table
    all units · procedures, one of them UNIT · PROCEDURE              <id>
    what every command needs to know    RULE                          rule#<id> · calendar#<year> · carrier…#<id>
    all entries of another kind         <KIND>                        <id>
    the changes of one entry            HISTORY#<kind>#<id>           V#<version, 6 digits>
    all units, the rules of a kind …    GUARD#<what>                  GUARD
    a change done under a key           IDEMPOTENCY#<scope digest>    IDEMPOTENCY        (expires)
Figure table
    an agency's count of a day          FIGURE#<agency>#<kind>        COUNT#<day>#<procedure>#<in>#<out>
    the facts behind it                 FIGURE#<agency>#<kind>        FACT#<day>#<procedure>#<in>#<out>#<event>
    a period's report, by version       REPORT#<period>               V#<version, 4 digits>
"""

import hashlib
from datetime import date

from motcua.domain.registry.entry import EntryKind

Key = dict[str, dict[str, str]]

TOGETHER = frozenset({EntryKind.RULE, EntryKind.CALENDAR, EntryKind.CARRIER, EntryKind.CARRIER_CODE})
"""Kinds that have few entries and that every command reads."""

OWED_SHARDS = 4
"""Partitions of the sparse index of pending messages, so that no single one takes every write."""

WATCH_SHARDS = 4
"""Partitions of the sparse index of dossiers with a coming deadline, for the same reason."""


def key(partition: str, sort: str) -> Key:
    return {"PK": {"S": partition}, "SK": {"S": sort}}


def dossier(dossier_id: str) -> Key:
    return key(f"DOSSIER#{dossier_id}", "STATE")


def other_inbox(dossier_id: str, unit_id: str) -> Key:
    return key(f"DOSSIER#{dossier_id}", f"DESK#{unit_id}")


def event(dossier_id: str, version: int) -> Key:
    return key(f"DOSSIER#{dossier_id}", f"EVENT#{version:06d}")


def parcel(order_number: str) -> Key:
    dossier_id, _, ordinal = order_number.rpartition("-")
    return key(f"DOSSIER#{dossier_id}", f"PARCEL#{ordinal}")


def parcel_event(order_number: str, version: int) -> Key:
    dossier_id, _, ordinal = order_number.rpartition("-")
    return key(f"DOSSIER#{dossier_id}", f"PARCEL#{ordinal}#EVENT#{version:06d}")


def persons(dossier_id: str) -> Key:
    return key(f"DOSSIER#{dossier_id}", "PERSONS")


def number(number: str) -> Key:
    return key(f"NUMBER#{number}", "NUMBER")


def failures(number: str) -> Key:
    return key(f"NUMBER#{number}", "FAILURES")


def original(agency_id: str, number: str) -> Key:
    """Return the key with a digest of the number: an agency may write anything there, and no key holds personal data."""
    digest = hashlib.sha256("".join(number.upper().split()).encode()).hexdigest()[:32]
    return key(f"ORIGINAL#{agency_id}#{digest}", "ORIGINAL")


def counter(series_key: str) -> Key:
    return key(f"COUNTER#{series_key}", "COUNTER")


def idempotency(scope: str) -> Key:
    return key(f"IDEMPOTENCY#{scope}", "IDEMPOTENCY")


def outbox(outbox_id: str) -> Key:
    return key(f"OUTBOX#{outbox_id}", "OUTBOX")


def job(job_id: str) -> Key:
    return key(f"JOB#{job_id}", "JOB")


def job_result(job_id: str, dossier_id: str) -> Key:
    return key(f"JOB#{job_id}", f"RESULT#{dossier_id}")


def search_record(unit_id: str, day: date, place: str) -> Key:
    return key(f"SEARCHED#{unit_id}#{day.isoformat()}", place)


def callback(partner: str, webhook_id: str) -> Key:
    return key(f"CALLBACK#{partner}#{webhook_id}", "CALLBACK")


def entries(kind: EntryKind) -> str:
    """Return the partition of a kind. What every command needs stands in one partition, so that one Query reads it."""
    return "RULE" if kind in TOGETHER else kind.value.upper()


def entry(kind: EntryKind, entry_id: str) -> Key:
    return key(entries(kind), f"{kind.value}#{entry_id}" if kind in TOGETHER else entry_id)


def history(kind: EntryKind, entry_id: str) -> str:
    return f"HISTORY#{kind.value}#{entry_id}"


def amendment(kind: EntryKind, entry_id: str, version: int) -> Key:
    return key(history(kind, entry_id), version_key(version))


def version_key(version: int) -> str:
    return f"V#{version:06d}"


def guard(what: str) -> Key:
    return key(f"GUARD#{what}", "GUARD")


def figures(agency_id: str, kind: str) -> str:
    return f"FIGURE#{agency_id}#{kind}"


def report(period: str, version: int) -> Key:
    return key(f"REPORT#{period}", f"V#{version:04d}")
