"""Load the shipped data files into the Registry table by the importer. It adds what is missing and leaves the rest.

Everything is checked before anything is written. An entry that was changed since is not reset; to reset it on purpose,
import its file.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.engine.errors import LocalRunError, run

if TYPE_CHECKING:
    from infra.stack.stack import Stack
    from motcua.domain.registry.entry import Entry

DATA = Path(__file__).resolve().parents[2] / "data"
WHY = "Dữ liệu đi kèm motcua · Shipped with motcua"


def registry_entries() -> "list[Entry[Any]]":
    """Return every entry that ships, checked like an import."""
    from infra.registry.findings import BadFileError
    from infra.registry.kinds import TABLES
    from infra.registry.source import plan_of
    from infra.registry.table import Known

    known = Known()
    for table in TABLES.values():
        try:
            known.add(plan_of(DATA / table.file, known, table.name).entries)
        except BadFileError as error:
            raise LocalRunError(f"data/{table.file}: {error}", "the shipped data are broken") from error
    return [entry for table in TABLES.values() for entry in known.of(table.kind).values()]


def seed(stack: "Stack") -> int:
    """Load a running stack's registry and return how many entries ship."""
    return seed_registry(stack.client("dynamodb"), stack.outputs["RegistryTableName"])


def seed_registry(client: Any, table: str) -> int:
    """Add what is missing and return how many entries ship. `client` is a DynamoDB client."""
    return load_missing(client, table)[0]


def load_missing(client: Any, table: str) -> tuple[int, int]:
    """Add what is missing. Returns how many entries ship, and how many of them were added now."""
    from infra.registry.importing import stamp_of
    from infra.registry.kinds import TABLES
    from infra.registry.writing import Guards, write
    from motcua.adapters.registry.ledger import DynamoLedger
    from motcua.domain.registry.entry import EntryKind
    from motcua.domain.rules.rule_book import first_contradiction

    ledger = DynamoLedger(client, table, "")
    guards = {what: ledger.guard(what) for table in TABLES.values() for what in table.guards()}
    shipped = registry_entries()
    stored = {kind: {entry.id: entry for entry in ledger.entries(kind)} for kind in {entry.kind for entry in shipped}}
    missing = [entry for entry in shipped if entry.id not in stored[entry.kind]]
    entered = [*stored[EntryKind.RULE].values(), *(each for each in missing if each.kind is EntryKind.RULE)]
    if found := first_contradiction(entry.thing for entry in entered):
        names = " ↔ ".join(rule.id for rule in found)
        raise LocalRunError(
            f"Quy định mâu thuẫn, chưa nạp gì: {names}", f"Rules contradict, nothing was loaded: {names}"
        )
    for each in TABLES.values():
        of_kind = [entry for entry in missing if entry.kind is each.kind]
        write(of_kind, ledger, stamp_of("seed"), WHY, guards=Guards(each.guard, guards))
    return len(shipped), len(missing)


def main() -> None:
    """Load the registry of the running `make up`, or with --aws of the stack deployed on AWS."""
    from infra.stack.deployed import chosen

    parser = argparse.ArgumentParser(prog="make seed", description=__doc__)
    parser.add_argument("--aws", metavar="STACK", help="the stack deployed on AWS instead of the running `make up`")
    place = chosen(parser.parse_args().aws)
    shipped, added = load_missing(place.client("dynamodb"), place.outputs["RegistryTableName"])
    print(f"{shipped} mục danh mục, thêm {added} · registry entries, {added} added")


if __name__ == "__main__":
    run(main)
