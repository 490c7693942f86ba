"""What a review (R4) is about in the catalogue: which content stands there, and what publication or withdrawal makes of it."""

from datetime import date
from typing import Any

from motcua.domain.errors import RefusedError
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import Decision, ProcedureKind
from motcua.domain.review.review_item import Content, ReviewItem
from motcua.ports.ledger import Ledger

Catalogued = Entry[Any] | None
"""The procedure's entry in the catalogue; a work procedure may be on the list alone."""


def catalogued(item: ReviewItem, ledger: Ledger) -> Catalogued:
    return ledger.entry(EntryKind.PROCEDURE, item.code)


def content_of(entry: Catalogued) -> Content:
    """Which content of it the catalogue has now."""
    if entry is None:
        return Content(0)
    draft = entry.thing.draft
    return Content(entry.version, draft.version if draft else None)


def published(item: ReviewItem, entry: Catalogued, decision: Decision | None, day: date) -> list[Entry[Any]]:
    """The entry with its draft published; nothing where the version in force simply stays.

    What people can ask for is published with its content or not at all.
    """
    if entry is None and item.kind is ProcedureKind.WORK:
        return []
    if entry is None or (entry.thing.draft is None and entry.thing.in_force(day) is None):
        raise RefusedError("review_nothing_to_publish", procedure=item.code)
    then = entry.thing.with_published_draft(day, decision)
    return [] if then == entry.thing else [entry.next(then)]


def withdrawn(entry: Catalogued, day: date) -> list[Entry[Any]]:
    """The entry, received no more from `day` on and without a draft; nothing where that was so already."""
    then = entry.thing.withdrawn(day) if entry else None
    return [] if entry is None or then == entry.thing else [entry.next(then)]
