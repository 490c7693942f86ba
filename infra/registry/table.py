"""A table of the registry: its columns, the contract of its rows, and how rows become entries."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError

from infra.registry.cells import Column
from infra.registry.files import Row, Sheet
from infra.registry.findings import BadRow, Findings
from motcua.contracts.faults import faults_of
from motcua.domain.errors import Fault, InvalidError
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.unit import Unit


class Known:
    """The content of the registry by kind and id. Each kind is read once, when it is first needed."""

    def __init__(self, read: Callable[[EntryKind], Iterable[Entry[Any]]] = lambda _: ()) -> None:
        self._read = read
        self._of: dict[EntryKind, dict[str, Entry[Any]]] = {}

    def of(self, kind: EntryKind) -> dict[str, Entry[Any]]:
        if kind not in self._of:
            self._of[kind] = {entry.id: entry for entry in self._read(kind)}
        return self._of[kind]

    def add(self, entries: Iterable[Entry[Any]]) -> None:
        for entry in entries:
            self.of(entry.kind)[entry.id] = entry


@dataclass(frozen=True, slots=True)
class Said:
    """A valid row and the domain's record of it."""

    row: Row
    record: Any


@dataclass(frozen=True, slots=True)
class Made:
    """The content that a file gives one entry, and the row to point at."""

    row: Row
    thing: Any


@dataclass(frozen=True, slots=True)
class Reading:
    """A file being read: its rows, the content of the registry, and the faults found so far."""

    rows: Sequence[Row]
    known: Known
    findings: Findings


class Table:
    """The base of all tables. One row is one entry, unless a kind says otherwise (`gather`, `records`)."""

    name: ClassVar[str]
    file: ClassVar[str]
    kind: ClassVar[EntryKind]
    vi: ClassVar[str]
    en: ClassVar[str]
    model: ClassVar[type[BaseModel]]
    columns: ClassVar[tuple[Column, ...]] = ()
    key: ClassVar[str] = "id"
    """The column that identifies a row."""

    def record(self, model: Any) -> Any:
        """Return the domain's record of a row. Raises InvalidError when its fields do not fit together."""
        return model.to_domain()

    def body(self, record: Any) -> dict[str, Any]:
        """Return a record as plain fields, as in a line of JSON."""
        return self.model.from_domain(record).model_dump(mode="json")  # type: ignore[attr-defined,no-any-return]  # each has it

    def id_of(self, record: Any) -> str:
        """Return the id of a row, which no other row of the file may have."""
        return str(getattr(record, self.key))

    def gather(self, said: Sequence[Said], reading: Reading) -> dict[str, Made]:  # noqa: ARG002 - for the kinds that need it
        """Return the entries that the rows make, by id."""
        return {self.id_of(each.record): Made(each.row, each.record) for each in said}

    def check(self, made: Mapping[str, Made], reading: Reading) -> None:
        """Find faults between rows, and between rows and the registry."""

    def records(self, things: Iterable[Any]) -> Iterator[Any]:
        """Yield the rows of these entries, in the order of a file."""
        yield from sorted(things, key=self.place)

    def place(self, record: Any) -> Any:
        """Return the sort key that places a row in a file."""
        return self.id_of(record)

    def guard(self, thing: Any) -> str:  # noqa: ARG002 - for the kinds that need it
        """Return the guard that must not move between check and write, beside the entries; empty for none."""
        return ""

    def guards(self) -> Iterable[str]:
        """Return every guard of this kind."""
        return ()

    @cached_property
    def header(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.columns)

    def has_header(self, sheet: Sheet) -> bool:
        """Return whether the file looks like this table: all required columns are there, and no unknown ones."""
        names = set(sheet.columns)
        if sheet.format == "csv":
            return bool(self.columns) and names <= set(self.header) and self._needed() <= names
        fields = {each.alias or name: each for name, each in self.model.model_fields.items()}
        needed = {name for name, each in fields.items() if each.is_required()}
        return names <= set(fields) and needed <= names

    def read(self, sheet: Sheet, findings: Findings) -> list[Said]:
        """Return the valid rows. The faults of the others go to `findings`."""
        if sheet.format == "csv":
            self._check_header(sheet, findings)
            findings.stop()
        said, before = [], dict[str, int]()
        for row in sheet.rows:
            record = self._read(row, sheet.format == "csv", findings)
            if record is None:
                continue
            name = self.id_of(record)
            if name in before:
                self.tell(findings, row, Fault("stands_twice", f"/{self.key}", {"id": name, "line": str(before[name])}))
            else:
                before[name] = row.line
                said.append(Said(row, record))
        return said

    def cells(self, record: Any) -> dict[str, str]:
        """Return a record as the cells of its row."""
        body = self.body(record)
        return {each.name: _written(each, body) for each in self.columns}

    def tell(self, findings: Findings, row: Row, *faults: Fault) -> None:
        """Report faults at the columns of `row`, under the file's own names of them."""
        findings.rows += [BadRow(row.line, self._column_of(row, fault.pointer), fault) for fault in faults]

    def _column_of(self, row: Row, pointer: str) -> str:
        """Return the column for a JSON Pointer into the contract, or the pointer itself when there is none."""
        path = tuple(pointer.strip("/").split("/"))
        found = [each.name for each in self.columns if each.path == path[: len(each.path)]]
        return row.called.get(found[0], found[0]) if found else pointer.strip("/")

    def _needed(self) -> set[str]:
        return {each.name for each in self.columns if not each.optional}

    def _check_header(self, sheet: Sheet, findings: Findings) -> None:
        for name in sheet.columns:
            if name not in self.header:
                findings.add(1, name, "unknown_column", column=name)
        for name in self.header:
            if name in self._needed() and name not in sheet.columns:
                findings.add(1, name, "missing_column", column=name)

    def _read(self, row: Row, of_cells: bool, findings: Findings) -> Any:
        before = len(findings.rows)
        body = self._body_of(row, findings) if of_cells else row.values
        try:
            record = self.record(self.model.model_validate(body))
        except ValidationError as error:
            self._add(row, faults_of(error), findings, before)
        except InvalidError as error:
            self._add(row, error.faults, findings, before)
        else:
            return record if len(findings.rows) == before else None
        return None

    def _body_of(self, row: Row, findings: Findings) -> dict[str, Any]:
        """Return the cells as the contract's fields. An empty cell leaves its field out."""
        body: dict[str, Any] = {}
        for each in self.columns:
            text = row.values.get(each.name, "")
            if text == "":
                continue
            try:
                value = each.cell.read(text)
            except (ValueError, LookupError):
                pointer = "/" + "/".join(each.path)
                self.tell(findings, row, Fault("wrong_type", pointer, {"expected": each.cell.expected}))
                continue
            inner = body
            for step in each.path[:-1]:
                inner = inner.setdefault(step, {})
            inner[each.path[-1]] = value
        return body

    def _add(self, row: Row, faults: Iterable[Fault], findings: Findings, before: int) -> None:
        """Report faults of the contract. A cell that could not be read is not also reported as missing."""
        said = {bad.column for bad in findings.rows[before:]}
        self.tell(findings, row, *(fault for fault in faults if self._column_of(row, fault.pointer) not in said))


def _written(each: Column, body: Mapping[str, Any]) -> str:
    value: Any = body
    for step in each.path:
        value = value.get(step) if value is not None else None
    return "" if value is None else each.cell.write(value)


def units_of(known: Known) -> dict[str, Unit]:
    """Return every unit of the registry, by id."""
    return {entry.id: entry.thing for entry in known.of(EntryKind.UNIT).values()}
