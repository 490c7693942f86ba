"""The rule book: every rule, as of any day. For a matter and a day it finds the one rule that applies."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import TypeVar, cast

from motcua.domain.errors import RefusedError
from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.domain.rules import values
from motcua.domain.rules.kinds import CHANNELS, KINDS
from motcua.domain.rules.rule import Rule

Value = TypeVar("Value")

AnyRule = Rule[object]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules.

    No two of one kind apply to one matter on one day: entering such a rule is refused (`contradicted`).
    """

    rules: tuple[AnyRule, ...]

    def of_kind(self, kind: str, day: date | None = None) -> Iterator[AnyRule]:
        """Return the rules of a kind: those in force on `day`, or all when no day is given."""
        return (rule for rule in self.rules if rule.kind == kind and (day is None or rule.valid_on(day)))

    def every(self, value: type[Value]) -> Iterator[Rule[Value]]:
        """Return all rules of this kind of value, of any day, without annulled ones."""
        return (cast("Rule[Value]", rule) for rule in self.of_kind(_KIND_OF[value]) if not rule.annulled)

    def contradicted(self, rule: AnyRule) -> AnyRule | None:
        """Return a rule of the book that would apply to the same matter on the same day as `rule`; None without one."""
        return next((other for other in self.rules if rule.contradicts(other)), None)

    def applying(
        self,
        value: type[Value],
        day: date,
        unit: Unit | None = None,
        *,
        channel: str = "",
        act: str = "",
        carrier: str = "",
    ) -> Rule[Value] | None:
        """Return the rule that applies on `day`: the unit's own, else that of its kind, else everybody's."""
        found: AnyRule | None = None
        then = unit.on(day) if unit else None
        for rule in self.of_kind(_KIND_OF[value], day):
            if rule.scope.covers(then, channel=channel, act=act, carrier=carrier) and (
                found is None or rule.scope.rank > found.scope.rank
            ):
                found = rule
        return cast("Rule[Value] | None", found)

    def known(self, value: type[Value], day: date, unit: Unit | None = None) -> Rule[Value]:
        """Return the applying rule of a needed kind. Raises RefusedError, naming the kind, when none was entered."""
        rule = self.applying(value, day, unit)
        if rule is None:
            kind = KINDS[_KIND_OF[value]]
            raise RefusedError("rule_missing", kind_vi=kind.vi, kind_en=kind.en, day=f"{day:%d/%m/%Y}")
        return rule

    def check_reception(self, unit: Unit, channel: str, day: date) -> None:
        """Raise RefusedError, naming the rule and its document, unless `unit` may receive by `channel` on `day`.

        A closure stops what is otherwise allowed (R1); what no rule allows is refused, too (R2).
        """
        rule = self.applying(values.Reception, day, unit, channel=channel)
        if rule is None:
            raise self._none_allows(unit, day)
        if not rule.value.allowed:
            raise _refused(rule, unit)
        if closure := self.closure("reception", unit, channel, day):
            raise _refused(closure, unit)

    def check_return(self, unit: Unit, channel: str, day: date) -> None:
        """Raise RefusedError, naming the closure, when `unit` returns no results by `channel` on `day`."""
        if closure := self.closure("return", unit, channel, day):
            raise RefusedError("return_closed", "/channel", rule=closure.cited, unit=unit.name_vi, **_days(closure))

    def no_direct_dealing(self, agency: Unit, day: date) -> str:
        """Return the rule, with its document, that bars an agency from dealing with applicants itself (R2), or ""."""
        rules = (self.applying(values.Reception, day, agency, channel=channel) for channel in CHANNELS)
        return next((rule.cited for rule in rules if rule and not rule.value.allowed), "")

    def closure(self, act: str, unit: Unit, channel: str, day: date) -> Rule[values.Closure] | None:
        """Return the closure that stops `act` (reception, return) at `unit` by `channel` on `day`, if any."""
        rule = self.applying(values.Closure, day, unit, channel=channel, act=act)
        return None if rule is None or rule.value.lifted else rule

    def target(self, agency: Unit, day: date) -> Rule[values.Target] | None:
        """Return the target of `agency` on `day`; None where no order states one (for communes none is invented)."""
        return self.applying(values.Target, day, agency)

    def figures_from(self, year_first: date) -> date:
        """Return the first day of a year for which this system has figures of its own: in its first year, go-live."""
        go_lives = (rule.first for rule in self.every(values.GoLive))
        return max([year_first, *(first for first in go_lives if first.year == year_first.year)])

    def is_public_postal_service(self, carrier_id: str, day: date) -> bool:
        return self.applying(values.PublicPostalService, day, carrier=carrier_id) is not None

    def missing_place(self, carrier_id: str, day: date) -> values.TakenAs:
        """Return what a delivery without a place counts as; without a rule it does not count."""
        rule = self.applying(values.MissingPlace, day, carrier=carrier_id)
        return rule.value.taken_as if rule else values.TakenAs.NOT_COUNTED

    def hours(self, day: date, unit: Unit | None) -> tuple[tuple[values.Span, ...], time]:
        """Return the working hours of `unit` on `day`, and the time after which its same day is the next one."""
        intervals = self.known(values.WorkingHours, day, unit).value.intervals
        return intervals, self.known(values.SameDayCutoff, day, unit).value.at

    def _none_allows(self, unit: Unit, day: date) -> RefusedError:
        """Return the refusal of what no rule allows.

        An agency's names the rule by which one-stop units receive instead.
        """
        opening = next((rule for rule in self.every(values.Reception) if rule.value.allowed), None)
        if opening is None or unit.kind is UnitKind.ONE_STOP:
            return RefusedError("no_rule_allows", "/one_stop_id", unit=unit.name_vi, day=f"{day:%d/%m/%Y}")
        return _refused(opening, unit)


_KIND_OF = {kind.value: name for name, kind in KINDS.items()}


def first_contradiction(rules: Iterable[AnyRule]) -> tuple[AnyRule, AnyRule] | None:
    """Return two rules of one kind that would both apply to one matter on some day; None when there are none."""
    seen: list[AnyRule] = []
    for rule in rules:
        for other in seen:
            if rule.contradicts(other):
                return rule, other
        seen.append(rule)
    return None


def _refused(rule: AnyRule, unit: Unit) -> RefusedError:
    if unit.kind is UnitKind.ONE_STOP:
        return RefusedError("reception_closed", "/channel_in", rule=rule.cited, unit=unit.name_vi, **_days(rule))
    return RefusedError("agency_may_not_receive", "/one_stop_id", rule=rule.cited, unit=unit.name_vi)


def _days(rule: AnyRule) -> dict[str, str]:
    """Return the first and last day of a rule as parameters of its refusal."""
    return {"first": f"{rule.first:%d/%m/%Y}", "last": f"{rule.last:%d/%m/%Y}" if rule.last else "…"}
