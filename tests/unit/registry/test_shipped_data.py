"""The files in data/ are consistent: every id in a row exists, and the README's statements are true."""

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "data"
CSV_FILES = (
    *("units.csv", "procedures.csv", "reviews.csv", "holidays.csv"),
    *("carriers.csv", "carrier_status.csv", "post_provinces.csv"),
)
PARCEL_STATES = {
    "registered", "ready", "ordered", "collected", "in_transit", "out_for_delivery", "delivered",
    "attempt_failed", "returning", "returned", "lost", "damaged", "cancelled",
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {row["id"]: row for row in rows("units.csv")}
PROCEDURES = rows("procedures.csv")


@pytest.mark.parametrize("name", [*CSV_FILES, "rules.json", "README.md"])
def test_files_are_nfc_with_plain_line_ends(name: str) -> None:
    text = (DATA / name).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "\ufeff" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", CSV_FILES)
def test_no_value_has_stray_blanks_and_no_row_is_short(name: str) -> None:
    for row in rows(name):
        assert None not in row
        assert None not in row.values()
        assert all(value == value.strip() for value in row.values())


@pytest.mark.parametrize("name", CSV_FILES)
def test_the_readme_counts_the_rows_right(name: str) -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    match = re.search(rf"\| `{name}` \| (\d+) \|", readme)
    assert match
    assert int(match[1]) == len(rows(name))


def test_unit_ids_are_unique_ascii_names() -> None:
    assert len(UNITS) == len(rows("units.csv"))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", unit) for unit in UNITS)


def test_the_province_has_its_units_of_april_2020() -> None:
    assert Counter(row["kind"] for row in UNITS.values()) == {
        "province": 1, "department": 19, "department_unit": 1, "district": 12, "commune": 235, "one_stop": 248,
        "vertical": 3,
    }  # fmt: skip


def test_every_unit_hangs_under_a_unit_of_the_right_kind() -> None:
    parents = {
        "department": {"province"}, "district": {"province"}, "department_unit": {"department"},
        "commune": {"district"}, "one_stop": {"department", "district", "commune"},
    }  # fmt: skip
    for row in UNITS.values():
        if row["kind"] in ("province", "vertical"):
            assert row["parent_id"] == ""
        else:
            assert UNITS[row["parent_id"]]["kind"] in parents[row["kind"]]


def test_every_committee_has_exactly_its_own_one_stop_unit_with_the_same_identifier() -> None:
    for unit, row in UNITS.items():
        if row["kind"] in {"district", "commune"}:
            counter = UNITS[f"mc-{unit}"]
            assert (counter["serves"], counter["parent_id"]) == (unit, unit)
            assert counter["identifier"] == row["identifier"]
            assert counter["name_vi"] == f"Bộ phận Một cửa {row['name_vi']}"


def test_the_provincial_centre_serves_every_department() -> None:
    departments = [unit for unit, row in UNITS.items() if row["kind"] == "department"]
    assert sorted(UNITS["mc-tinh"]["serves"].split("|")) == departments
    assert all(row["serves"] == "" for row in UNITS.values() if row["kind"] != "one_stop")


def test_gso_codes_name_districts_and_communes_once() -> None:
    for kind, prefix, length in (("district", "h", 3), ("commune", "x", 5)):
        for unit, row in UNITS.items():
            if row["kind"] == kind:
                assert unit == prefix + row["gso_code"]
                assert len(row["gso_code"]) == length
    codes = [row["gso_code"] for row in UNITS.values() if row["gso_code"]]
    assert len(codes) == len(set(codes)) == 248


def test_every_identifier_is_called_a_sample_and_number_prefixes_do_not_collide() -> None:
    for row in UNITS.values():
        assert row["identifier_is_sample"] == ("yes" if row["identifier"] else "no")
        assert re.fullmatch(r"000(\.\d{2}){2}\.H23|", row["identifier"])
    agencies = [row["identifier"] for row in UNITS.values() if row["kind"] != "one_stop" and row["identifier"]]
    assert len(agencies) == len(set(agencies))


def test_unit_dates_are_dates_in_order() -> None:
    for row in UNITS.values():
        first = date.fromisoformat(row["valid_from"])
        assert not row["valid_to"] or first < date.fromisoformat(row["valid_to"])


def test_every_procedure_finds_its_processing_agency_at_every_level() -> None:
    for row in PROCEDURES:
        levels = row["levels"].split("|")
        assert levels
        assert set(levels) <= {"tinh", "huyen", "xa"}
        if "tinh" in levels:
            assert UNITS[row["agency_id"]]["kind"] == "department"
            assert UNITS[row["agency_id"]]["name_vi"] in row["owner_vi"]
        else:
            assert row["agency_id"] == ""
            assert row["counts_in_department"] == "no"


def test_sub_units_count_in_their_department_at_every_level() -> None:
    sub_units = {row["owner_vi"]: row["agency_id"] for row in PROCEDURES if row["counts_in_department"] == "yes"}
    assert set(sub_units.values()) == {"stn-mt", "sldtbxh"}
    assert all(owner.startswith(("Văn phòng Đăng ký đất đai", "Trung tâm Dịch vụ việc làm")) for owner in sub_units)


def test_procedure_codes_are_unique_and_values_have_their_form() -> None:
    codes = [row["code"] for row in PROCEDURES]
    assert len(codes) == len(set(codes)) == 291
    for row in PROCEDURES:
        assert re.fullmatch(r"\d\.\d{6}", row["code"])
        assert row["name_vi"]
        assert bool(row["limit_count"]) == bool(row["limit_unit"])
        assert row["limit_unit"] in {"", "working_day", "calendar_day", "hour"}
        assert not row["limit_count"] or Decimal(row["limit_count"]) >= 0
        assert re.fullmatch(r"\d*", row["fee_vnd"])
        assert {row["post_in"], row["post_out"]} <= {"yes", "no", ""}
        assert all(part.strip() == part and part for part in row["components"].split("|") if row["components"])


def test_codes_unknown_in_2020_are_unpublished() -> None:
    assert Counter(row["published_on"] for row in PROCEDURES) == {"2020-01-01": 252, "": 39}
    half_day = next(row for row in PROCEDURES if row["code"] == "2.002481")
    assert (half_day["limit_count"], half_day["published_on"]) == ("2.5", "")


def test_the_calendar_gives_the_known_due_dates() -> None:
    """15 working days after Thu 23 April 2020 = Mon 18 May; 5 after Tue 28 April = Thu 7 May."""
    days = {date.fromisoformat(row["date"]): row["kind"] for row in rows("holidays.csv")}
    assert len(days) == len(rows("holidays.csv"))
    assert set(days.values()) == {"day_off", "makeup_workday"}
    assert {day.year for day in days} == set(range(2019, 2028))

    def after(day: date, count: int) -> date:
        while count:
            day = date.fromordinal(day.toordinal() + 1)
            kind = days.get(day)
            count -= kind == "makeup_workday" or (kind is None and day.weekday() < 5)
        return day

    assert after(date(2020, 4, 23), 15) == date(2020, 5, 18)
    assert after(date(2020, 4, 28), 5) == date(2020, 5, 7)


def test_make_up_working_days_fall_on_weekends() -> None:
    for row in rows("holidays.csv"):
        if row["kind"] == "makeup_workday":
            assert date.fromisoformat(row["date"]).weekday() >= 5


def test_carrier_codes_are_keyed_by_system_and_code() -> None:
    statuses = rows("carrier_status.csv")
    keys = [(row["carrier_system"], row["code"]) for row in statuses]
    assert len(keys) == len(set(keys))
    assert {row["our_state"] for row in statuses} <= PARCEL_STATES | {""}
    assert all(row["evidence"] == "sample" for row in statuses if row["carrier_system"] == "simulator")
