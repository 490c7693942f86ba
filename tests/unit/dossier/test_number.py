"""The number of a dossier: its format, its growth past 9999, and the spellings that a look-up accepts."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.dossier.number import GivenNumber, Series, check_number
from motcua.domain.errors import InvalidError
from tests.kit.examples import examples

SERIES = Series("000.00.04.H23", date(2020, 4, 23))


@pytest.mark.parametrize(
    ("counter", "number"),
    [
        (1, "000.00.04.H23-200423-0001"),
        (9999, "000.00.04.H23-200423-9999"),
        (10000, "000.00.04.H23-200423-10000"),
        (123456, "000.00.04.H23-200423-123456"),
    ],
)
def test_four_digits_that_grow_when_a_day_has_more(counter: int, number: str) -> None:
    assert SERIES.number(counter) == number


@examples(200)
@given(
    prefix=st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.H[0-9]{2}", fullmatch=True),
    day=st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    counters=st.lists(st.integers(1, 10**6), min_size=2, max_size=2, unique=True),
)
def test_every_number_can_be_looked_up_and_no_two_are_alike(prefix: str, day: date, counters: list[int]) -> None:
    numbers = [Series(prefix, day).number(counter) for counter in counters]
    assert [check_number(number) for number in numbers] == numbers
    assert len(set(numbers)) == 2
    parts = re.fullmatch(r"(.+)-(\d{6})-(\d{4,})", numbers[0])
    assert parts
    assert (parts[1], int(parts[3])) == (prefix, counters[0])
    assert parts[2] == f"{day.year % 100:02d}{day.month:02d}{day.day:02d}"


def test_the_newer_national_shape_is_accepted_on_look_up() -> None:
    assert check_number("G09.20-20260609-0092637") == "G09.20-20260609-0092637"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000.00.04.H23-200423-001",
        "000.00.04.H23-200423-0001 ",
        "000.00.04.H23-200423-0001\n",
        "000.00.04.H23-20200423-0001",
        "000.00.04.h23-200423-0001",
        "000.00.04.H23-200423-٠٠٠١",
        "00.00.04.H23-200423-0001",
        "G09.20-20260609-009263",
        "x000.00.04.H23-200423-0001",
    ],
)
def test_any_other_shape_is_refused_pointing_at_the_field(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        check_number(text)
    assert (refused.value.code, refused.value.faults[0].pointer) == ("malformed_number", "/number")


@pytest.mark.parametrize("is_sample", [True, False])
def test_a_number_says_whether_its_agency_identifier_is_a_sample(is_sample: bool) -> None:
    given_number = Series("000.00.04.H23", date(2020, 4, 23), is_sample).given(7)
    assert given_number == GivenNumber("000.00.04.H23-200423-0007", is_sample)
