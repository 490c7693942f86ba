"""Files of rows, CSV, JSON Lines or (rules) JSON: the content of each row and its line."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from infra.registry.findings import BadFileError, BadRow, Findings
from motcua.domain.errors import Fault

Format = Literal["csv", "jsonl", "json"]


@dataclass(frozen=True, slots=True)
class Row:
    """The line where a row begins, and its cells by column (CSV) or its fields (JSON)."""

    line: int
    values: dict[str, Any]
    called: dict[str, str] = field(default_factory=dict)
    """The file's own names of our columns, where they differ."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read. `columns` is its header, or for JSON the fields of its first row."""

    format: Format
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> Sheet:
    """Read a file.

    Raises BadFileError when it has no rows. A byte order mark, as spreadsheets write it, is no fault.
    """
    try:
        text = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadFileError([BadRow(line, "", Fault("not_utf8"))]) from None
    findings = Findings()
    match path.suffix:
        case ".jsonl":
            sheet = _json_lines(text, findings)
        case ".json":
            sheet = _document(text, findings)
        case _:
            sheet = _csv(text, findings)
    if not sheet.rows and not findings.rows:
        findings.add(1, "", "empty_file")
    findings.stop()
    return sheet


def _csv(text: str, findings: Findings) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows = []
    try:
        for line, cells in _numbered(reader):
            if not header:
                header = [cell.strip() for cell in cells]
                for name in {name for name in header if header.count(name) > 1}:
                    findings.add(line, name, "column_twice", column=name)
            elif len(cells) != len(header):
                findings.add(line, "", "cells_differ", count=len(cells), expected=len(header))
            else:
                rows.append(Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error:
        findings.add(reader.line_num, "", "quotes_broken")
    return Sheet("csv", tuple(header), tuple(rows))


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with the line where it begins. A quoted cell may span several lines."""
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _json_lines(text: str, findings: Findings) -> Sheet:
    rows = []
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            values = json.loads(content)
        except (ValueError, RecursionError):
            findings.add(line, "", "malformed_json")
            continue
        if isinstance(values, dict):
            rows.append(Row(line, values))
        else:
            findings.add(line, "", "wrong_type", expected="{…}")
    return Sheet("jsonl", tuple(rows[0].values) if rows else (), tuple(rows))


def _document(text: str, findings: Findings) -> Sheet:
    """Read a document with a list `rules`. A row's line is that of its `id`, where a person would look for it."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        findings.add(getattr(error, "lineno", 1), "", "malformed_json")
        return Sheet("json", (), ())
    listed = document.get("rules") if isinstance(document, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        findings.add(1, "rules", "wrong_type", expected="[{…}, …]")
        return Sheet("json", (), ())
    lines = text.split("\n")
    rows = tuple(Row(_line_of(lines, values.get("id")), values) for values in listed)
    return Sheet("json", tuple(rows[0].values) if rows else (), rows)


def _line_of(lines: list[str], name: object) -> int:
    told = f'"id": {json.dumps(name, ensure_ascii=False)}'
    return next((number for number, line in enumerate(lines, start=1) if told in line), 1)


def as_csv(columns: Iterable[str], rows: Iterable[dict[str, str]]) -> str:
    written = io.StringIO(newline="")
    names = list(columns)
    writer = csv.DictWriter(written, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def as_json_lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_document(rows: Iterable[dict[str, Any]]) -> str:
    return json.dumps({"rules": list(rows)}, ensure_ascii=False, indent=2) + "\n"
