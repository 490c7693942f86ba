"""A reorganisation: units end on a day, and rules tell who takes over which dossiers.

What no rule covers becomes a task.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from motcua.domain.errors import Fault
from motcua.domain.record import dataclass
from motcua.domain.registry.legal_basis import LegalBasis
from motcua.domain.registry.procedure import Procedure
from motcua.domain.registry.unit import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class Succession:
    """A rule of succession: work of `from_unit` on this procedure, from this commune, goes to `to_unit`.

    An empty procedure or commune means any. The commune is that of the owner's address. The rule that names more wins;
    naming the procedure beats naming the commune.
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
    """A reorganisation: from the day `effective` on, the units of `ends` no longer exist.

    Once it is `started`, its units and its day stay. `jobs` carry it to open dossiers, the latest last.
    """

    id: str
    title_vi: str
    effective: date
    basis: LegalBasis
    ends: tuple[str, ...]
    rules: tuple[Succession, ...]
    is_sample: bool = False
    started: bool = False
    jobs: tuple[str, ...] = ()

    def successor(self, unit_id: str, procedure: str, commune: str) -> Succession | None:
        """Return the rule by which such a dossier of `unit_id` is taken over; None when a person must decide."""
        covering = [rule for rule in self.rules if rule.covers(unit_id, procedure, commune)]
        return max(covering, key=lambda rule: rule.names, default=None)

    def successors(self, unit_id: str) -> tuple[str, ...]:
        """Return all units that may take over from `unit_id`, each once, in the order of the rules."""
        return tuple(dict.fromkeys(rule.to_unit for rule in self.rules if rule.from_unit == unit_id))


def faults_of(reorganisation: Reorganisation, units: Iterable[Unit]) -> list[Fault]:
    """Return what is wrong with the reorganisation, rule by rule, among the units as they stand."""
    known = {unit.id: unit for unit in units}
    faults = [
        fault
        for index, unit_id in enumerate(reorganisation.ends)
        if (fault := _fault_of_end(reorganisation, known.get(unit_id), unit_id, f"/ends/{index}"))
    ]
    seen: set[tuple[str, str, str]] = set()
    for index, rule in enumerate(reorganisation.rules):
        pointer, key = f"/rules/{index}", (rule.from_unit, rule.procedure, rule.commune)
        if rule.from_unit not in reorganisation.ends:
            faults.append(Fault("unit_does_not_end", f"{pointer}/from_unit", {"unit": rule.from_unit}))
        elif fault := _fault_of_successor(reorganisation, rule, known, f"{pointer}/to_unit"):
            faults.append(fault)
        if key in seen:
            faults.append(Fault("two_rules_alike", pointer, {"unit": rule.from_unit}))
        seen.add(key)
    return faults


def _fault_of_end(reorganisation: Reorganisation, unit: Unit | None, unit_id: str, at: str) -> Fault | None:
    """Return the fault of ending this unit, if any.

    A unit ends on the day before the reorganisation. One that ended on another day is not ended again, nor is one that
    has not begun by then.
    """
    if unit is None:
        return Fault("unknown_unit", at, {"unit": unit_id})
    if reorganisation.effective <= unit.valid_from:
        return Fault("ends_before_it_began", at, {"unit": unit_id})
    if unit.valid_to not in (None, reorganisation.effective - timedelta(days=1)):
        return Fault("unit_ended_otherwise", at, {"unit": unit_id})
    return None


def _fault_of_successor(
    reorganisation: Reorganisation, rule: Succession, units: Mapping[str, Unit], at: str
) -> Fault | None:
    """Return the fault of a successor, if any: it must go on, and be of the same sort, a one-stop unit or an agency."""
    to_unit, from_unit = units.get(rule.to_unit), units.get(rule.from_unit)
    if to_unit is None:
        return Fault("unknown_unit", at, {"unit": rule.to_unit})
    if to_unit.id in reorganisation.ends or not to_unit.valid_on(reorganisation.effective):
        return Fault("successor_ends", at, {"unit": rule.to_unit})
    if from_unit and (from_unit.kind is UnitKind.ONE_STOP) is not (to_unit.kind is UnitKind.ONE_STOP):
        return Fault("successor_of_other_kind", at, {"unit": rule.to_unit})
    return None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a dossier goes: its new agency and one-stop unit, and by which rules."""

    agency_id: str
    one_stop_id: str
    because: str


def destination(
    reorganisation: Reorganisation,
    pair: tuple[str, str],
    procedure: Procedure,
    commune: str,
    units: Mapping[str, Unit],
) -> Destination | None:
    """Return who takes over a dossier of `pair` (agency, one-stop unit), or None when no rule covers it.

    The rules decide for both units. Where a new agency is not served by the dossier's one-stop unit, the only unit that
    serves it takes over: that is a fact of the registry, not a guess. Without such a unit, a one-stop unit that ended needs
    a rule. `units` are those of the effective day.
    """
    agency, agency_rule = _taken_over(reorganisation, pair[0], procedure, commune)
    one_stop, one_stop_rule = _taken_over(reorganisation, pair[1], procedure, commune)
    if not agency:
        return None
    if not one_stop or not _served(agency, units.get(one_stop), procedure):
        serving = [
            unit.id for unit in units.values() if agency in unit.serves and unit.valid_on(reorganisation.effective)
        ]
        one_stop = serving[0] if agency != pair[0] and len(serving) == 1 else ""
    because = "; ".join(rule for rule in (agency_rule, one_stop_rule) if rule)
    return Destination(agency, one_stop, because) if one_stop else None


def _taken_over(reorganisation: Reorganisation, unit_id: str, procedure: Procedure, commune: str) -> tuple[str, str]:
    """Return the unit that does the work of `unit_id` afterwards, and the rule by which it does.

    The rule is empty for a unit that goes on; both are empty when no rule covers the work.
    """
    if unit_id not in reorganisation.ends:
        return unit_id, ""
    rule = reorganisation.successor(unit_id, procedure.code, commune)
    if rule is None:
        return "", ""
    return rule.to_unit, f"{reorganisation.id}: {rule.from_unit} → {rule.to_unit}"


def _served(agency_id: str, one_stop: Unit | None, procedure: Procedure) -> bool:
    """Whether a one-stop unit receives for the agency: its own committee, or a department whose units sit everywhere."""
    return one_stop is not None and (agency_id in one_stop.serves or procedure.counts_in_department)
