"""Give a dossier its number, without a gap: the counter's value is a condition of the dossier's own transaction."""

from dataclasses import replace
from datetime import date

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.number import GivenNumber, Series
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import NumberPrefix, Whose
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import CounterMovedError, StoreBusyError

TRIES = 8

UNNUMBERED = GivenNumber("", is_sample=False)
"""Holds the place of the number in an event that is prepared, until `commit_numbered` gives one."""


class NumberBusyError(StoreBusyError):
    """Too many clerks asked one series for numbers at once. Nothing was written: ask again in a second."""


def series_of(rules: RuleBook, one_stop: Unit, agency: Unit, day: date) -> Series:
    """Return a day's series.

    By the dated rule, its numbers open with the agency's identifier or the one-stop unit's.
    """
    rule = rules.known(NumberPrefix, day).value
    whose = rule.at_provincial_centre if one_stop.is_provincial_centre else rule.elsewhere
    named = agency if whose is Whose.PROCESSING_AGENCY else one_stop
    return Series(named.identifier, day, named.identifier_is_sample)


def commit_numbered(context: DossierContext, series: Series, prepared: Change) -> Dossier:
    """Write `prepared`, whose first event receives a dossier, with the next number of `series`. Return the dossier.

    The first try uses the last number that this process saw, so that it usually costs one call. A process that has seen
    none reads it first: a refused try costs as many write units as one that succeeds. A refused try tells the present
    number. A second refusal means a crowd of clerks, and so does a store that cannot decide (`TransactionConflict`):
    wait with jitter, then read the counter. Raises NumberBusyError after eight tries, with nothing written.
    """
    last = context.counters.remembered(series) or context.counters.read(series)
    for attempt in range(TRIES):
        change = _numbered(prepared, series, last + 1)
        try:
            context.dossiers.commit(change)
        except (CounterMovedError, StoreBusyError) as refused:
            if attempt == 0 and isinstance(refused, CounterMovedError):
                last = refused.last
            else:
                # Without the wait, clerks who try in step lose in turn: the tenth would need ten tries.
                context.pause(attempt)
                last = context.counters.read(series)
        else:
            context.counters.saw(series, last + 1)
            assert change.dossier is not None
            return change.dossier
        context.counters.saw(series, last)
    raise NumberBusyError(series.key)


def _numbered(prepared: Change, series: Series, count: int) -> Change:
    """Return `prepared` with the number `count` of `series` in its first event, its dossier and the counter."""
    given = series.given(count)
    received, *others = prepared.events
    assert prepared.dossier is not None
    data = {**received.data, "number": given.number, "number_is_sample": given.is_sample}
    dossier = replace(prepared.dossier, number=given.number, number_is_sample=given.is_sample)
    return replace(prepared, events=(replace(received, data=data), *others), dossier=dossier, counter=(series, count))
