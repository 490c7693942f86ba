"""An import is checked as a whole: every bad row is named by line, column and reason, and nothing is written."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infra.engine.errors import LocalRunError
from infra.registry import exporting, importing
from infra.registry.exporting import export
from infra.registry.findings import WORDS, BadFileError
from infra.registry.importing import import_file
from infra.registry.kinds import TABLES
from infra.registry.plan import Plan
from infra.registry.source import plan_of
from infra.registry.table import Known
from infra.registry.writing import write
from motcua.domain.registry.entry import EntryKind, new_entry
from motcua.domain.registry.procedure import ProcedureVersions
from motcua.domain.review.review_item import Preparation
from motcua.domain.rules.rule import Scope
from motcua.ports.ledger import ALL_UNITS, Amendments
from motcua.ports.refusals import StoreBusyError
from motcua.problems import PROBLEMS
from tests.kit.fakes import stamp
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.shipped import ENTRIES, UNITS, VERSIONS

CODE = "2.001610"
WHY = "Thử nhập danh mục"


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger.of(ENTRIES)


def load(ledger: MemoryLedger, folder: Path, text: str, name: str = "table.csv", kind: str = "") -> Plan:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return import_file(file, ledger, "import:mau", WHY, kind)


def refused(ledger: MemoryLedger, folder: Path, text: str, name: str = "table.csv", kind: str = "") -> list[Any]:
    """Return line, column and code of each fault. Nothing may have been written."""
    with pytest.raises(BadFileError) as error:
        load(ledger, folder, text, name, kind)
    assert ledger.log == []
    assert all("(line)" in row.text and " · " in row.text for row in error.value.rows)
    return [(row.line, row.column, row.fault.code) for row in error.value.rows]


def cells(name: str, thing: Any) -> list[dict[str, str]]:
    table = TABLES[name]
    return [table.cells(record) for record in table.records([thing])]


def sheet(name: str, *rows: dict[str, str]) -> str:
    columns = [column for column in TABLES[name].header if all(column in row for row in rows)]
    quoted = [{column: '"' + text.replace('"', '""') + '"' for column, text in row.items()} for row in rows]
    return "\n".join([",".join(columns), *(",".join(row[column] for column in columns) for row in quoted)]) + "\n"


UNIT = dict.fromkeys((name for name in TABLES["units"].header if name != "former"), "") | {
    "id": "mau",
    "kind": "department",
    "level": "tinh",
    "name_vi": "Sở Mẫu",
    "parent_id": "tinh",
    "identifier_is_sample": "no",
    "valid_from": "2020-01-01",
    "evidence": "sample",
}


def test_every_bad_row_of_units_is_told_and_nothing_is_written(ledger: MemoryLedger, tmp_path: Path) -> None:
    text = sheet(
        "units",
        UNIT | {"valid_to": "2019-12-31"},
        UNIT | {"id": "mau-2", "parent_id": "khong-co"},
        UNIT | {"id": "mau-3", "name_vi": "", "valid_from": "01/01/2020", "identifier_is_sample": "có"},
        UNIT | {"id": "mau-4", "kind": "phong"},
        UNIT | {"id": "mau-5", "kind": "one_stop", "serves": "snv|khong-co"},
        UNIT | {"id": "mau-6", "serves": "snv"},
        UNIT | {"id": "mau-7", "parent_id": "mau-7"},
        UNIT | {"id": "mau-8", "parent_id": "mau-4"},
        UNIT | {"id": "mau-6"},
    )
    assert refused(ledger, tmp_path, text) == [
        (2, "valid_to", "ends_before_it_begins"),
        (3, "parent_id", "unknown_unit"),
        (4, "identifier_is_sample", "wrong_type"),
        (4, "valid_from", "wrong_type"),
        (4, "name_vi", "missing"),
        (5, "kind", "not_allowed"),
        (6, "serves", "unknown_unit"),
        (7, "serves", "only_one_stop_serves"),
        (8, "parent_id", "unit_above_itself"),
        (10, "id", "stands_twice"),
    ]


def test_a_line_is_where_a_row_begins_though_cells_run_over_lines(ledger: MemoryLedger, tmp_path: Path) -> None:
    first = UNIT | {"id": "mau-1", "evidence": "hai\ndòng"}
    found = refused(ledger, tmp_path, "\n" + sheet("units", first, UNIT | {"kind": "phong"}))
    assert found[-1] == (5, "kind", "not_allowed")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("date,kind,name_vi\n", [(1, "", "empty_file")]),
        ("date,kind,name_vi\n2020-09-02,day_off,Quốc khánh\n", [(1, "evidence", "missing_column")]),
        ("date,kind,name_vi,evidence,x\n2020-09-02,day_off,Quốc khánh,,\n", [(1, "x", "unknown_column")]),
        ("date,kind,kind,evidence\n2020-09-02,day_off,Quốc khánh,\n", [(1, "kind", "column_twice")]),
        ("date,kind,name_vi,evidence\n2020-09-02,day_off\n", [(2, "", "cells_differ")]),
        ('date,kind,name_vi,evidence\n2020-09-02,day_off,"Quốc" khánh,\n', [(2, "", "quotes_broken")]),
    ],
)
def test_a_file_that_is_no_such_table(text: str, found: object, ledger: MemoryLedger, tmp_path: Path) -> None:
    assert refused(ledger, tmp_path, text, kind="calendars") == found


def test_a_file_that_is_not_utf_8_or_not_json(ledger: MemoryLedger, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(sheet("units", UNIT).encode() + "Sở".encode("utf-16"))
    with pytest.raises(BadFileError) as error:
        import_file(file, ledger, "import:mau", WHY)
    assert [(row.line, row.fault.code) for row in error.value.rows] == [(3, "not_utf8")]
    assert refused(ledger, tmp_path, '{"id": 1}\n[]\n{"id"', "units.jsonl", "units") == [
        (2, "", "wrong_type"),
        (3, "", "malformed_json"),
    ]
    assert refused(ledger, tmp_path, "{", "rules.json") == [(1, "", "malformed_json")]
    assert refused(ledger, tmp_path, '{"rule": []}', "rules.json") == [(1, "rules", "wrong_type")]


def test_a_file_of_no_known_table_asks_for_its_kind(ledger: MemoryLedger, tmp_path: Path) -> None:
    with pytest.raises(LocalRunError, match="KIND"):
        load(ledger, tmp_path, "a,b\n1,2\n")
    with pytest.raises(LocalRunError, match="no file"):
        plan_of(tmp_path / "nothing.csv", Known())


def test_spreadsheets_byte_order_mark_line_ends_and_split_letters_are_no_faults(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    split = "Sở Mẫu".replace("ẫ", "a\u0302\u0303")
    text = "\ufeff" + sheet("units", UNIT | {"name_vi": split}).replace("\n", "\r\n")
    file = tmp_path / "units.csv"
    file.write_bytes(text.encode())
    import_file(file, ledger, "import:mau", WHY)
    entry = ledger.entry(EntryKind.UNIT, "mau")
    assert entry is not None
    assert entry.thing.name_vi == "Sở Mẫu"


def test_changed_rows_get_a_version_with_operator_and_reason_and_the_others_none(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    table = TABLES["units"]
    things = [entry.thing for entry in ledger.entries(EntryKind.UNIT)]
    text = (
        export(table, things, "csv").replace("Sở Tư pháp,STP", "Sở Tư pháp,S. Tư pháp")
        + sheet("units", UNIT).split("\n", 1)[1]
    )
    plan = load(ledger, tmp_path, text)
    assert (len(plan.new), len(plan.changed), plan.unchanged) == (1, 1, len(things) - 1)
    assert sorted((each.entry.id, each.entry.version) for each in ledger.log) == [("mau", 1), ("stp", 2)]
    assert {(each.stamp.actor, each.why) for each in ledger.log} == {("import:mau", WHY)}
    assert load(ledger, tmp_path, text).entries == ()


def changed_row(unit_id: str, **changes: str) -> str:
    (row,) = cells("units", UNITS[unit_id])
    return sheet("units", {name: text for name, text in row.items() if name != "former" or name in changes} | changes)


@pytest.mark.parametrize(
    ("unit_id", "changes", "told"),
    [
        ("vpdkdd", {"valid_to": "2099-12-31"}, [("successor_ids", "successor_needed")]),
        ("stp", {"valid_to": "2099-12-31", "successor_ids": "snv"}, [("valid_to", "ended_by_reorganisation")]),
        ("stp", {"kind": "one_stop", "serves": "snv"}, [("kind", "counter_stays"), ("", "needed_otherwise")]),
        ("stn-mt", {"kind": "vertical"}, [("", "needed_otherwise")]),
        ("tinh", {"parent_id": "stp"}, [("parent_id", "unit_above_itself"), ("", "needed_otherwise")]),
        ("stp", {"former": "[{"}, [("former", "wrong_type")]),
        ("stp", {"former": "{}"}, [("former", "wrong_type")]),
        ("stp", {"former": '[{"last":"2021-02-28"}]'}, [("former", "missing")] * 3),
        (
            "stp",
            {"former": '[{"last":"2021-02-28","kind":"department","level":"xa","name_vi":"Sở"}]'},
            [("former", "level_differs")],
        ),
        (
            "stp",
            {"former": '[{"last":"2019-12-31","kind":"department","level":"tinh","name_vi":"Sở"}]'},
            [("former", "past_out_of_order")],
        ),
    ],
)
def test_what_must_not_become_of_a_unit_must_not_by_a_file_either(
    ledger: MemoryLedger, tmp_path: Path, unit_id: str, changes: dict[str, str], told: list[tuple[str, str]]
) -> None:
    found = refused(ledger, tmp_path, changed_row(unit_id, **changes))
    assert list(dict.fromkeys((column, code) for _, column, code in found)) == list(dict.fromkeys(told))


def test_units_are_imported_under_the_guard_of_their_commands(ledger: MemoryLedger, tmp_path: Path) -> None:
    load(ledger, tmp_path, changed_row("stp", evidence="mẫu"))
    assert ledger.guard(ALL_UNITS).version == 1


def test_a_file_that_says_nothing_of_the_past_leaves_it(ledger: MemoryLedger, tmp_path: Path) -> None:
    past = '[{"last":"2021-02-28","kind":"department","level":"tinh","name_vi":"Sở Mẫu","parent_id":"tinh"}]'

    def names(text: str) -> list[str]:
        load(ledger, tmp_path, text)
        entry = ledger.entry(EntryKind.UNIT, "stp")
        return [entry.thing.on(date(2020, 4, 23)).name_vi, entry.thing.evidence] if entry else []

    assert names(changed_row("stp", former=past)) == ["Sở Mẫu", "unchecked"]
    assert names(changed_row("stp", evidence="mẫu")) == ["Sở Mẫu", "mẫu"]
    assert names(changed_row("stp", former="", evidence="sample")) == ["Sở Mẫu", "sample"]
    assert names(changed_row("stp", former="[]")) == ["Sở Tư pháp", "unchecked"]


# procedures


def versions(ledger: MemoryLedger, code: str = CODE) -> ProcedureVersions:
    entry = ledger.entry(EntryKind.PROCEDURE, code)
    assert entry is not None
    thing: ProcedureVersions = entry.thing
    return thing


def test_a_row_without_a_version_becomes_the_next_one_and_only_once(ledger: MemoryLedger, tmp_path: Path) -> None:
    (row,) = cells("procedures", VERSIONS[CODE])
    text = sheet("procedures", row | {"version": "", "fee_vnd": "50000", "published_on": "2020-06-01"})
    assert len(load(ledger, tmp_path, text).changed) == 1
    first, second = versions(ledger).versions
    assert first == VERSIONS[CODE].latest
    assert (second.version, second.fee_vnd, second.published_on) == (2, 50_000, date(2020, 6, 1))
    assert load(ledger, tmp_path, text).unchanged == 1


def test_a_draft_is_replaced_and_a_published_version_stays_beside_it(ledger: MemoryLedger, tmp_path: Path) -> None:
    (row,) = cells("procedures", VERSIONS[CODE])
    for fee in ("1000", "2000"):
        load(ledger, tmp_path, sheet("procedures", row | {"version": "", "fee_vnd": fee, "published_on": ""}))
    assert [(each.version, each.fee_vnd, each.published) for each in versions(ledger).versions[1:]] == [
        (2, 2000, False)
    ]
    assert load(ledger, tmp_path, sheet("procedures", row | {"version": ""})).unchanged == 1, "what is published stands"


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"fee_vnd": "1"}, "version", "version_stands"),
        ({"version": "3"}, "version", "version_gap"),
        ({"version": "", "fee_vnd": "1"}, "published_on", "not_published_later"),
        ({"agency_id": "khong-co"}, "agency_id", "unknown_unit"),
        ({"limit_count": "hai"}, "limit_count", "wrong_type"),
        ({"limit_unit": ""}, "limit_unit", "missing"),
        ({"fee_vnd": "-1"}, "fee_vnd", "wrong_type"),
        ({"online_level": "5"}, "online_level", "out_of_range"),
        ({"legs": "1:stp"}, "legs", "wrong_type"),
        ({"legs": "2:skhdt:1:working_day"}, "legs", "steps_with_gaps"),
        ({"withdrawn_on": "2019-01-01"}, "withdrawn_on", "ends_before_it_begins"),
        ({"decision_date": "2020-05-14"}, "decision_number", "missing"),
        ({"levels": ""}, "levels", "missing"),
    ],
)
def test_what_a_row_of_procedures_may_not_say(
    changes: dict[str, str], column: str, code: str, ledger: MemoryLedger, tmp_path: Path
) -> None:
    (row,) = cells("procedures", VERSIONS[CODE])
    row |= {"limit_count": "3", "limit_unit": "working_day"} if "limit_unit" in changes else {}
    assert refused(ledger, tmp_path, sheet("procedures", row | changes))[0] == (2, column, code)


def test_a_version_after_a_draft_is_refused_and_a_withdrawal_is_not(ledger: MemoryLedger, tmp_path: Path) -> None:
    (row,) = cells("procedures", VERSIONS[CODE])
    text = sheet("procedures", row, row | {"version": "2", "published_on": ""}, row | {"version": "3"})
    assert refused(ledger, tmp_path, text) == [(4, "version", "draft_not_last")]
    load(ledger, tmp_path, sheet("procedures", row | {"withdrawn_on": "2020-07-01"}))
    assert versions(ledger).versions == (replace(VERSIONS[CODE].latest, withdrawn_on=date(2020, 7, 1)),)


# calendars, codes, rules, reviews


def days_of(year: int) -> list[dict[str, str]]:
    (entry,) = (each for each in ENTRIES if each.kind is EntryKind.CALENDAR and each.id == str(year))
    return cells("calendars", entry.thing)


def test_a_new_year_is_imported_and_other_days_of_a_known_one_are_refused(ledger: MemoryLedger, tmp_path: Path) -> None:
    new = {"date": "2030-01-01", "kind": "day_off", "name_vi": "Tết Dương lịch", "evidence": "sample"}
    known = days_of(2020)
    assert refused(ledger, tmp_path, sheet("calendars", new, *known[1:])) == [(3, "date", "calendar_differs")]
    better_named = [known[0] | {"evidence": "một nguồn khác"}, *known[1:]]
    plan = load(ledger, tmp_path, sheet("calendars", new, *better_named))
    assert ([entry.id for entry in plan.new], [entry.id for entry in plan.changed]) == (["2030"], ["2020"])


def test_bad_days(ledger: MemoryLedger, tmp_path: Path) -> None:
    day = {"date": "2030-01-02", "kind": "makeup_workday", "name_vi": "Làm bù", "evidence": "sample"}
    text = sheet("calendars", day, day | {"date": "2030-02-30"}, day | {"date": "2030-01-05"}, day)
    assert refused(ledger, tmp_path, text) == [
        (2, "kind", "makeup_on_a_workday"),
        (3, "date", "wrong_type"),
        (5, "date", "stands_twice"),
    ]


def test_a_code_of_no_state_is_refused_and_of_an_empty_one_is_known(ledger: MemoryLedger, tmp_path: Path) -> None:
    row = dict(zip(TABLES["carrier_status"].header, ("mau", "7", "Chưa rõ", "", "sample"), strict=True))
    assert refused(ledger, tmp_path, sheet("carrier_status", row | {"our_state": "lạc"})) == [
        (2, "our_state", "not_allowed")
    ]
    assert len(load(ledger, tmp_path, sheet("carrier_status", row)).new) == 1


def rules(*changes: dict[str, Any]) -> str:
    """Return the shipped target of departments with a changed id and content."""
    table = TABLES["rules"]
    (target,) = (each.thing for each in ENTRIES if each.id == "target-departments")
    return json.dumps({"rules": [table.body(target) | each for each in changes]}, ensure_ascii=False, indent=1)


def test_rules_that_contradict_are_refused_naming_each_other(ledger: MemoryLedger, tmp_path: Path) -> None:
    found = refused(ledger, tmp_path, rules({"id": "target-sample"}), "rules.json")
    assert [(column, code) for _, column, code in found] == [("scope", "rule_contradicts")]
    with pytest.raises(BadFileError, match="target-departments"):
        load(ledger, tmp_path, rules({"id": "target-sample"}), "rules.json")
    twice = rules(
        {"id": "a-sample", "from": "2009-01-01", "to": "2009-12-31"}, {"id": "b-sample", "from": "2009-05-01"}
    )
    assert {code for _, _, code in refused(ledger, tmp_path, twice, "rules.json")} == {"rule_contradicts"}


def test_what_a_rule_may_not_say(ledger: MemoryLedger, tmp_path: Path) -> None:
    bad: list[dict[str, Any]] = [
        {"value": {"share": "3/2"}},
        {"value": {"share": "1/2", "part": "1/2"}},
        {"kind": "quota"},
        {"to": "2001-01-01"},
        {"scope": {"units": ["khong-co"]}},
    ]
    text = rules(*(each | {"id": f"sample-{index}", "from": "2008-01-01"} for index, each in enumerate(bad)))
    found = {column: code for _, column, code in refused(ledger, tmp_path, text, "rules.json")}
    assert found == {
        "value/share": "out_of_range",
        "value/part": "unknown_field",
        "kind": "not_allowed",
        "to": "ends_before_it_begins",
        "scope/units": "unknown_unit",
    }


def test_an_imported_rule_moves_the_guard_of_its_kind(ledger: MemoryLedger, tmp_path: Path) -> None:
    load(ledger, tmp_path, rules({"id": "target-2009", "from": "2009-01-01", "to": "2009-12-31"}), "rules.json")
    assert ledger.guard("rules#target").version == 1
    assert ledger.guard("rules#closure").version == 0


def test_an_import_ends_or_annuls_nothing_that_is_needed(ledger: MemoryLedger, tmp_path: Path) -> None:
    """Days without working hours have no due dates. Together with a successor in the same file, the end is accepted."""
    table = TABLES["rules"]
    (hours,) = (table.body(each.thing) for each in ENTRIES if each.id == "working-hours")
    ended = hours | {"to": "2020-12-31"}
    for changed in (hours | {"annulled": True}, ended):
        text = json.dumps({"rules": [changed]}, ensure_ascii=False, indent=1)
        assert [(column, code) for _, column, code in refused(ledger, tmp_path, text, "rules.json")] == [
            ("to", "rule_needed")
        ]
    after = hours | {"id": "hours-2021", "from": "2021-01-01", "replaced": {"id": "working-hours", "to": None}}
    text = json.dumps({"rules": [ended, after]}, ensure_ascii=False, indent=1)
    assert len(load(ledger, tmp_path, text, "rules.json").entries) == 2
    known = ledger.entry(EntryKind.RULE, "hours-2021")
    assert known is not None
    assert table.body(known.thing)["replaced"] == {"id": "working-hours", "to": None}


def test_a_work_list_is_refused_where_its_order_does_not_speak_to_the_department(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    """It is refused like the department's own command: an annulled order, one for others, or a day too early."""
    (entry,) = (each for each in ENTRIES if each.kind is EntryKind.REVIEW and each.thing.code == CODE)
    (row,) = cells("reviews", entry.thing)
    del ledger.now[entry.subject]
    order = ledger.entry(EntryKind.RULE, entry.thing.order)
    assert order is not None
    ledger.now[order.subject] = replace(order, thing=replace(order.thing, annulled=True))
    assert refused(ledger, tmp_path, sheet("reviews", row)) == [(2, "order", "unknown_order")]
    ledger.now[order.subject] = replace(order, thing=replace(order.thing, scope=Scope(frozenset({"snv"}))))
    assert refused(ledger, tmp_path, sheet("reviews", row)) == [(2, "department_id", "review_not_in_scope")]
    ledger.now[order.subject] = order
    assert refused(ledger, tmp_path, sheet("reviews", row | {"entered_on": "2018-01-01"})) == [
        (2, "department_id", "review_not_in_scope")
    ]


