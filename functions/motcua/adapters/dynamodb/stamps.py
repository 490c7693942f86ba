"""Moments and stamps as they are stored: ISO 8601 in UTC, so that text sorts as time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from motcua.domain.event import Stamp


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def stamped(stamp: Stamp) -> dict[str, str]:
    """Return who and when, as attributes of an item."""
    return {
        "occurred_at": utc(stamp.occurred_at),
        "recorded_at": utc(stamp.recorded_at),
        "actor": stamp.actor,
        "correlation_id": stamp.correlation_id,
    }


def stamp_of(row: Mapping[str, Any]) -> Stamp:
    occurred_at, recorded_at = (datetime.fromisoformat(row[name]) for name in ("occurred_at", "recorded_at"))
    return Stamp(occurred_at, recorded_at, row["actor"], row["correlation_id"])
