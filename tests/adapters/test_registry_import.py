"""Import and export on the embedded engine: with their history, healed after a crash, and fast enough for a province."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.registry.exporting import export
from infra.registry.importing import import_file
from infra.registry.kinds import TABLES
from infra.registry.seed import load_missing, registry_entries, seed_registry
from motcua.adapters.registry.ledger import DynamoLedger
from motcua.domain.registry.entry import EntryKind
from tests.adapters.conftest import Cloud

pytestmark = pytest.mark.engine

ROWS = int(os.environ.get("IMPORT_ROWS", "1500"))
"""10,000 rows take half a minute or less.

IMPORT_ROWS=10000 measures that; the usual run measures a proportional part.
"""

ROWS_PER_MINUTE = 10_000
TABLE = TABLES["procedures"]
ROW = dict.fromkeys(TABLE.header, "") | {
    "kind": "tthc",
    "field_vi": "Việc mẫu",
    "levels": "tinh",
    "owner_vi": "Sở Tư pháp",
    "agency_id": "stp",
    "counts_in_department": "no",
    "limit_count": "5",
    "limit_unit": "working_day",
    "after_supplement": "RESTART",
    "sensitive": "no",
    "components": "Đơn theo mẫu [1+0]|Bản sao giấy tờ liên quan [0+1]",
    "values_of": "mẫu",
    "evidence": "sample",
    "published_on": "2020-01-01",
}


@pytest.fixture
def ledger(cloud: Cloud) -> DynamoLedger:
    return DynamoLedger(cloud.client, cloud.registry, cloud.dossier)


def samples(folder: Path, count: int) -> Path:
    """Write and return a file of invented procedures."""
    file = folder / "procedures.csv"
    lines = [",".join(TABLE.header)]
    for index in range(count):
        row = ROW | {"code": f"9.{index:06d}", "name_vi": f"Thủ tục mẫu số {index} để đo tốc độ nhập danh mục"}
        lines.append(",".join(row[column] for column in TABLE.header))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_fresh_registry_has_its_history_and_gives_the_shipped_files_again(cloud: Cloud, ledger: DynamoLedger) -> None:
    started = time.monotonic()
    shipped = len(registry_entries())
    assert load_missing(cloud.client, cloud.registry) == (shipped, shipped)
    assert time.monotonic() - started < 10, "3 s on a quiet machine"
    assert load_missing(cloud.client, cloud.registry) == (shipped, 0)
    for table in TABLES.values():
        things = [entry.thing for entry in ledger.entries(table.kind)]
        text = export(table, things, "csv" if table.columns else "json")
        if table.columns:
            file = Path(__file__).parents[2] / "data" / table.file
            assert text.encode() == file.read_bytes()
    (entered,) = ledger.history(EntryKind.UNIT, "stp").amendments
    assert (entered.entry.version, entered.stamp.actor) == (1, "seed")
    assert "motcua" in entered.why


def test_a_second_seed_turns_nothing_back(cloud: Cloud, ledger: DynamoLedger, tmp_path: Path) -> None:
    seed_registry(cloud.client, cloud.registry)
    units = export(TABLES["units"], [entry.thing for entry in ledger.entries(EntryKind.UNIT)], "csv")
    file = tmp_path / "units.csv"
    file.write_text(units.replace("Sở Tư pháp,STP", "Sở Tư pháp,S. Tư pháp"), encoding="utf-8")
    assert len(import_file(file, ledger, "import:mau", "Tên viết tắt khác").changed) == 1
    seed_registry(cloud.client, cloud.registry)
    entry = ledger.entry(EntryKind.UNIT, "stp")
    assert entry is not None
    assert (entry.version, entry.thing.short_name_vi) == (2, "S. Tư pháp")
    latest = ledger.history(EntryKind.UNIT, "stp").amendments[0]
    assert (latest.stamp.actor, latest.why) == ("import:mau", "Tên viết tắt khác")


class Lost:
    """A client whose store disappears after some writes."""

    def __init__(self, client: Any, writes: int) -> None:
        self._client, self._writes = client, writes

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name == "transact_write_items":
            if not self._writes:
                raise ConnectionError
            self._writes -= 1
        call: Callable[..., Any] = getattr(self._client, name)
        return call


def test_an_import_that_was_cut_off_is_done_by_running_it_again(
    cloud: Cloud, ledger: DynamoLedger, tmp_path: Path
) -> None:
    seed_registry(cloud.client, cloud.registry)
    file, before = samples(tmp_path, 200), len(ledger.entries(EntryKind.PROCEDURE))
    lost = DynamoLedger(Lost(cloud.client, 2), cloud.registry, cloud.dossier)
    with pytest.raises(ConnectionError):
        import_file(file, lost, "import:mau", "Thử cắt giữa chừng")
    assert len(ledger.entries(EntryKind.PROCEDURE)) == before + 98
    plan = import_file(file, ledger, "import:mau", "Thử cắt giữa chừng")
    assert (len(plan.new), plan.unchanged) == (102, 98)
    assert len(ledger.history(EntryKind.PROCEDURE, "9.000000").amendments) == 1
    assert import_file(file, ledger, "import:mau", "Thử cắt giữa chừng").entries == ()


def test_many_rows_are_written_once_and_fast_enough_where_they_are_timed(
    cloud: Cloud, ledger: DynamoLedger, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed_registry(cloud.client, cloud.registry)
    file, started = samples(tmp_path, ROWS), time.monotonic()
    assert len(import_file(file, ledger, "import:mau", "Đo tốc độ").new) == ROWS
    took = time.monotonic() - started
    record_property("seconds", round(took, 1))
    assert import_file(file, ledger, "import:mau", "Đo tốc độ").unchanged == ROWS
    if "IMPORT_ROWS" in os.environ:  # beside other lanes the time says nothing
        assert ROWS / took * 60 > ROWS_PER_MINUTE, f"{ROWS} rows took {took:.1f} s"
