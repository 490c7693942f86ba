"""Giving a dossier its number, gap-free: the counter's expected value is a condition of the dossier's own transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from motcua.domain.dossier.number import GivenNumber, Series
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import NumberPrefix, Whose
from motcua.ports.changes import Change
from motcua.ports.dossiers import DossierContext
from motcua.ports.refusals import CounterMovedError, StoreBusyError

TRIES = 8


class NumberBusyError(StoreBusyError):
    """Too many clerks at once for one series: nothing was written; ask again in a second."""


def series_of(rules: RuleBook, one_stop: Unit, agency: Unit, day: date) -> Series:
    """The run of numbers of a day. By the dated rule the agency's identifier opens them, or the one-stop unit's."""
    rule = rules.known(NumberPrefix, day).value
    whose = rule.at_provincial_centre if one_stop.is_provincial_centre else rule.elsewhere
    named = agency if whose is Whose.PROCESSING_AGENCY else one_stop
    return Series(named.identifier, day, named.identifier_is_sample)


def commit_numbered(context: DossierContext, series: Series, change_for: Callable[[GivenNumber], Change]) -> Change:
    """Write `change_for(number)` with the next number of `series`.

    The first try uses the last number that this process saw, so that it usually costs one call; a refused try tells the
    present one. Refused again, this clerk stands in a crowd, and when the store cannot decide (`TransactionConflict`)
    there is one too: wait with jitter and read. NumberBusyError after eight tries, with nothing written.
    """
    last = context.counters.remembered(series)
    for attempt in range(TRIES):
        change = change_for(series.given(last + 1))
        try:
            context.dossiers.commit(replace(change, counter=(series, last + 1)))
        except (CounterMovedError, StoreBusyError) as refused:
            if attempt == 0 and isinstance(refused, CounterMovedError):
                last = refused.last
            else:
                # Without the wait, clerks who try in step lose one after the other: the tenth needs ten tries.
                context.pause(attempt)
                last = context.counters.read(series)
        else:
            context.counters.saw(series, last + 1)
            return change
        context.counters.saw(series, last)
    raise NumberBusyError(series.key)
