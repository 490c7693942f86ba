"""A report's month: its format, its days and its closing moment; and one agency's line."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.errors import InvalidError
from motcua.domain.local_time import LOCAL
from motcua.domain.reports.target import Share
from motcua.domain.reports.target_report import Beside, Period, line, year_first
from motcua.domain.rules.values import Closing
from tests.kit.examples import examples
from tests.kit.shipped import CALENDAR, RULES, UNITS


@pytest.mark.parametrize(
    ("period", "closes"),
    [
        ("2020-04", "2020-05-06 18:00"),
        ("2020-05", "2020-06-03 18:00"),
        ("2020-12", "2021-01-06 18:00"),
    ],
)
def test_a_month_closes_at_18_00_of_the_third_working_day_of_the_next(period: str, closes: str) -> None:
    month = Period.parse(period)
    closing = month.closes_at(RULES.known(Closing, month.last).value, CALENDAR)
    assert closing == datetime.fromisoformat(closes).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020",
        "2020-13",
        "2020-00",
        "2020-5",
        "202005",
        "2020-05-01",
        " 2020-05",
        "2020-05\n",
        "20-05",
        "2020-０５",
        "9999-12",
        "0000-01",
        "x-y",
    ],
)
def test_a_period_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        Period.parse(text)
    assert (refused.value.code, refused.value.faults[0].pointer) == ("malformed_period", "/period")


@examples(200)
@given(day=st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_every_day_lies_in_exactly_the_month_that_its_date_names(day: date) -> None:
    month = Period.parse(f"{day:%Y-%m}")
    assert str(month) == f"{day:%Y-%m}"
    assert month.first <= day <= month.last
    assert month.first.day == 1
    assert month.following.first == month.last + timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (datetime(2020, 4, 30, 16, 59, tzinfo=UTC), "2020-03"),
        (datetime(2020, 4, 30, 17, 0, tzinfo=UTC), "2020-04"),
        (datetime(2021, 1, 1, 0, 30, tzinfo=LOCAL), "2020-12"),
    ],
)
def test_the_month_that_ended_is_told_by_local_time(moment: datetime, period: str) -> None:
    assert str(Period.before(moment)) == period


def test_the_year_so_far_begins_on_1_january() -> None:
    assert year_first(Period(2020, 5)) == date(2020, 1, 1)


def test_a_departments_line_is_judged_by_the_year_not_by_the_month() -> None:
    agency = UNITS["skhdt"]
    drawn = line(agency, Share(5, 5), Share(3, 10), Beside(), RULES.target(agency, date(2020, 5, 31)), None)
    assert (drawn.reached, drawn.missing, drawn.target) == (False, 4, Fraction(1, 2))
    assert "1313/UBND-VP" in drawn.rule


def test_a_communes_line_is_shown_without_a_judgement() -> None:
    drawn = line(UNITS["x10507"], Share(0, 5), Share(0, 5), Beside(), None, None)
    assert (drawn.target, drawn.reached, drawn.missing, drawn.rule) == (None, None, None, "")
