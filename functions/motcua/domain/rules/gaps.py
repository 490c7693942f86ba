"""Gaps between rules: days without a rule of a needed kind, and what a replacement leaves out."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from motcua.domain.errors import RefusedError
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit
from motcua.domain.rules.kinds import CHANNELS, KINDS
from motcua.domain.rules.rule_book import AnyRule, RuleBook
from motcua.domain.rules.values import Reception

ONE_DAY = timedelta(days=1)

Matter = tuple[Unit | None, str]
"""A unit (None: whoever has no unit) and a channel."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, `first` to `last`, on which a unit would have no rule of a needed kind."""

    kind: str
    unit: Unit | None
    channel: str
    first: date
    last: date | None

    def refusal(self, pointer: str) -> RefusedError:
        """Return the refusal of a change that would leave this gap, naming the unit and the days."""
        kind, who = KINDS[self.kind], self.unit.name_vi if self.unit else "tất cả · all"
        return RefusedError(
            "rule_needed",
            pointer,
            kind_vi=kind.vi,
            kind_en=kind.en,
            who=f"{who} ({self.channel})" if self.channel else who,
            first=f"{self.first:%d/%m/%Y}",
            last=day_or_open(self.last),
        )


def first_gap(before: RuleBook, after: RuleBook, kind: str, units: Iterable[Unit]) -> Gap | None:
    """Return the first days on which a unit had a rule of `kind` in the book `before` and has none in `after`."""
    if not KINDS[kind].needed:
        return None
    old, new = (RuleBook(tuple(book.of_kind(kind))) for book in (before, after))
    turns = sorted(set(_turns(old)) | set(_turns(new)))
    for unit, channel in _matters(kind, units, old):
        lost = [_works(old, kind, day, (unit, channel)) and not _has(new, kind, day, (unit, channel)) for day in turns]
        if any(lost):
            begins = lost.index(True)
            until = next((day for day, gone in zip(turns[begins:], lost[begins:], strict=True) if not gone), None)
            return Gap(kind, unit, channel, turns[begins], until - ONE_DAY if until else None)
    return None


def forgotten(former: AnyRule, new: AnyRule) -> str:
    """Return what `former` covers and `new`, in its place, does not; empty when nothing is left out."""
    left = [f"{part}: {', '.join(names)}" for part, names in former.scope.beyond(new.scope).items()]
    if new.last is not None and (former.last is None or new.last < former.last):
        left.append(f"{new.last + ONE_DAY:%d/%m/%Y} – {day_or_open(former.last)}")
    return "; ".join(left)


def day_or_open(last: date | None) -> str:
    """Return a last day as people read it; `…` when there is none."""
    return f"{last:%d/%m/%Y}" if last else "…"


def _turns(book: RuleBook) -> Iterator[date]:
    """Yield the days from which another rule may apply than on the day before."""
    for rule in book.rules:
        yield rule.first
        if rule.last is not None:
            yield rule.last + ONE_DAY


def _matters(kind: str, units: Iterable[Unit], book: RuleBook) -> Iterable[Matter]:
    """Return one matter for all that the rules treat alike: each unit named or with a past, and one of each kind."""
    named = {unit_id for rule in book.rules for unit_id in rule.scope.units}
    alike = {(unit.kind, unit.id if unit.id in named or unit.former else ""): unit for unit in units}
    return product([None, *alike.values()], CHANNELS if "channels" in KINDS[kind].scoped_by else [""])


def _has(book: RuleBook, kind: str, day: date, matter: Matter) -> AnyRule | None:
    return book.applying(KINDS[kind].value, day, matter[0], channel=matter[1])


def _works(book: RuleBook, kind: str, day: date, matter: Matter) -> bool:
    """Whether a rule applies that allows something: a rule that forbids reception leaves no gap."""
    rule = _has(book, kind, day, matter)
    return rule is not None and not (isinstance(rule.value, Reception) and not rule.value.allowed)
