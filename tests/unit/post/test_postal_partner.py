"""A partner's answers to an order. Its refusal code goes into an event, so it must be a code and no text."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from motcua.adapters.post.postal_partner import HttpPostalPartner
from motcua.ports.post import Order, OrderRefusedError, Party


@dataclass
class Answer:
    """A partner that gives every call the same answer, with urllib3's interface."""

    status: int
    said: Any

    @property
    def data(self) -> bytes:
        return json.dumps({"status": self.said}).encode()

    def request(self, *_: Any, **__: Any) -> "Answer":
        return self


def refusal(status: int, said: Any) -> str:
    somewhere = Party("Bộ phận Một cửa", "Số 1, phố Mẫu", "0912345678")
    order = Order("7ZQ4M1K9PXW2AB3C-1", somewhere, somewhere, "Kết quả")
    with pytest.raises(OrderRefusedError) as refused:
        HttpPostalPartner("http://post", "key", Answer(status, said)).place(order)
    return refused.value.reason


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        (422, "422", "422"),
        (200, "104", "104"),
        (200, 99, "99"),
        (400, "no such province", "400"),
        (422, "0912345678", "422"),
        (200, "030099000001", "200"),
        (422, None, "422"),
        (409, "٣", "409"),
    ],
)
def test_a_refusal_is_told_by_a_code_and_never_by_what_may_be_somebodys_number(
    status: int, said: Any, reason: str
) -> None:
    assert refusal(status, said) == reason
