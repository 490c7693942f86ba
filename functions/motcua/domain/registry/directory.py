"""All units as they stand on a day: what each is called, and which one-stop units serve it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from motcua.domain.record import dataclass
from motcua.domain.registry.unit import Unit


@dataclass(frozen=True, slots=True)
class Directory:
    """Units by id as they stand on `day`, valid then or not, and the one-stop units that serve each agency on that day.

    `whole` holds the same units with all of their past.
    """

    day: date
    units: Mapping[str, Unit]
    whole: Mapping[str, Unit]
    counters: Mapping[str, Sequence[Unit]]

    @classmethod
    def of(cls, units: Iterable[Unit], day: date) -> "Directory":
        whole = {unit.id: unit for unit in units}
        known = {unit.id: unit.on(day) for unit in whole.values()}
        counters: dict[str, list[Unit]] = defaultdict(list)
        for unit in known.values():
            if unit.valid_on(day):
                for agency_id in unit.serves:
                    counters[agency_id].append(unit)
        return cls(day, known, whole, counters)

    def name(self, unit_id: str) -> str:
        """Return what the unit is called; an unknown id is returned as it is."""
        return self.units[unit_id].name_vi if unit_id in self.units else unit_id

    def serving(self, agency_id: str) -> Sequence[Unit]:
        """Return the one-stop units that serve `agency_id`."""
        return self.counters.get(agency_id, ())
