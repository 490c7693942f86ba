"""The version of a procedure on each day agrees with a naive list, kept day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.registry.procedure import Decision, ProcedureVersions
from tests.kit.shipped import PROCEDURES, VERSIONS

CONTENT = PROCEDURES["2.001610"]
FIRST = date(2020, 4, 1)
DECISION = Decision("12/QĐ-UBND (mẫu)", FIRST, "https://example.org/12")

ACTS = st.lists(st.tuples(st.sampled_from(["draft", "publish", "withdraw"]), st.integers(0, 3)), max_size=12)
"""Acts on a procedure, each with its days after the act before."""


def _lived(acts: list[tuple[str, int]]) -> tuple[ProcedureVersions, list[tuple[date, int | None]]]:
    """Return the versions after these acts, and the naive list: from which day which number is received, or None."""
    known, day, told = ProcedureVersions(CONTENT.code, ()).with_draft(CONTENT), FIRST, list[tuple[date, int | None]]()
    for act, later in acts:
        day += timedelta(days=later)
        if act == "draft":
            known = known.with_draft(CONTENT)
        elif act == "publish" and known.draft is not None:
            told.append((day, known.latest.version))
            known = known.with_published_draft(day, DECISION)
        elif act == "withdraw" and any(each.published for each in known.versions):
            told.append((day, None))
            known = known.withdrawn(day)
    return known, told


def _naive(told: list[tuple[date, int | None]], day: date) -> int | None:
    return [number for since, number in [(date.min, None), *told] if since <= day][-1]


@given(ACTS)
def test_a_look_up_of_any_day_agrees_with_a_naive_list(acts: list[tuple[str, int]]) -> None:
    known, told = _lived(acts)
    for offset in range(-1, 40):
        day = FIRST + timedelta(days=offset)
        version = known.in_force(day)
        assert (version.version if version else None) == _naive(told, day)


@given(ACTS)
def test_the_spans_tell_the_same_as_the_look_up(acts: list[tuple[str, int]]) -> None:
    known, _ = _lived(acts)
    spans = known.spans()
    for offset in range(-1, 40):
        day = FIRST + timedelta(days=offset)
        within = [each for each, first, last in spans if first <= day and (last is None or day <= last)]
        assert within == [each for each in [known.in_force(day)] if each is not None]


@given(ACTS)
def test_numbers_are_given_once_and_never_change_what_they_name(acts: list[tuple[str, int]]) -> None:
    known, _ = _lived(acts)
    assert [each.version for each in known.versions] == list(range(1, len(known.versions) + 1))
    assert sum(not each.published for each in known.versions) <= 1
    later = known.with_draft(CONTENT)
    for each in known.versions:
        if each.published:
            assert later.version(each.version) == each


def test_a_draft_takes_the_place_of_the_former_one() -> None:
    known = VERSIONS["2.001610"].with_draft(CONTENT).with_draft(CONTENT)
    assert [each.version for each in known.versions] == [1, 2]
    assert known.draft == known.version(2)


def test_the_version_before_stays_in_force_until_the_draft_is_published() -> None:
    known = VERSIONS["2.001610"].with_draft(CONTENT)
    assert known.in_force(date(2020, 5, 1)) == known.version(1)
    published = known.with_published_draft(date(2020, 5, 4), DECISION)
    assert published.in_force(date(2020, 5, 3)) == known.version(1)
    after = published.in_force(date(2020, 5, 4))
    assert after is not None
    assert (after.version, after.decision, after.values_are_sample) == (2, DECISION, False)


def test_values_that_no_decision_announced_are_a_sample() -> None:
    assert all(each.values_are_sample for each in PROCEDURES.values())


def test_what_was_withdrawn_stays_so_from_the_first_day() -> None:
    known = VERSIONS["2.001610"].withdrawn(date(2020, 5, 4)).withdrawn(date(2020, 6, 1))
    assert known.in_force(date(2020, 5, 3)) is not None
    assert known.in_force(date(2020, 5, 4)) is None


def test_a_version_that_is_not_there_is_not_guessed() -> None:
    with pytest.raises(LookupError, match=r"2\.001610 has no version 9"):
        VERSIONS["2.001610"].version(9)
