"""Reading a partner's callback: tolerant of what partners send, strict with what is kept."""

import json

import pytest
from pydantic import ValidationError

from infra.simulator import parcel_life
from motcua.contracts.post.keep_callback import ParcelCallback, order_number_of
from motcua.domain.post.parcel import REASONS
from motcua.usecases.post.apply_parcel_event import CarrierReport

ORDER = "7ZQ4M1K9PXW2AB3C-1"
BODY: dict[str, object] = {
    "carrier_system": "simulator",
    "order_number": ORDER,
    "code": "C50",
    "occurred_at": "2020-05-08T09:00:00+07:00",
    "place": "address",
    "reason": None,
    "note": None,
}


def read(**change: object) -> CarrierReport:
    return ParcelCallback.model_validate_json(json.dumps(BODY | change)).to_domain()


def test_a_callback_becomes_a_report() -> None:
    report = read()
    assert (report.carrier_system, report.order_number, report.code) == ("simulator", ORDER, "C50")
    assert (report.place, report.reason) == ("address", "")
    assert report.occurred_at.isoformat() == "2020-05-08T09:00:00+07:00"


def test_a_code_may_come_as_a_number_and_unknown_fields_are_the_partners_affair() -> None:
    assert read(code=100, cod_amount=0).code == "100"


@pytest.mark.parametrize("field", ["place", "reason"])
@pytest.mark.parametrize(
    "said", ["Giao cho bà Mẫu", "Số 1, phố Mẫu", "0912345678", "Address", "x" * 60, "nguyen_van_mau", "mau"]
)
def test_only_words_of_the_list_are_taken_for_any_other_might_name_a_person(field: str, said: str) -> None:
    assert getattr(read(**{field: said}), field) == ""


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_reason_of_the_list_is_taken_and_told_to_partners(reason: str) -> None:
    assert read(code="C61", reason=reason).reason == reason
    assert f"`{reason}`" in str(ParcelCallback.model_json_schema()["properties"]["reason"])


def test_all_reasons_of_the_simulator_are_of_the_list() -> None:
    assert {reason for reasons in parcel_life.REASONS.values() for reason in reasons} <= REASONS


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_at": "2020-05-08T09:00:00"},
        {"occurred_at": None},
        {"code": None},
        {"code": True},
        {"code": ""},
        {"carrier_system": "Simulator!"},
        {"order_number": ""},
    ],
)
def test_what_cannot_be_understood_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(**change)


@pytest.mark.parametrize(
    ("body", "order"),
    [
        (json.dumps(BODY).encode(), ORDER),
        (b'{"order_number": "7ZQ4M1K9PXW2AB3C-1"}', ORDER),
        (b'{"order_number": "Nguyen Van Mau 0912345678"}', ""),
        (b'{"order_number": 7}', ""),
        (b'{"order_number": "7ZQ4M1K9PXW2AB3C-1\\n"}', ""),
        (b"{}", ""),
        (b"[]", ""),
        (b"null", ""),
        (b"not json", ""),
        (b"\xff\xfe", ""),
        (b"[" * 20000, ""),
    ],
)
def test_the_order_number_is_read_where_there_is_one_of_ours(body: bytes, order: str) -> None:
    assert order_number_of(body) == order
