"""Find units; open to everybody."""

from motcua import bootstrap
from motcua.contracts.registry.find_units import UnitsView, UnitView
from motcua.domain.errors import NotFoundError
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.unit import UnitKind
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.paging import following, page_of
from motcua.routes.query import asked_choice, check_names
from motcua.routes.registry.public_reading import directory_on, etag_of, name_query, named_unit

OF_UNITS = ("kind", "parent", "on", "limit", "cursor")


def list_units(request: Request) -> Answer:
    check_names(request, OF_UNITS)
    directory = directory_on(request)
    day = directory.day
    kind, parent = asked_choice(request, "kind", UnitKind), named_unit(request, "parent", directory)
    found = [
        unit
        for _, unit in sorted(directory.units.items())
        if unit.valid_on(day) and (not kind or unit.kind == kind) and (parent is None or unit.parent_id == parent.id)
    ]
    asked = name_query(request, OF_UNITS) | {"on": day.isoformat()}
    page, cursor = page_of(found, lambda unit: unit.id, f"/units|{asked}", request)
    view = UnitsView.model_construct(
        on=day,
        total=len(found),
        units=[UnitView.of(directory.whole[unit.id], directory) for unit in page],
        next_cursor=cursor or None,
    )
    return Answer(view, headers=following("/units", cursor, **asked, limit=request.limit()))


def read_unit(request: Request, unit_id: str) -> Answer:
    """Return a unit, even one that has ended: its visitors need to know its successor."""
    check_names(request, ("on",))
    directory = directory_on(request)
    if unit_id not in directory.units:
        raise NotFoundError("entry_not_found", kind="unit", id=unit_id)
    view = UnitView.of(directory.whole[unit_id], directory)
    return Answer(view, headers=etag_of(bootstrap.registry().entry(EntryKind.UNIT, unit_id)))


OPERATIONS = (
    Operation(
        "GET",
        "/units",
        list_units,
        UnitsView,
        "public",
        "Danh sách đơn vị vào một ngày",
        "The units of a day",
        query=OF_UNITS,
        refusals=("unknown_unit",),
    ),
    Operation(
        "GET",
        "/units/{unit_id}",
        read_unit,
        UnitView,
        "public",
        "Xem một đơn vị; đơn vị đã kết thúc nêu đơn vị kế tiếp",
        "Read a unit; one that has ended names who came after it",
        query=("on",),
        refusals=("entry_not_found",),
    ),
)
