"""Turn a file into a plan: read it, recognise it by header or named kind, and check it as a whole."""

from pathlib import Path

from infra.engine.errors import LocalRunError
from infra.registry import files
from infra.registry.kinds import TABLES, table_of
from infra.registry.plan import Plan, planned
from infra.registry.public_records import translated
from infra.registry.table import Known


def plan_of(path: Path, known: Known, kind: str = "") -> Plan:
    """Return what importing the file would do. Raises BadFileError, with every bad row, when the file has faults."""
    if not path.is_file():
        raise LocalRunError(f"Không có tệp {path}.", f"There is no file {path}.")
    sheet = files.read(path)
    if found := translated(sheet, known):
        return planned(*found, known)
    return planned(TABLES[kind] if kind else table_of(sheet, path.name), sheet, known)
