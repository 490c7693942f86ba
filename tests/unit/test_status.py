"""The ten national statuses and the moves between them: everything that the table does not name is refused."""

import re

import pytest

from motcua.domain.errors import RefusedError
from motcua.domain.status import MOVES, NAMES_EN, NAMES_VI, Status, check_move

ALLOWED = {
    "accept": {1},
    "refuse": {1},
    "transfer": {2},
    "take_over": {4},
    "resolve": {4},
    "return": {9},
    "choose_return_channel": {1, 2, 4, 9},
}


@pytest.mark.parametrize("act", MOVES)
@pytest.mark.parametrize("status", list(Status))
def test_an_act_happens_in_exactly_the_statuses_of_the_design(act: str, status: Status) -> None:
    if status.value in ALLOWED[act]:
        check_move(act, status)
    else:
        with pytest.raises(RefusedError, match="move_not_allowed"):
            check_move(act, status)


def test_moves_lead_where_the_design_says() -> None:
    targets = {act: target and target.value for act, (_, target) in MOVES.items()}
    assert targets == {
        "accept": 2, "refuse": 3, "transfer": 4, "take_over": None, "resolve": 9, "return": 10,
        "choose_return_channel": None,
    }  # fmt: skip


@pytest.mark.parametrize("end", [Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.RETURNED])
def test_nothing_is_allowed_at_an_end(end: Status) -> None:
    with pytest.raises(RefusedError) as refused:
        check_move("return", end)
    assert refused.value.faults[0].params["allowed"] == "—"


def test_a_refusal_names_the_state_in_both_languages_and_what_is_allowed() -> None:
    with pytest.raises(RefusedError) as refused:
        check_move("return", Status.IN_PROCESS)
    assert refused.value.faults[0].params == {
        "rule": "",
        "act": "return",
        "status": "4",
        "status_vi": "Đang xử lý",
        "status_en": "in process",
        "allowed": "choose_return_channel, resolve, take_over",
    }


def test_statuses_carry_the_national_codes_and_a_name_in_both_languages() -> None:
    assert [status.value for status in Status] == list(range(1, 11))
    assert set(NAMES_VI) == set(NAMES_EN) == set(Status)
    assert NAMES_VI[Status.RECEIVED] == "Được tiếp nhận"
    assert NAMES_VI[Status.RETURNED] == "Đã trả kết quả"
    assert all(re.fullmatch(r"[a-z ]+", name) for name in NAMES_EN.values())
