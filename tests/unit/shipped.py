"""The registry as it ships: data/ read by the seed's own loader and the adapter's own codecs, without a store."""

from collections.abc import Sequence
from datetime import date

from infra.local.seed import registry_rows
from motcua.adapters import registry_rows as codec
from motcua.domain.calendar import WorkingCalendar
from motcua.domain.registry import Carrier, Procedure, Unit
from motcua.domain.rules import RuleBook

_ROWS = registry_rows()
_RULE_ROWS = [row for row in _ROWS if row["PK"] == "RULE"]

CALENDAR: WorkingCalendar = codec.calendar_of(_RULE_ROWS)
RULES: RuleBook = codec.rule_book_of(_RULE_ROWS)
UNITS: dict[str, Unit] = {row["id"]: codec.unit_of(row) for row in _ROWS if row["PK"] == "UNIT"}
PROCEDURES: dict[str, Procedure] = {row["code"]: codec.procedure_of(row) for row in _ROWS if row["SK"] == "PROCEDURE"}
CARRIERS: dict[str, Carrier] = {
    row["id"]: codec.carrier_of(row) for row in _RULE_ROWS if "public_postal_service" in row
}
CARRIER_CODES: dict[tuple[str, str], str] = {
    (row["id"], each["code"]): "" if each["state"] == "-" else each["state"]
    for row in _RULE_ROWS
    if row["SK"].startswith("carrier_status#")
    for each in row["codes"]
}


class ShippedRegistry:
    """The port `Registry` over the shipped files. `post_is_public` turns the carrier into a private one."""

    def __init__(self, *, post_is_public: bool = True) -> None:
        self._post_is_public = post_is_public

    def unit(self, unit_id: str) -> Unit | None:
        return UNITS.get(unit_id)

    def procedure(self, code: str) -> Procedure | None:
        return PROCEDURES.get(code)

    def units(self) -> Sequence[Unit]:
        return list(UNITS.values())

    def rules(self) -> RuleBook:
        return RULES

    def calendar(self) -> WorkingCalendar:
        return CALENDAR

    def carrier(self, carrier_id: str, day: date) -> Carrier | None:
        carrier = CARRIERS.get(carrier_id)
        if carrier is None or day < carrier.valid_from:
            return None
        public = carrier.public_postal_service and self._post_is_public
        return Carrier(carrier.id, carrier.name_vi, public, carrier.valid_from, carrier.document)

    def parcel_state(self, carrier_system: str, code: str) -> str | None:
        return CARRIER_CODES.get((carrier_system, code))

    def warm(self, *, unit_id: str, procedure_code: str) -> None:
        pass


class EveryState(ShippedRegistry):
    """Knows a code for every state, also for those of which no carrier's code is known yet (lost, damaged)."""

    def parcel_state(self, carrier_system: str, code: str) -> str | None:  # noqa: ARG002
        return None if code == "unheard of" else code
