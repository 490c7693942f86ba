"""A rule that replaces another, and what becomes of the former rule when the new one turns out to be a mistake."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from motcua.domain.rules.rule import Replaced, Rule

ONE_DAY = timedelta(days=1)


def replaced_by(former: Rule[Any], new: Rule[Any]) -> tuple[Rule[Any], Rule[Any]]:
    """Return `former`, now ending on the eve of `new`, and `new`, which remembers the last day that `former` had."""
    return replace(former, last=new.first - ONE_DAY), replace(new, replaced=Replaced(former.id, former.last))


def restored(rule: Rule[Any], rules: Iterable[Rule[Any]]) -> list[Rule[Any]]:
    """Return the other rules that change when `rule`, which replaced a former rule, is annulled.

    The former rule lasts as long as before. If `rule` was itself replaced since, the former rule lasts until then, and
    the next rule now counts as its replacement. The list is empty when the former rule no longer stands as `rule` left
    it.
    """
    known = {each.id: each for each in rules}
    former = known.get(rule.replaced.id) if rule.replaced else None
    if rule.replaced is None or former is None or former.annulled or former.last != rule.first - ONE_DAY:
        return []
    for each in known.values():
        if not each.annulled and each.replaced and each.replaced.id == rule.id and rule.last == each.first - ONE_DAY:
            return [replace(former, last=rule.last), replace(each, replaced=rule.replaced)]
    return [replace(former, last=rule.replaced.last)]
