"""All units together: what each is called, who stands below it, and which one-stop units serve it on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.domain.unit import Unit


@dataclass(frozen=True, slots=True)
class Directory:
    """Units by id, and the one-stop units of each agency."""

    units: Mapping[str, Unit]
    counters: Mapping[str, Sequence[Unit]]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "Directory":
        known = {unit.id: unit for unit in units}
        counters: dict[str, list[Unit]] = defaultdict(list)
        for unit in known.values():
            for agency_id in unit.serves:
                counters[agency_id].append(unit)
        return cls(known, counters)

    def name(self, unit_id: str) -> str:
        """What the unit is called; an id that is not known names itself."""
        return self.units[unit_id].name_vi if unit_id in self.units else unit_id

    def serving(self, agency_id: str, day: date) -> list[Unit]:
        """The one-stop units at which `agency_id` is served on `day`."""
        return [unit for unit in self.counters.get(agency_id, ()) if unit.valid_on(day)]
