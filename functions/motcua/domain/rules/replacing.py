"""A rule that takes another one's place, and what becomes of that one when the new rule turns out to be a mistake."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from motcua.domain.rules.rule import Replaced, Rule

ONE_DAY = timedelta(days=1)


def replaced_by(former: Rule[Any], new: Rule[Any]) -> tuple[Rule[Any], Rule[Any]]:
    """`former`, which ends on the eve of `new`, and `new`, which remembers until when it would have lasted."""
    return replace(former, last=new.first - ONE_DAY), replace(new, replaced=Replaced(former.id, former.last))


def restored(rule: Rule[Any], rules: Iterable[Rule[Any]]) -> list[Rule[Any]]:
    """What changes beside `rule`, which took another one's place, when it is annulled.

    That one lasts as long as it did before. If `rule` was itself replaced since, it lasts until then, and is now what
    the next one has replaced. Empty when the former does not stand any more as `rule` has left it.
    """
    known = {each.id: each for each in rules}
    former = known.get(rule.replaced.id) if rule.replaced else None
    if rule.replaced is None or former is None or former.annulled or former.last != rule.first - ONE_DAY:
        return []
    for each in known.values():
        if not each.annulled and each.replaced and each.replaced.id == rule.id and rule.last == each.first - ONE_DAY:
            return [replace(former, last=rule.last), replace(each, replaced=rule.replaced)]
    return [replace(former, last=rule.replaced.last)]
