"""The audit trail of the registry as staff read it: what an entry was, who made it so, when and why."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Outward
from motcua.domain.registry.entry import Amendment


class AmendmentView(Outward):
    """One version of an entry: what it then was, who made it so, when and why."""

    version: int
    by: str = Field(description="The sign-in's opaque id, or the job that did it")
    occurred_at: datetime
    recorded_at: datetime
    why: str
    content: dict[str, Any]


class HistoryView(Outward):
    """One page of an entry's versions, newest first; the header `Link: …; rel="next"` opens the next page."""

    kind: str
    id: str
    versions: list[AmendmentView]
    next_cursor: str | None

    @classmethod
    def of(cls, kind: str, entry_id: str, history: Sequence[Amendment], cursor: str) -> "HistoryView":
        versions = [
            AmendmentView.model_construct(
                version=each.entry.version,
                by=each.stamp.actor,
                occurred_at=local(each.stamp.occurred_at),
                recorded_at=local(each.stamp.recorded_at),
                why=each.why,
                content=_told(each.entry.thing),
            )
            for each in history
        ]
        return cls.model_construct(kind=kind, id=entry_id, versions=versions, next_cursor=cursor or None)


def _told(value: Any) -> Any:
    """Return a record of the domain, field by field; sets are sorted, so that two versions can be compared."""
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_told(each) for each in value)
    if isinstance(value, tuple | list):
        return [_told(each) for each in value]
    return str(value) if isinstance(value, Fraction) else value
