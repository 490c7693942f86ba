"""A table leaves the registry as it came in: export, import into an empty one, export again, and no byte differs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.registry.cells import COMPONENTS, LEGS, NAMES, NUMBER
from infra.registry.exporting import export
from infra.registry.importing import import_file
from infra.registry.kinds import TABLES
from infra.registry.seed import DATA
from motcua.domain.registry.entry import Entry, EntryKind, new_entry
from motcua.domain.registry.procedure import Component, Decision, Leg, LimitUnit, ProcedureVersions, TimeLimit
from motcua.domain.registry.unit_change import changed
from motcua.domain.rules.rule import Replaced
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.shipped import ENTRIES, RULES, UNITS, VERSIONS

PROCEDURE = VERSIONS["2.001610"]
WHY = "Thử nhập lại"
FORMS = [(name, form) for name, table in TABLES.items() for form in ("csv" if table.columns else "json", "jsonl")]


def rich_versions() -> ProcedureVersions:
    """Return an invented procedure with every field of a version, and a draft."""
    first = PROCEDURE.versions[0]
    second = replace(
        first,
        version=2,
        name_vi="Thủ tục mẫu “có dấu, phẩy” và | gạch \\ chéo",
        limit=TimeLimit(Decimal("2.5"), LimitUnit.WORKING_DAY),
        fee_vnd=100_000,
        post_out=True,
        online_level=4,
        components=(
            Component("Đơn theo mẫu", 1, 0),
            Component("Bản sao [2+1]"),
            Component("Giấy | tờ", None, 2),
            Component("Giấy phép cũ", 1, 0, original_at_return=True),
            Component("Ảnh"),
        ),
        legs=(
            Leg(1, "stc", TimeLimit(Decimal("1.5"), LimitUnit.WORKING_DAY)),
            Leg(2, "skhdt", TimeLimit(Decimal(1), LimitUnit.WORKING_DAY)),
        ),
        sensitive=True,
        published_on=date(2020, 5, 18),
        withdrawn_on=date(2020, 12, 31),
        decision=Decision("1234/QĐ-UBND (mẫu)", date(2020, 5, 14), "https://example.org/1234"),
    )
    draft = replace(second, version=3, published_on=None, withdrawn_on=None, decision=None)
    return ProcedureVersions(PROCEDURE.code, (first, second, draft))


def rich_entries() -> list[Entry[Any]]:
    """Return the shipped registry, with entries that use what no shipped row uses."""
    annulled = replace(RULES.rules[0], id="annulled-sample", annulled=True)
    following = replace(annulled, id="following-sample", replaced=Replaced(annulled.id, None))
    ended = replace(UNITS["stt-tt"], valid_to=date(2025, 2, 28), successor_ids=("skh-cn", "snv"))
    fewer = replace(UNITS["mc-tinh"], name_vi="Trung tâm Mẫu, “mới” | có dấu", serves=("skhdt", "snv"))
    changed_twice = changed(changed(UNITS["mc-tinh"], fewer, date(2021, 3, 1)), UNITS["mc-tinh"], date(2022, 1, 1))
    richer = {
        f"procedure#{PROCEDURE.code}": rich_versions(),
        "unit#stt-tt": ended,
        "unit#mc-tinh": changed_twice,
    }
    entries = [replace(entry, thing=richer.get(entry.subject, entry.thing)) for entry in ENTRIES]
    return [*entries, *(new_entry(EntryKind.RULE, rule.id, rule) for rule in (annulled, following))]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_export_import_export_is_the_same_to_the_byte(name: str, form: str, tmp_path: Path) -> None:
    table, full = TABLES[name], rich_entries()
    things = [entry.thing for entry in full if entry.kind is table.kind]
    file = tmp_path / f"table.{form}"
    file.write_text(export(table, things, form), encoding="utf-8")
    ledger = MemoryLedger.of(entry for entry in full if entry.kind is not table.kind)
    plan = import_file(file, ledger, "import:mau", WHY, name)
    assert len(plan.new) == len(things)
    assert {entry.id: entry.thing for entry in ledger.entries(table.kind)} == {
        entry.id: entry.thing for entry in full if entry.kind is table.kind
    }
    again = export(table, [entry.thing for entry in ledger.entries(table.kind)], form)
    assert again.encode() == file.read_bytes()


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_importing_what_is_there_changes_nothing(name: str, form: str, tmp_path: Path) -> None:
    table, full = TABLES[name], rich_entries()
    things = [entry.thing for entry in full if entry.kind is table.kind]
    file = tmp_path / f"table.{form}"
    file.write_text(export(table, things, form), encoding="utf-8")
    ledger = MemoryLedger.of(full)
    plan = import_file(file, ledger, "import:mau", WHY)
    assert plan.table.name == name, "known by its header"
    assert (plan.entries, plan.unchanged) == ((), len(things))
    assert ledger.log == []


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.columns], ids=lambda table: table.name)
def test_the_shipped_files_are_the_export_of_a_fresh_registry(table: Any) -> None:
    things = [entry.thing for entry in ENTRIES if entry.kind is table.kind]
    assert export(table, things, "csv").encode() == (DATA / table.file).read_bytes()


def test_what_a_unit_was_stands_in_a_cell_and_a_column_that_nobody_needs_is_left_out() -> None:
    units = TABLES["units"]
    assert "former" not in export(units, UNITS.values(), "csv").split("\n", 1)[0]
    short = changed(UNITS["stp"], replace(UNITS["stp"], short_name_vi="TP"), date(2021, 3, 1))
    header, row = export(units, [short], "csv").splitlines()
    assert header.endswith(",former")
    assert row.endswith(
        '"[{""last"":""2021-02-28"",""kind"":""department"",""level"":""tinh"",""name_vi"":""Sở Tư pháp"",'
        '""short_name_vi"":""STP"",""parent_id"":""tinh"",""identifier"":""000.00.03.H23"",""identifier_is_sample"":true}]"'
    )


PAPER_NAMES = st.text(st.characters(exclude_categories=("C", "Z"), max_codepoint=0x1EF9), min_size=1, max_size=12) | (
    st.sampled_from(["Đơn [1+0]", "a|b", "\\", "\\|", "[?+?]", "x [1+?] [2+2]", "a\\"])
)
COUNTS = st.none() | st.integers(0, 99)


@given(st.lists(st.fixed_dictionaries({"name_vi": PAPER_NAMES, "originals": COUNTS, "copies": COUNTS})))
def test_any_components_are_read_as_they_were_written(components: list[dict[str, Any]]) -> None:
    assert COMPONENTS.read(COMPONENTS.write(components)) == components


@given(st.lists(PAPER_NAMES))
def test_any_list_is_read_as_it_was_written(names: list[str]) -> None:
    assert NAMES.read(NAMES.write(names)) == names


def test_cells_are_written_as_the_documents_say() -> None:
    papers = [{"name_vi": "Đơn", "originals": 1, "copies": 0}, {"name_vi": "Ảnh", "originals": None, "copies": None}]
    assert COMPONENTS.write(papers) == "Đơn [1+0]|Ảnh"
    assert NUMBER.write("1E+2") == "100"
    assert LEGS.read("1:stp:5:working_day|1:stc:2.5:hour") == [
        {"step": 1, "agency_id": "stp", "limit": {"count": "5", "unit": "working_day"}},
        {"step": 1, "agency_id": "stc", "limit": {"count": "2.5", "unit": "hour"}},
    ]
