"""An invented linked procedure for the demo and the tests. Its code, name and field say that no such procedure exists.

It ships in no data file, because the agencies of the parts are not known for any real procedure (`data/README.md`).
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import (
    AfterSupplement,
    Component,
    Leg,
    LimitUnit,
    Procedure,
    ProcedureKind,
    ProcedureVersions,
    TimeLimit,
)
from motcua.domain.registry.unit import Level

if TYPE_CHECKING:
    from infra.stack.stack import Stack

CODE = "MAU.LT.01"


def days(count: int) -> TimeLimit:
    return TimeLimit(Decimal(count), LimitUnit.WORKING_DAY)


LINKED = Procedure(
    code=CODE,
    version=1,
    kind=ProcedureKind.PROCEDURE,
    name_vi="Thủ tục liên thông mẫu (không có thật)",
    field_vi="Lĩnh vực mẫu",
    levels=frozenset({Level.PROVINCE}),
    owner_vi="Sở Kế hoạch và Đầu tư",
    agency_id="skhdt",
    counts_in_department=False,
    limit=days(9),
    after_supplement=AfterSupplement.RESTART,
    fee_vnd=0,
    post_in=True,
    post_out=True,
    online_level=4,
    components=(Component("Đơn đề nghị mẫu", 1, 0),),
    legs=(Leg(1, "stp", days(3)), Leg(1, "vp-ubnd", days(5)), Leg(2, "skhdt", days(4))),
    sensitive=False,
    values_of="",
    evidence="sample",
    published_on=date(2020, 1, 1),
)
"""Two agencies work in parallel for three and five days, then the issuing one for four: nine days together."""

VERSIONS = ProcedureVersions(CODE, (LINKED,))


def enter_until(last: date, stack: "Stack") -> None:
    """Enter it into a running stack's registry, withdrawn after `last` so that no later review has to list it."""
    from infra.registry.importing import stamp_of
    from infra.registry.kinds import TABLES
    from infra.registry.writing import Guards, write
    from motcua.adapters.registry.ledger import DynamoLedger

    ledger = DynamoLedger(stack.client("dynamodb"), stack.outputs["RegistryTableName"], "")
    known = ProcedureVersions(CODE, (replace(LINKED, withdrawn_on=last + timedelta(days=1)),))
    table = TABLES["procedures"]
    guards = Guards(table.guard, {what: ledger.guard(what) for what in table.guards()})
    entry = new_entry(EntryKind.PROCEDURE, CODE, known)
    write([entry], ledger, stamp_of("demo"), "Thủ tục mẫu cho chạy thử", guards=guards)
