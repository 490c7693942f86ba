"""What is answered reads as pydantic's own serializer would write it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from pydantic import Field

from infra.contracts.examples import views
from motcua.contracts.days import Day
from motcua.contracts.model import Inward, Outward, as_json
from motcua.contracts.rules.rule import RuleView
from motcua.domain.local_time import LOCAL
from tests.kit.shipped import RULES


class Way(StrEnum):
    POST = "post"


class Part(Inward):
    last: Day | None = Field(alias="to")


class Whole(Outward):
    first: date = Field(serialization_alias="from")
    name: str
    way: Way
    at: list[datetime]
    opens: time
    share: Decimal
    parts: tuple[Part, ...]
    by_name: dict[str, Part | None]
    other: dict[str, Any]


def test_an_answer_reads_as_its_model_would_write_it() -> None:
    whole = Whole.model_construct(
        first=date(2020, 5, 1),
        name="Hồ sơ “mẫu”\n",
        way=Way.POST,
        at=[datetime(2020, 5, 4, 9, tzinfo=LOCAL), datetime(2020, 5, 4, 2, 0, 0, 5, tzinfo=UTC)],
        opens=time(7, 30),
        share=Decimal("50.10"),
        parts=(Part(to=date(2020, 5, 2)), Part(to=None)),
        by_name={"Một": Part(to=None), "Hai": None},
        other={"n": 1, "yes": True, "none": None, "list": [1.5, {"way": Way.POST}]},
    )
    assert as_json(whole) == whole.model_dump_json(by_alias=True)


@pytest.mark.parametrize("operation", views())
def test_the_answer_of_every_operation_is_written_alike(operation: str) -> None:
    view = views()[operation]
    assert as_json(view) == view.model_dump_json(by_alias=True, warnings=False)


def test_every_shipped_rule_is_answered_alike() -> None:
    for view in map(RuleView.of, RULES.rules):
        assert as_json(view) == view.model_dump_json(by_alias=True)
