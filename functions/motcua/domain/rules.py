"""What an order may change: dated rules, each with its legal basis. A new order is one more row, not a line of code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import TypeVar

from motcua.domain.errors import RefusedError
from motcua.domain.registry import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The document that a rule rests on, and how sure that is (`order`, `source`, `practice`, `unchecked`, `ours`)."""

    number: str
    date: str
    clause: str
    title_vi: str
    certainty: str

    def __str__(self) -> str:
        return f"{self.number} ({self.date})" if self.date else self.number


@dataclass(frozen=True, slots=True)
class Rule:
    """What all rules share. Valid from `first` to `last`, both included; no `last` = until another rule."""

    id: str
    first: date
    last: date | None
    basis: LegalBasis

    def valid_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def cited(self) -> str:
        return f"{self.id} · {self.basis}"


@dataclass(frozen=True, slots=True)
class ReceptionRule(Rule):
    """Whether a channel is open at units of a kind (R1), or whether such a unit may receive at all (R2)."""

    unit_kinds: frozenset[UnitKind]
    channels: frozenset[str]
    allowed: bool


@dataclass(frozen=True, slots=True)
class TargetRule(Rule):
    """The share of results that agencies of a kind must deliver by the public postal service (R6)."""

    unit_kind: UnitKind
    share: Fraction


@dataclass(frozen=True, slots=True)
class ClosingRule(Rule):
    """When a month is closed: at `at`, local time, on the nth working day of the next month."""

    working_day: int
    at: time


@dataclass(frozen=True, slots=True)
class NumberRule(Rule):
    """Whose identifier opens a dossier's number at the provincial centre and at a committee's one-stop unit."""

    at_provincial_centre: str  # "processing_agency" or "one_stop"
    elsewhere: str


@dataclass(frozen=True, slots=True)
class CarrierRule(Rule):
    """Who carries results to applicants."""

    carrier_id: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every rule, as of any day. Later rows win over earlier ones of the same kind and scope."""

    reception: tuple[ReceptionRule, ...]
    targets: tuple[TargetRule, ...]
    closings: tuple[ClosingRule, ...]
    numbers: tuple[NumberRule, ...]
    go_lives: tuple[Rule, ...] = ()
    carriers: tuple[CarrierRule, ...] = ()

    def check_reception(self, unit: Unit, channel: str, day: date) -> None:
        """Raise RefusedError, naming the rule and its document, unless `unit` may receive by `channel` on `day`.

        A rule that forbids beats one that allows; what no rule allows is refused, too.
        """
        of_kind = [rule for rule in self.reception if unit.kind in rule.unit_kinds and rule.valid_on(day)]
        for rule in of_kind:
            if not rule.allowed and channel in rule.channels:
                raise _closed(rule, unit)
        if not any(rule.allowed and channel in rule.channels for rule in of_kind):
            allowing = _known(next((rule for rule in self.reception if rule.allowed), None), "reception", day)
            raise _closed(allowing, unit)

    def target(self, kind: UnitKind, day: date) -> TargetRule | None:
        """The target of agencies of `kind` on `day`; None where no order states one (communes: none is invented)."""
        return _in_force((rule for rule in self.targets if rule.unit_kind is kind), day)

    def closing(self, day: date) -> ClosingRule:
        """The closing rule of `day`; LookupError when the data have none."""
        return _known(_in_force(self.closings, day), "closing", day)

    def carrier_id(self, day: date) -> str:
        """The carrier that results are handed to on `day`; LookupError when the data have none."""
        return _known(_in_force(self.carriers, day), "carrier", day).carrier_id

    def figures_from(self, year_first: date) -> date:
        """The first day of a year of which this system has figures of its own: go-live in its first year."""
        return max([year_first, *(rule.first for rule in self.go_lives if rule.first.year == year_first.year)])

    def number(self, day: date) -> NumberRule:
        """The number rule of `day`; LookupError when the data have none."""
        return _known(_in_force(self.numbers, day), "number_prefix", day)


AnyRule = TypeVar("AnyRule", bound=Rule)


def _in_force(rules: Iterable[AnyRule], day: date) -> AnyRule | None:
    """Of several rules that are valid on `day`, the one that began last: a new order needs no edit of the old one."""
    valid = sorted((rule for rule in rules if rule.valid_on(day)), key=lambda rule: rule.first)
    return valid[-1] if valid else None


def _known(rule: AnyRule | None, kind: str, day: date) -> AnyRule:
    if rule is None:
        raise LookupError(f"no rule of kind {kind} is valid on {day}")
    return rule


def _closed(rule: ReceptionRule, unit: Unit) -> RefusedError:
    first, last = f"{rule.first:%d/%m/%Y}", f"{rule.last:%d/%m/%Y}" if rule.last else "…"
    if unit.kind is UnitKind.ONE_STOP:
        return RefusedError(
            "reception_closed", "/channel_in", rule=rule.cited, first=first, last=last, unit=unit.name_vi
        )
    return RefusedError("agency_may_not_receive", "/one_stop_id", rule=rule.cited, unit=unit.name_vi)