def test_a_work_list_names_a_known_order_and_department_and_keeps_its_steps(
    ledger: MemoryLedger, tmp_path: Path
) -> None:
    (entry,) = (each for each in ENTRIES if each.kind is EntryKind.REVIEW and each.thing.code == CODE)
    ledger.now[entry.subject] = entry.next(entry.thing.prepare("officer", date(2020, 5, 8), Preparation(None)))
    (row,) = cells("reviews", entry.thing)
    assert load(ledger, tmp_path, sheet("reviews", row)).unchanged == 1
    load(ledger, tmp_path, sheet("reviews", row | {"evidence": "letter"}))
    kept = ledger.entry(EntryKind.REVIEW, entry.id)
    assert kept is not None
    assert (kept.version, kept.thing.evidence, kept.thing.steps[0].on) == (3, "letter", date(2020, 5, 8))
    ledger.log.clear()
    text = sheet(
        "reviews",
        row | {"order": "target-departments"},
        row | {"department_id": "h288"},
        row | {"code": "9.999999", "name_vi": ""},
        row | {"entered_on": "2020-05-09"},
    )
    assert refused(ledger, tmp_path, text) == [
        (2, "order", "unknown_order"),
        (3, "department_id", "no_department"),
        (4, "code", "unknown_procedure"),
        (5, "entered_on", "entered_after_step"),
    ]


