"""Every kind of table in loading order: those that others refer to come first."""

from infra.engine.errors import LocalRunError
from infra.registry.calendars import Calendars
from infra.registry.carriers import Carriers, CarrierStatus, PostProvinces
from infra.registry.files import Sheet
from infra.registry.procedures import Procedures
from infra.registry.reviews import Reviews
from infra.registry.rules import Rules
from infra.registry.table import Table
from infra.registry.units import Units

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(Units(), Procedures(), Carriers(), Rules(), Reviews()),
        *(Calendars(), CarrierStatus(), PostProvinces()),
    )
}


def table_of(sheet: Sheet, file: str) -> Table:
    """Return the table that a file holds, recognised by its header.

    Raises LocalRunError unless exactly one table fits.
    """
    found = [table for table in TABLES.values() if table.has_header(sheet)]
    if len(found) != 1:
        kinds = ", ".join(TABLES)
        raise LocalRunError(
            f"Không rõ {file} là danh mục nào: hãy nêu KIND, một trong {kinds}.",
            f"It is not clear which table {file} holds: name its KIND, one of {kinds}.",
        )
    return found[0]
