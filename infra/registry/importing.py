"""`make import`: load a table into the registry. A file with a fault is not written at all.

The check names every bad row. An unchanged entry is left alone. A changed one becomes the next version, with you and
your reason in its history. An entry that the file does not name stays. Warm functions see the change within a minute.
"""

import argparse
import getpass
import os
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from infra.engine.errors import LocalRunError, run
from infra.registry.findings import BadFileError
from infra.registry.kinds import TABLES
from infra.registry.plan import Plan
from infra.registry.source import plan_of
from infra.registry.table import Known
from infra.registry.writing import Guards, write
from infra.stack.deployed import Place, chosen
from motcua.adapters.registry.ledger import DynamoLedger
from motcua.domain.event import Stamp
from motcua.ports.ledger import Ledger

SHORTEST_REASON = 5


def main() -> int:
    """Import one file into the running `make up`, or with --aws into the stack deployed on AWS."""
    parser = argparse.ArgumentParser(prog="make import", description=__doc__)
    parser.add_argument("file", type=Path, help="CSV, JSON Lines (.jsonl) or, for rules, JSON")
    parser.add_argument("--kind", choices=tuple(TABLES), default="", help="which table; else known by its header")
    parser.add_argument("--reason", default="", help="why; it stands in the history of every entry")
    parser.add_argument("--check", action="store_true", help="only say what is wrong, or what would be written")
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    options = parser.parse_args()
    if not options.check and len(options.reason.strip()) < SHORTEST_REASON:
        raise LocalRunError(
            'Thiếu lý do: REASON="…" (từ 5 ký tự).', 'A reason is missing: REASON="…" (5 letters or more).'
        )
    place = chosen(options.aws)
    operator = _operator(place, options.aws)
    try:
        plan = import_file(options.file, ledger_of(place), operator, options.reason, options.kind, options.check)
    except BadFileError as error:
        print(f"✗ {options.file}: {len(error.rows)} lỗi, chưa ghi gì · faults, nothing was written", file=sys.stderr)
        for row in error.rows:
            print(f"  {row.text}", file=sys.stderr)
        return 1
    table, counts = plan.table, (len(plan.new), len(plan.changed), plan.unchanged)
    done = "Sẽ nhập · Would import" if options.check else "Đã nhập · Imported"
    print(
        f"{done} {table.vi} · {table.en}: mới (new) {counts[0]}, đổi (changed) {counts[1]}, như cũ (as before) {counts[2]}"
    )
    return 0


def import_file(file: Path, ledger: Ledger, operator: str, why: str, kind: str = "", only_check: bool = False) -> Plan:
    """Import a file and return what was done. Guards are read before the entries that they protect."""
    guards = {what: ledger.guard(what) for table in TABLES.values() for what in table.guards()}
    plan = plan_of(file, Known(ledger.entries), kind)
    if not only_check:
        with _progress() as bars:
            bar = bars.add_task(f"{plan.table.vi} · {plan.table.en}", total=len(plan.entries))
            write(
                plan.entries,
                ledger,
                stamp_of(operator),
                why.strip(),
                guards=Guards(plan.table.guard, guards),
                done=lambda count: bars.advance(bar, count),
            )
    return plan


def ledger_of(place: Place) -> DynamoLedger:
    return DynamoLedger(place.client("dynamodb"), place.outputs["RegistryTableName"], place.outputs["DossierTableName"])


def stamp_of(operator: str) -> Stamp:
    now = datetime.now(UTC)
    return Stamp(now, now, operator, uuid.uuid4().hex)


def _operator(place: Place, aws_stack: str | None) -> str:
    """Return the operator for the history: on AWS the identity in use, locally the user name on this machine."""
    if aws_stack:
        caller: dict[str, Any] = place.client("sts").get_caller_identity()
        return f"import:{caller['Arn']}"
    try:
        return f"import:{getpass.getuser()}"
    except (KeyError, OSError):  # a user without a name, as in a container
        return f"import:uid-{os.getuid()}"


def _progress() -> Progress:
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


if __name__ == "__main__":
    run(main)