# writing


class Interrupted(MemoryLedger):
    """A ledger whose store answers `left` times and then fails with `then`."""

    left = 2
    then: BaseException = KeyboardInterrupt()

    def amend(self, amendments: Amendments) -> None:
        if self.left == 0:
            raise self.then
        self.left -= 1
        super().amend(amendments)


def samples(count: int) -> str:
    return sheet("units", *(UNIT | {"id": f"mau-{index}"} for index in range(count)))


def test_what_a_crash_leaves_undone_is_done_by_running_it_again(tmp_path: Path) -> None:
    ledger = Interrupted.of(ENTRIES)
    with pytest.raises(KeyboardInterrupt):
        load(ledger, tmp_path, samples(120))
    assert len(ledger.log) == 98
    ledger.left = 10
    plan = load(ledger, tmp_path, samples(120))
    assert (len(plan.new), plan.unchanged) == (22, 98)
    assert {each.entry.version for each in ledger.log} == {1}


def test_somebody_elses_change_meanwhile_is_said(ledger: MemoryLedger) -> None:
    unit = ENTRIES[0]
    with pytest.raises(LocalRunError, match="0 entries are written; run this again"):
        write([replace(unit, version=3)], ledger, stamp(), WHY)
    with pytest.raises(LocalRunError, match="run this again"):
        write([new_entry(unit.kind, unit.id, unit.thing)], ledger, stamp(), WHY)


