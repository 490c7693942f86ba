"""The search keys of persons: which ones a dossier has, and which values may be searched where."""

from dataclasses import replace

import pytest

from motcua.domain.dossier.persons import Person, PersonKind, Persons
from motcua.domain.errors import InvalidError
from motcua.domain.search.person_keys import KeyKind, PersonKey, Search, SearchBy, key_of, keys_of, normalised, scopes
from tests.kit.fakes import OWNER
from tests.kit.shipped import UNITS

BUSINESS = Person(PersonKind.BUSINESS, "Công ty TNHH Giấy Mẫu", "0100109106-001", "0398765432")


def _keys(owner: Person, submitter: Person | None = None, recipient: Person | None = None) -> set[tuple[str, str]]:
    return {(key.kind.value, key.value) for key in keys_of(Persons(owner, submitter, recipient))}


def test_a_citizen_is_found_by_number_end_of_phone_whole_name_and_its_last_two_words() -> None:
    assert _keys(OWNER) == {
        ("number", "030099000001"),
        ("phone_end", "5678"),
        ("name", "nguyen van mau"),
        ("name", "van mau"),
    }


def test_a_business_is_found_by_its_tax_code_and_name() -> None:
    assert {("number", "0100109106-001"), ("name", "cong ty tnhh giay mau"), ("name", "giay mau")} <= _keys(BUSINESS)


def test_each_of_the_three_persons_is_found() -> None:
    third = replace(OWNER, number="030099000002", name="Trần Thị Thử", phone="")
    found = _keys(OWNER, BUSINESS, third)
    assert {value for kind, value in found if kind == "number"} == {"030099000001", "0100109106-001", "030099000002"}
    assert {value for kind, value in found if kind == "phone_end"} == {"5678", "5432"}


def test_a_name_of_one_word_or_of_signs_has_what_keys_it_can() -> None:
    assert ("name", "mau") in _keys(replace(OWNER, name="Mẫu"))
    assert not [kind for kind, _ in _keys(replace(OWNER, name="…")) if kind == "name"]


@pytest.mark.parametrize(
    ("by", "value", "key"),
    [
        ("identity_number", "030099000001", PersonKey(KeyKind.NUMBER, "030099000001")),
        ("identity_number", "141234567", PersonKey(KeyKind.NUMBER, "141234567")),
        ("tax_code", "0100109106-001", PersonKey(KeyKind.NUMBER, "0100109106-001")),
        ("phone_end", "5678", PersonKey(KeyKind.PHONE_END, "5678")),
        ("name", "  NGUYỄN   Văn  mẫu ", PersonKey(KeyKind.NAME, "nguyen van mau")),
        ("name", "Đỗ Đức", PersonKey(KeyKind.NAME, "do duc")),
        ("dossier_number", "000.00.04.h23-200423-0001", None),
        ("parcel", "5qf2k8zj7m4t9xwa-01", None),
    ],
)
def test_what_is_looked_for_is_brought_to_the_shape_in_which_it_is_kept(
    by: str, value: str, key: PersonKey | None
) -> None:
    assert key_of(normalised(Search(SearchBy(by), value))) == key


@pytest.mark.parametrize(
    ("by", "value", "after"),
    [
        ("dossier_number", "g09.20-20260609-0092637", "G09.20-20260609-0092637"),
        ("parcel", "5qf2k8zj7m4t9xwa-01", "5QF2K8ZJ7M4T9XWA-1"),
    ],
)
def test_numbers_are_found_as_people_type_them(by: str, value: str, after: str) -> None:
    assert normalised(Search(SearchBy(by), value)).value == after


@pytest.mark.parametrize(
    ("by", "value", "code"),
    [
        ("dossier_number", "0001", "malformed_number"),
        ("parcel", "5QF2K8ZJ7M4T9XWA", "malformed_parcel"),
        ("parcel", "5QF2K8ZJ7M4T9XWA-٣", "malformed_parcel"),
        ("parcel", "5QF2K8ZJ7M4T9XWA-1234", "malformed_parcel"),
        ("identity_number", "03009900000", "malformed_identity_number"),
        ("identity_number", "0300990000٠1", "malformed_identity_number"),
        ("tax_code", "0100109107", "malformed_tax_code"),
        ("phone_end", "567", "malformed_phone_end"),
        ("phone_end", "0912345678", "malformed_phone_end"),
        ("phone_end", "٥٦٧٨", "malformed_phone_end"),
        ("name", "Mẫu", "name_too_short"),
        ("name", "… …", "name_too_short"),
        ("name", "a " * 101, "name_too_short"),
    ],
)
def test_another_shape_is_refused_at_the_value(by: str, value: str, code: str) -> None:
    with pytest.raises(InvalidError) as refused:
        normalised(Search(SearchBy(by), value))
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [(code, "/value")]


def test_neither_search_nor_key_says_what_it_holds() -> None:
    assert repr(Search(SearchBy.NAME, "nguyen van mau")) == "Search(by='name')"
    assert repr(PersonKey(KeyKind.NUMBER, "030099000001")) == "PersonKey(kind='number')"


def test_a_unit_also_looks_where_those_were_indexed_whose_work_it_has_taken_over() -> None:
    first, second = (replace(UNITS["x10507"], id=name, successor_ids=()) for name in ("first", "second"))
    first, heir = replace(first, successor_ids=("second",)), replace(first, id="heir")
    second = replace(second, successor_ids=("heir", "other"))
    units = {unit.id: unit for unit in (first, second, heir, replace(first, id="stranger", successor_ids=("other",)))}
    assert scopes("heir", units) == ["heir", "second", "first"]
    assert scopes("first", units) == ["first"]


def test_units_that_name_each_other_are_looked_at_once() -> None:
    one, two = (
        replace(UNITS["x10507"], id=name, successor_ids=(other,)) for name, other in (("one", "two"), ("two", "one"))
    )
    assert scopes("one", {"one": one, "two": two}) == ["one", "two"]
