"""Entries of the registry: dated things that an order can change, each with its versions and their reasons."""

from enum import StrEnum
from typing import Generic, TypeVar

from motcua.domain.event import Stamp
from motcua.domain.record import dataclass

Thing = TypeVar("Thing")
Thing_co = TypeVar("Thing_co", covariant=True)


class EntryKind(StrEnum):
    """The kinds of entries in the registry."""

    UNIT = "unit"
    PROCEDURE = "procedure"
    RULE = "rule"
    CALENDAR = "calendar"
    CARRIER = "carrier"
    CARRIER_CODE = "carrier_code"
    POST_PROVINCE = "post_province"
    REVIEW = "review"
    OPENING_FIGURE = "opening_figure"
    CALENDAR_CHANGE = "calendar_change"
    REORGANISATION = "reorganisation"


@dataclass(frozen=True, slots=True)
class Entry(Generic[Thing_co]):
    """One entry as it stands. `id` is unique within its kind; `version` counts the entry's changes from 1."""

    kind: EntryKind
    id: str
    version: int
    thing: Thing_co

    @property
    def subject(self) -> str:
        return f"{self.kind}#{self.id}"

    def next(self, thing: object) -> "Entry[object]":
        """Return the next version of the entry, with its new content."""
        return Entry(self.kind, self.id, self.version + 1, thing)


def new_entry(kind: EntryKind, entry_id: str, thing: Thing) -> Entry[Thing]:
    """Return the first version of an entry."""
    return Entry(kind, entry_id, 1, thing)


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of one entry, as its history keeps it: the entry after it, who made it, when and why."""

    entry: Entry[object]
    stamp: Stamp
    why: str
