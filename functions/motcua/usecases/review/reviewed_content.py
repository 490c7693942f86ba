"""What a review (R4) finds in the catalogue, and what publication or withdrawal makes of it."""

from datetime import date
from typing import Any

from motcua.domain.errors import RefusedError
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.procedure import Decision, ProcedureKind
from motcua.domain.review.review_item import Content, ReviewItem
from motcua.ports.ledger import Ledger

Catalogued = Entry[Any] | None
"""The procedure's entry in the catalogue. A work procedure may stand on the list only."""


def catalogued(item: ReviewItem, ledger: Ledger) -> Catalogued:
    return ledger.entry(EntryKind.PROCEDURE, item.code)


def content_of(entry: Catalogued) -> Content:
    """Return which content of the procedure the catalogue has now."""
    if entry is None:
        return Content(0)
    draft = entry.thing.draft
    return Content(entry.version, draft.version if draft else None)


def published(item: ReviewItem, entry: Catalogued, decision: Decision | None, day: date) -> list[Entry[Any]]:
    """Return the entry with its draft published; nothing where the version in force simply stays.

    Raises RefusedError when there is no content to publish of a procedure that people can ask for.
    """
    if entry is None and item.kind is ProcedureKind.WORK:
        return []
    if entry is None or (entry.thing.draft is None and entry.thing.in_force(day) is None):
        raise RefusedError("review_nothing_to_publish", procedure=item.code)
    then = entry.thing.with_published_draft(day, decision)
    return [] if then == entry.thing else [entry.next(then)]


def withdrawn(entry: Catalogued, day: date) -> list[Entry[Any]]:
    """Return the entry without a draft and received no more from `day` on; nothing where that would change nothing."""
    then = entry.thing.withdrawn(day) if entry else None
    return [] if entry is None or then == entry.thing else [entry.next(then)]
