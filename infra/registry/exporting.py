"""`make export`: write a table of the registry as CSV, JSON Lines or (rules) JSON that `make import` can read again."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from infra.engine.errors import LocalRunError, run
from infra.registry import files
from infra.registry.importing import ledger_of
from infra.registry.kinds import TABLES
from infra.registry.table import Table
from infra.stack.deployed import chosen


def main() -> int:
    """Export one table of the running `make up`, or with --aws of the stack deployed on AWS."""
    parser = argparse.ArgumentParser(prog="make export", description=__doc__)
    parser.add_argument("kind", choices=tuple(TABLES))
    parser.add_argument("--format", choices=("csv", "jsonl", "json"), default="", help="csv, for rules json")
    parser.add_argument("--file", type=Path, help="where to write; else to the standard output")
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    options = parser.parse_args()
    table = TABLES[options.kind]
    entries = ledger_of(chosen(options.aws)).entries(table.kind)
    text = export(table, (entry.thing for entry in entries), options.format or _usual(table))
    if options.file is None:
        sys.stdout.write(text)
        return 0
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_bytes(text.encode())
    print(f"{options.file}: {len(entries)} {table.vi} · {table.en}")
    return 0


def export(table: Table, things: Iterable[Any], form: str) -> str:
    """Return the table as the text of a file. An optional column is left out when no row needs it."""
    records = table.records(things)
    if form == "csv" and table.columns:
        rows = [table.cells(record) for record in records]
        said = [each.name for each in table.columns if not each.optional or any(row[each.name] for row in rows)]
        return files.as_csv(said, ({name: row[name] for name in said} for row in rows))
    if form == "jsonl":
        return files.as_json_lines(table.body(record) for record in records)
    if form == "json" and not table.columns:
        return files.as_document(table.body(record) for record in records)
    raise LocalRunError(
        f"{table.name} không xuất được dạng {form}; hãy dùng {_usual(table)}.",
        f"{table.name} has no form {form}; take {_usual(table)}.",
    )


def _usual(table: Table) -> str:
    return "csv" if table.columns else "json"


if __name__ == "__main__":
    run(main)
