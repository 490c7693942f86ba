"""reviews.csv: the work-lists that an order asks departments to review.

The progress of an item is its history, no table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from infra.registry.cells import DAY, column
from infra.registry.table import Made, Reading, Said, Table, units_of
from motcua.contracts.days import Day
from motcua.contracts.fields import Line, Name
from motcua.contracts.model import Inward
from motcua.contracts.registry.procedure import Code, LongName
from motcua.contracts.rules.rule import RuleId
from motcua.domain.errors import Fault
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.procedure import ProcedureKind
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.domain.review.progress import may_list
from motcua.domain.review.review_item import ReviewItem
from motcua.domain.rules.rule import Rule


class ReviewRow(Inward):
    """An item that a department must review. A procedure of the catalogue takes its name from there."""

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
    """The table of work-lists. A known item keeps its steps; only the list's own fields may change."""

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
        rules = [entry.thing for entry in reading.known.of(EntryKind.RULE).values() if not entry.thing.annulled]
        orders = {rule.id: rule for rule in rules if rule.kind == "review_order"}
        units = units_of(reading.known)
        for each in made.values():
            self.tell(reading.findings, each.row, *_faults(each.thing, orders, units))


def _faults(item: ReviewItem, orders: Mapping[str, Rule[Any]], units: Mapping[str, Unit]) -> Iterator[Fault]:
    order, unit = orders.get(item.order), units.get(item.department_id)
    if order is None:
        yield Fault("unknown_order", "/order", {"order": item.order})
    if unit is None or unit.on(item.entered_on).kind is not UnitKind.DEPARTMENT:
        yield Fault("no_department", "/department_id", {"unit": item.department_id})
    elif order is not None and not may_list(unit, order, item.entered_on):
        yield Fault("review_not_in_scope", "/department_id", {"unit": unit.name_vi, "rule": order.cited})
    if not item.name_vi:
        yield Fault("unknown_procedure", "/code", {"procedure": item.code})
    if item.steps and item.steps[0].on < item.entered_on:
        yield Fault("entered_after_step", "/entered_on", {"day": item.steps[0].on.isoformat()})
