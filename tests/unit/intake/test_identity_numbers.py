"""Identity numbers, tax codes, phones and names: the public formats are accepted, near misses are not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.identity_numbers import is_identity_number, is_tax_code, mobile_phone, name
from tests.kit.examples import examples

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("030099000001", True),
        ("141234567", True),
        ("0300990000", False),
        ("03009900000", False),
        ("0300990000012", False),
        ("03009900000a", False),
        ("٠٣٠٠٩٩٠٠٠٠٠١", False),
        ("030099000001\n", False),
        (" 030099000001", False),
        ("", False),
    ],
)
def test_an_identity_number_has_12_digits_or_9(text: str, right: bool) -> None:
    assert is_identity_number(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("0100109106", True),
        ("0100109106-001", True),
        ("0100109107", False),
        ("0100109106-01", False),
        ("0100109106001", False),
        ("0100109106-", False),
        ("010010910", False),
        ("", False),
    ],
)
def test_a_tax_code_ends_in_its_check_digit_and_a_branch_adds_three(text: str, right: bool) -> None:
    assert is_tax_code(text) is right


@examples(200)
@given(body=DIGITS)
def test_at_most_one_check_digit_fits_and_it_is_the_published_sum(body: str) -> None:
    fitting = [digit for digit in range(10) if is_tax_code(f"{body}{digit}")]
    total = sum(w * int(d) for w, d in zip((31, 29, 23, 19, 17, 13, 7, 5, 3), body, strict=True))
    assert fitting == [10 - total % 11] * (total % 11 != 0)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0912345678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("091.234.5678", "0912345678"),
        ("091-234-5678", "0912345678"),
        ("0212345678", None),
        ("0612345678", None),
        ("091234567", None),
        ("09123456789", None),
        ("84912345678", None),
        ("+840912345678", None),
        ("091234567x", None),
        ("", None),
    ],
)
def test_a_mobile_number_is_0_and_nine_digits_after_03_05_07_08_09(text: str, phone: str | None) -> None:
    assert mobile_phone(text) == phone


def test_a_name_is_kept_in_nfc_with_one_space_between_words() -> None:
    decomposed = unicodedata.normalize("NFD", "  Nguyễn   Văn\tMẫu ")
    assert name(decomposed) == "Nguyễn Văn Mẫu"
    assert unicodedata.is_normalized("NFC", name(decomposed))
