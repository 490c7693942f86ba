"""A check of the names in a rule against existing units and carriers: a misspelt name would silently never apply."""

from collections.abc import Collection

from motcua.domain.errors import Fault
from motcua.domain.rules.rule import Rule
from motcua.domain.rules.values import ResultCarrier


def faults_of_names(rule: Rule[object], units: Collection[str], carriers: Collection[str], at: str = "") -> list[Fault]:
    """Return one fault for each name that no unit or carrier has; pointers begin with `at`."""
    faults = [
        Fault("unknown_unit", f"{at}/scope/units", {"unit": unit_id})
        for unit_id in sorted(rule.scope.units)
        if unit_id not in units
    ]
    named = [(f"{at}/scope/carriers", carrier) for carrier in sorted(rule.scope.carriers)]
    if isinstance(rule.value, ResultCarrier):
        named.append((f"{at}/value/carrier", rule.value.carrier))
    return faults + [
        Fault("unknown_carrier", pointer, {"carrier": carrier}) for pointer, carrier in named if carrier not in carriers
    ]
