"""Search without marks and case: what people type finds the published names."""

import random
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.registry.unit import Level
from motcua.domain.search.folding import fold, rank, words
from motcua.usecases.registry.find_procedures import ProcedureFilter, concerns, find_procedures
from tests.kit.shipped import PROCEDURES, UNITS

NAMED = sorted((each.name_vi, code) for code, each in PROCEDURES.items())
BIRTH = "Đăng ký khai sinh"
Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")


def _found(text: str) -> list[str]:
    return [each.procedure.name_vi for each in find_procedures(list(PROCEDURES.values()), ProcedureFilter(text))]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(fold(text)) == words(text)


@given(st.sampled_from(NAMED), st.sampled_from(FORMS), st.randoms())
def test_marks_and_case_never_matter(named: tuple[str, str], form: Form, chance: random.Random) -> None:
    name, code = named
    other = "".join(chance.choice((letter.upper(), letter.lower())) for letter in name)
    other = unicodedata.normalize(form, other)
    assert fold(other) == fold(name)
    assert rank(words(other), name, code) == rank(words(fold(name)), name, code) == 0


@given(st.sampled_from(NAMED), st.data())
def test_any_words_of_a_name_find_it_in_any_order(named: tuple[str, str], data: st.DataObject) -> None:
    name, code = named
    some = data.draw(st.lists(st.sampled_from(words(name)), min_size=1, max_size=5))
    assert rank(tuple(some), name, code) is not None
    began = tuple(word[: data.draw(st.integers(1, len(word)))] for word in some)
    assert rank(began, name, code) is not None, "words may be typed in part"


@given(st.sampled_from(NAMED), st.sampled_from(NAMED))
def test_a_word_that_begins_none_of_a_names_words_finds_nothing(one: tuple[str, str], other: tuple[str, str]) -> None:
    name, code = one
    strange = [word for word in words(other[0]) if not any(each.startswith(word) for each in (*words(name), code))]
    for word in strange:
        assert rank((*words(name)[:2], word), name, code) is None


@pytest.mark.parametrize(
    "typed", ["dang ky khai sinh", "ĐĂNG KÝ KHAI SINH", "Đăng ký khai sinh", " dang  ky, khai-sinh "]
)
def test_people_find_birth_registration_however_they_type(typed: str) -> None:
    assert _found(typed)[0] == "Thủ tục đăng ký khai sinh"
    assert _found(typed) == _found(BIRTH)


def test_the_whole_phrase_comes_before_its_words() -> None:
    found = _found(BIRTH)
    together = [fold(BIRTH) in fold(name) for name in found]
    assert together == sorted(together, reverse=True)
    assert False in together  # "Đăng ký lại khai sinh"


def test_a_code_is_found_whole_and_in_part() -> None:
    assert _found("2.001610") == [PROCEDURES["2.001610"].name_vi]
    assert PROCEDURES["2.001610"].name_vi in _found("2.0016")
    assert _found("001610") == []


@pytest.mark.parametrize("typed", ["?!", "…", "đăng ký khai sinh xyz"])
def test_what_stands_nowhere_finds_nothing(typed: str) -> None:
    assert _found(typed) == []


def test_nothing_asked_for_is_everything_by_name() -> None:
    found = find_procedures(list(PROCEDURES.values()), ProcedureFilter())
    assert len(found) == len(PROCEDURES)
    names = [" ".join(words(each.procedure.name_vi))[:150] for each in found]
    assert names == sorted(names)


def test_a_field_is_named_without_regard_to_marks_and_case() -> None:
    found = find_procedures(list(PROCEDURES.values()), ProcedureFilter(field_vi="ho tich"))
    assert {each.procedure.field_vi for each in found} == {"Hộ tịch"}
    assert len(found) == 34


def test_a_level_and_a_department_narrow_the_list() -> None:
    procedures = list(PROCEDURES.values())
    assert all(
        Level.COMMUNE in each.procedure.levels
        for each in find_procedures(procedures, ProcedureFilter(level=Level.COMMUNE))
    )
    of_department = find_procedures(procedures, ProcedureFilter(unit=UNITS["skhdt"]))
    assert {each.procedure.agency_id for each in of_department} == {"skhdt"}


def test_a_one_stop_unit_is_asked_for_what_it_receives() -> None:
    business, land = PROCEDURES["2.001610"], next(each for each in PROCEDURES.values() if each.counts_in_department)
    assert concerns(business, UNITS["mc-tinh"])
    assert not concerns(business, UNITS["mc-h288"])
    assert concerns(land, UNITS[land.agency_id])
    assert not concerns(land, UNITS["h288"]), "it counts in its department at every level"
