"""reviews.csv: the work-lists that an order asks departments to review. What became of an item is its history, no table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from infra.registry.cells import DAY, column
from infra.registry.table import Made, Reading, Said, Table, units_of
from motcua.contracts.days import Day
from motcua.contracts.persons import Inward
from motcua.contracts.procedures import Code, LongName
from motcua.contracts.rule_values import Name
from motcua.contracts.rules import RuleId
from motcua.contracts.units import Line
from motcua.domain.entry import EntryKind
from motcua.domain.errors import Fault
from motcua.domain.procedure import ProcedureKind
from motcua.domain.review import ReviewItem
from motcua.domain.unit import UnitKind


class ReviewRow(Inward):
    """What a department is to review. A procedure of the catalogue has its name there."""

    order: RuleId
    department_id: Name
    code: Code
    kind: ProcedureKind
    name_vi: LongName | None = None
    entered_on: Day
    evidence: Line = ""

    def to_domain(self) -> ReviewItem:
        named: dict[str, Any] = {name: getattr(self, name) for name in ReviewRow.model_fields}
        return ReviewItem(**named | {"name_vi": self.name_vi or ""})

    @classmethod
    def from_domain(cls, item: ReviewItem) -> "ReviewRow":
        return cls.model_construct(**{name: getattr(item, name) for name in cls.model_fields})


class Reviews(Table):
    """An item that is there keeps its steps; only what the list says of it may change."""

    name, file, kind = "reviews", "reviews.csv", EntryKind.REVIEW
    vi, en = "việc rà soát", "items to review"
    model = ReviewRow
    key = "code"
    columns = (
        column("order"),
        column("department_id"),
        column("code"),
        column("kind"),
        column("name_vi"),
        column("entered_on", DAY),
        column("evidence"),
    )

    def id_of(self, record: ReviewItem) -> str:
        return record.id

    def gather(self, said: Sequence[Said], reading: Reading) -> dict[str, Made]:
        procedures, stored = reading.known.of(EntryKind.PROCEDURE), reading.known.of(self.kind)
        made = {}
        for each in said:
            item: ReviewItem = each.record
            if not item.name_vi and item.code in procedures:
                item = replace(item, name_vi=procedures[item.code].thing.latest.name_vi)
            if item.id in stored:
                listed = {name: getattr(item, name) for name in ("kind", "name_vi", "entered_on", "evidence")}
                item = replace(stored[item.id].thing, **listed)
            made[item.id] = Made(each.row, item)
        return made

    def check(self, made: Mapping[str, Made], reading: Reading) -> None:
        orders = {rule.id for rule in reading.known.of(EntryKind.RULE).values() if rule.thing.kind == "review_order"}
        departments = {unit.id for unit in units_of(reading.known).values() if unit.kind is UnitKind.DEPARTMENT}
        for each in made.values():
            self.tell(reading.findings, each.row, *_faults(each.thing, orders, departments))


def _faults(item: ReviewItem, orders: set[str], departments: set[str]) -> Iterator[Fault]:
    if item.order not in orders:
        yield Fault("unknown_order", "/order", {"order": item.order})
    if item.department_id not in departments:
        yield Fault("no_department", "/department_id", {"unit": item.department_id})
    if not item.name_vi:
        yield Fault("unknown_procedure", "/code", {"procedure": item.code})
    if item.steps and item.steps[0].on < item.entered_on:
        yield Fault("entered_after_step", "/entered_on", {"day": item.steps[0].on.isoformat()})
