"""The days on which the rules on closures of processing suspend the clock of one dossier."""

from datetime import date, timedelta
from itertools import pairwise

from motcua.domain.deadline.working_calendar import ClosedSpan
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.rule_book import RuleBook
from motcua.domain.rules.values import ProcessingClosure, WhileClosed


def closed_spans(rules: RuleBook, agency: Unit, received_on: date, beyond: date) -> tuple[ClosedSpan, ...]:
    """Return the spans that pause the work of `agency` on a dossier received on `received_on`.

    They are in order and do not overlap. Every closure whose last day is not before that day applies [ours]; one
    without an end lasts until `beyond`. A closure with COUNT closes nothing, and beats a PAUSE for units that it names
    more closely.
    """
    closures = [rule for rule in rules.every(ProcessingClosure) if rule.last is None or rule.last >= received_on]
    if all(rule.value.while_closed is WhileClosed.COUNT for rule in closures):
        return ()
    changes = {day for rule in closures for day in (rule.first, (rule.last or beyond) + timedelta(days=1))}
    changes |= {former.last + timedelta(days=1) for former in agency.former}  # a former kind may have another scope
    begins, spans = sorted(changes), list[ClosedSpan]()
    for first, following in pairwise(begins):
        rule = rules.applying(ProcessingClosure, first, agency)
        if rule and rule.value.while_closed is WhileClosed.PAUSE:
            last = following - timedelta(days=1)
            spans.append(ClosedSpan(first, last, rule.cited))
    return tuple(spans)