def test_a_busy_store_is_asked_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    waits: list[float] = []
    monkeypatch.setattr("infra.registry.writing.time.sleep", waits.append)
    ledger = Interrupted.of(ENTRIES)
    ledger.left, ledger.then = 1, StoreBusyError()
    with pytest.raises(LocalRunError, match="busy"):
        load(ledger, tmp_path, samples(60))
    assert len(ledger.log) == 49
    assert waits == sorted(waits)
    assert len(waits) == 6


def test_a_check_writes_nothing(ledger: MemoryLedger, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(samples(3), encoding="utf-8")
    assert len(import_file(file, ledger, "import:mau", "", only_check=True).new) == 3
    assert ledger.log == []


def test_the_words_of_faults_stand_in_one_place_only() -> None:
    assert WORDS.keys().isdisjoint(PROBLEMS)


# the two commands


def test_the_commands_say_what_they_did_and_leave_with_its_code(
    ledger: MemoryLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (importing, exporting):
        monkeypatch.setattr(command, "chosen", lambda aws: aws)
        monkeypatch.setattr(command, "ledger_of", lambda _: ledger)
    file = tmp_path / "units.csv"
    file.write_text(samples(3), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["import", str(file), "--reason", WHY])
    assert importing.main() == 0
    assert "mới (new) 3, đổi (changed) 0, như cũ (as before) 0" in capsys.readouterr().out
    assert {each.stamp.actor.partition(":")[0] for each in ledger.log} == {"import"}
    monkeypatch.setattr("sys.argv", ["export", "units", "--format", "jsonl", "--file", str(tmp_path / "out/u.jsonl")])
    assert exporting.main() == 0
    assert (tmp_path / "out/u.jsonl").read_text(encoding="utf-8").count("\n") == len(ledger.entries(EntryKind.UNIT))
    file.write_text(sheet("units", UNIT | {"kind": "phong"}), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["import", str(file), "--reason", WHY])
    assert importing.main() == 1
    assert "dòng (line) 2, cột (column) kind: Giá trị phải là" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["import", str(file)])
    with pytest.raises(LocalRunError, match="reason"):
        importing.main()
    monkeypatch.setattr("sys.argv", ["export", "rules", "--format", "csv"])
    with pytest.raises(LocalRunError, match="no form csv"):
        exporting.main()
