"""A reorganisation: units end on a day, and rules say who takes over which of their dossiers. What no rule covers is a task."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.domain.errors import Fault
from motcua.domain.rule import LegalBasis
from motcua.domain.unit import Unit


@dataclass(frozen=True, slots=True)
class Succession:
    """Of the work of `from_unit`, that of this procedure and from this commune goes to `to_unit`; empty = of any.

    The commune is that of the owner's address. The rule that names more wins; naming the procedure beats the commune.
    """

    from_unit: str
    to_unit: str
    procedure: str = ""
    commune: str = ""

    @property
    def names(self) -> tuple[bool, bool]:
        return bool(self.procedure), bool(self.commune)

    def covers(self, unit_id: str, procedure: str, commune: str) -> bool:
        return (
            self.from_unit == unit_id
            and (not self.procedure or self.procedure == procedure)
            and (not self.commune or self.commune == commune)
        )


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """From the day `effective` the units of `ends` are no more. `jobs` carried it to open dossiers, the latest last."""

    id: str
    title_vi: str
    effective: date
    basis: LegalBasis
    ends: tuple[str, ...]
    rules: tuple[Succession, ...]
    is_sample: bool = False
    jobs: tuple[str, ...] = ()

    @property
    def started(self) -> bool:
        return bool(self.jobs)

    def successor(self, unit_id: str, procedure: str, commune: str) -> Succession | None:
        """The rule that says who takes over such a dossier of `unit_id`; None = a person must decide."""
        covering = [rule for rule in self.rules if rule.covers(unit_id, procedure, commune)]
        return max(covering, key=lambda rule: rule.names, default=None)

    def successors(self, unit_id: str) -> tuple[str, ...]:
        """All who may take over from `unit_id`, each once, in the order of the rules."""
        return tuple(dict.fromkeys(rule.to_unit for rule in self.rules if rule.from_unit == unit_id))


def faults_of(reorganisation: Reorganisation, units: Iterable[Unit]) -> list[Fault]:
    """What is wrong with it: unknown units, a rule for a unit that does not end, a successor that ends, two rules alike."""
    known = {unit.id: unit for unit in units}
    faults = [
        Fault("unknown_unit", f"/ends/{index}", {"unit": unit_id})
        for index, unit_id in enumerate(reorganisation.ends)
        if unit_id not in known
    ]
    seen: set[tuple[str, str, str]] = set()
    for index, rule in enumerate(reorganisation.rules):
        pointer, key = f"/rules/{index}", (rule.from_unit, rule.procedure, rule.commune)
        to_unit = known.get(rule.to_unit)
        if rule.from_unit not in reorganisation.ends:
            faults.append(Fault("unit_does_not_end", f"{pointer}/from_unit", {"unit": rule.from_unit}))
        if to_unit is None:
            faults.append(Fault("unknown_unit", f"{pointer}/to_unit", {"unit": rule.to_unit}))
        elif rule.to_unit in reorganisation.ends or not to_unit.valid_on(reorganisation.effective):
            faults.append(Fault("successor_ends", f"{pointer}/to_unit", {"unit": rule.to_unit}))
        if key in seen:
            faults.append(Fault("two_rules_alike", pointer, {"unit": rule.from_unit}))
        seen.add(key)
    return faults


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a dossier goes: its new agency and one-stop unit, and by what."""

    agency_id: str
    one_stop_id: str
    because: str


def destination(
    reorganisation: Reorganisation,
    agency_id: str,
    one_stop_id: str,
    procedure: str,
    commune: str,
    units: Iterable[Unit],
) -> Destination | None:
    """Who takes over a dossier; None when no rule covers it.

    The agency goes by the rules. So does the one-stop unit; where no rule names one, it is the only one that serves the
    new agency, which is a fact of the registry and no guess.
    """
    by: list[str] = []

    def after(unit_id: str) -> str | None:
        if unit_id not in reorganisation.ends:
            return unit_id
        rule = reorganisation.successor(unit_id, procedure, commune)
        if rule is None:
            return None
        by.append(f"{reorganisation.id}: {rule.from_unit} → {rule.to_unit}")
        return rule.to_unit

    agency, one_stop = after(agency_id), after(one_stop_id)
    if agency and one_stop is None:
        serving = [unit.id for unit in units if agency in unit.serves and unit.valid_on(reorganisation.effective)]
        one_stop = serving[0] if len(serving) == 1 else None
    return Destination(agency, one_stop, "; ".join(by)) if agency and one_stop else None
