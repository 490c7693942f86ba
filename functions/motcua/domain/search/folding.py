"""Search as people type: "dang ky khai sinh" finds "Đăng ký khai sinh". Marks and case never matter."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")
"""Matches a word; a code such as 1.001612 is one word."""

REMEMBERED = 20_000
"""The number of texts whose words are cached: more than the procedures of the whole country."""


def fold(text: str) -> str:
    """Return `text` without marks and case; đ becomes d."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("đ", "d")


def folded(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`. It is not cached, because it may be a person's name."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`."""
    return folded(text)


def rank(wanted: tuple[str, ...], name: str, code: str) -> int | None:
    """Return how well a name and code match the folded words `wanted`: the lower, the better.

    0: they are the code or the whole name. 1: they stand together in the name. 2: each begins some word of the name or
    code. None: no match.
    """
    if not wanted:
        return 2
    named, coded = words(name), words(code)
    if wanted in (named, coded):
        return 0
    if f" {' '.join(wanted)}" in f" {' '.join(named)}":
        return 1
    found = all(any(word.startswith(each) for word in (*named, *coded)) for each in wanted)
    return 2 if found else None
