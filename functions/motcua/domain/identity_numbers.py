"""The numbers of people: identity numbers, tax codes, phones (`domain.md` section 7 of the design; public formats)."""

import re
import unicodedata

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def is_identity_number(text: str) -> bool:
    """Whether `text` is a CCCD of 12 digits or a CMND of 9 digits; neither has a check digit."""
    return re.fullmatch(r"[0-9]{9}|[0-9]{12}", text) is not None


def is_tax_code(text: str) -> bool:
    """Whether `text` is a tax code: ten digits, the last a check digit (weights 31 … 3, modulo 11).

    A branch adds a hyphen and three digits.
    """
    match = re.fullmatch(r"([0-9]{9})([0-9])(-[0-9]{3})?", text)
    if match is None:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, match[1], strict=True))
    return (10 - total % 11) == int(match[2])


def mobile_phone(text: str) -> str | None:
    """Return the phone as `0` and nine digits, `+84` turned into `0`; None when it is no Vietnamese mobile number."""
    digits = re.sub(r"[ .\-]", "", text)
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    return digits if re.fullmatch(r"0[35789][0-9]{8}", digits) else None


def name(text: str) -> str:
    """Return a name as it is stored: in NFC, with one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Fillers of Hangul: letters to Unicode, and nothing to the eye."""


def has_letter(text: str) -> bool:
    """Whether anybody can be called so: a letter of any script that can be seen."""
    return any(unicodedata.category(each)[0] == "L" and each not in _BLANK_LETTERS for each in text)
