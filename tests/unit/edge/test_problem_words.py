"""The texts of a problem: in both languages, with the same meaning, and with no parameters but the declared ones."""

import re
import unicodedata
from string import Formatter

from motcua.domain.errors import Fault
from motcua.problems import PROBLEMS, words

VIETNAMESE = re.compile("[À-ỹ]")
TEXTS = {(code, text) for code, problem in PROBLEMS.items() for text in (problem.vi, problem.en)}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _same_fields(text: str) -> set[str]:
    """Return the parameters of a text. A status is named in the language of its text."""
    return {re.sub("_(vi|en)$", "", name) for name in _fields(text)}


def test_a_problem_has_a_code_and_a_status() -> None:
    assert [code for code in PROBLEMS if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", code)] == []
    assert [code for code, problem in PROBLEMS.items() if not 400 <= problem.status <= 503] == []


def test_only_the_two_that_are_ours_to_mend_are_5xx() -> None:
    assert {code: problem.status for code, problem in PROBLEMS.items() if problem.status >= 500} == {
        "internal": 500,
        "busy": 503,
    }


def test_a_text_is_a_sentence_as_it_will_be_sent() -> None:
    assert [code for code, text in TEXTS if not text.endswith(".") or text != text.strip()] == []
    assert [code for code, text in TEXTS if not unicodedata.is_normalized("NFC", text)] == []


def test_each_text_is_in_its_language() -> None:
    assert [code for code, problem in PROBLEMS.items() if not VIETNAMESE.search(problem.vi)] == []
    assert [code for code, problem in PROBLEMS.items() if VIETNAMESE.search(problem.en)] == []
    assert [code for code, problem in PROBLEMS.items() if not re.fullmatch("[\x20-\x7e–“”]+", problem.en)] == []


def test_a_problem_says_the_same_in_both_languages() -> None:
    differing = [code for code, problem in PROBLEMS.items() if _same_fields(problem.vi) != _same_fields(problem.en)]
    assert differing == []


def test_a_text_formats_with_the_parameters_it_names() -> None:
    for code, problem in PROBLEMS.items():
        given = {name: f"«{name}»" for name in _fields(problem.vi) | _fields(problem.en)}
        vi, en = words(Fault(code, "", given))
        assert "{" not in vi + en, code
        assert {name for name, said in given.items() if said not in vi + en} == set(), code
        assert vi != en, code


def test_a_result_stored_before_its_problem_had_terms_is_still_readable() -> None:
    vi, en = words(Fault("dossier_full", "", {"most": "50", "what_vi": "lần chờ", "what_en": "waits"}))
    assert "50 lần chờ" in vi
    assert "50 waits" in en
