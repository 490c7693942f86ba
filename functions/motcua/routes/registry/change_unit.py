"""Enter a unit, and change it from a given day."""

from motcua import bootstrap
from motcua.contracts.registry.change_unit import ChangeUnitRequest, EnterUnitRequest
from motcua.contracts.registry.find_units import UnitView
from motcua.domain.errors import InvalidError
from motcua.domain.local_time import local_day
from motcua.domain.registry.directory import Directory
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.registry_command import AMENDING_REFUSALS, entry_answer, registry_command
from motcua.usecases.registry import change_unit as usecases
from motcua.usecases.registry_command import RegistryCommand, RegistryResult

MISFITS = (
    "unknown_unit",
    "unit_above_itself",
    "parent_not_department",
    "level_differs",
    "serves_nobody",
    "only_one_stop_serves",
    "serves_a_counter",
    "not_ended",
)


MISCHANGES = (
    "changes_from_needed",
    "changes_from_outside",
    "past_out_of_order",
    "counter_stays",
    "ended_by_reorganisation",
    "successor_needed",
    "needed_otherwise",
)


def enter_unit(request: Request, body: EnterUnitRequest) -> Answer:
    unit = body.unit.to_domain()
    command = registry_command(request, "enter_unit", body.why, changes=False)
    done = usecases.enter_unit(command, unit, bootstrap.ledger())
    return entry_answer(done, _view(done, command), 201, at=f"/units/{unit.id}")


def change_unit(request: Request, unit_id: str, body: ChangeUnitRequest) -> Answer:
    unit = body.unit.to_domain()
    if unit.id != unit_id:
        raise InvalidError("id_differs", "/unit/id", id=unit_id)
    command = registry_command(request, f"change_unit|{unit_id}", body.why, changes=True)
    done = usecases.change_unit(
        command, unit, bootstrap.ledger(), changes_from=body.changes_from, no_successor=body.no_successor
    )
    return entry_answer(done, _view(done, command))


def _view(done: RegistryResult, command: RegistryCommand) -> UnitView:
    """Return the unit as the command left it; the names of other units may be a minute old."""
    directory = Directory.of(bootstrap.registry().units(), local_day(command.stamp.occurred_at))
    return UnitView.of(done.entry.thing, directory)


OPERATIONS = (
    Operation(
        "POST",
        "/units",
        enter_unit,
        UnitView,
        "staff",
        "Nhập đơn vị mới",
        "Enter a unit",
        body=EnterUnitRequest,
        status=201,
        command=True,
        refusals=("role_needed", "entry_changed_meanwhile", "entry_exists", *MISFITS),
    ),
    Operation(
        "PUT",
        "/units/{unit_id}",
        change_unit,
        UnitView,
        "staff",
        "Sửa đơn vị từ một ngày; đơn vị kết thúc phải nêu đơn vị kế tiếp",
        "Change a unit from a day on; one that ends names its successors",
        body=ChangeUnitRequest,
        command=True,
        guarded=True,
        refusals=(*AMENDING_REFUSALS, "id_differs", *MISCHANGES, *MISFITS),
    ),
)
