"""The three persons of a dossier: their JSON, and their absence from log lines."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from motcua.contracts.intake.receive_dossier import ReceiveDossierRequest
from motcua.contracts.persons import PersonModel
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.dossier.persons import Person, PersonKind, Persons
from motcua.domain.status import Status
from tests.kit.fakes import MORNING, OWNER

OTHER = Person(PersonKind.BUSINESS, "Công ty Mẫu", "0100109106")
SECRETS = ("Nguyễn", "030099000001", "0912345678", "phố Mẫu", "mau@example.com")


def test_a_person_in_a_log_line_says_nothing() -> None:
    person = Person(PersonKind.CITIZEN, "Nguyễn Văn Mẫu", "030099000001", "0912345678", "phố Mẫu", "mau@example.com")
    for shown in (repr(person), str(person), f"{person}", repr(Persons(person, person, person)), repr([person])):
        assert not any(secret in shown for secret in SECRETS)


def test_the_result_goes_to_the_recipient_or_else_to_the_owner() -> None:
    assert Persons(OWNER).result_goes_to is OWNER
    assert Persons(OWNER, submitter=OTHER).result_goes_to is OWNER
    assert Persons(OWNER, recipient=OTHER).result_goes_to is OTHER


@pytest.mark.parametrize(
    ("persons", "number", "owned"),
    [
        (Persons(OWNER), OWNER.number, True),
        (Persons(OWNER), "030099000002", False),
        (Persons(OWNER), "", False),
        (Persons(OWNER, submitter=OTHER), OTHER.number, True),
        (Persons(OWNER, recipient=OTHER), OTHER.number, False),
        (Persons(OWNER), "số lạ", False),
    ],
)
def test_a_dossier_is_its_owners_and_its_submitters_and_not_its_recipients(
    persons: Persons, number: str, owned: bool
) -> None:
    assert persons.owned_by(number) is owned


@pytest.mark.parametrize(
    "person",
    [
        {"kind": "citizen", "name": "Nguyễn Văn Mẫu", "number": "030099000001"},
        {"kind": "business", "name": "Công ty Mẫu", "number": "0100109106-001", "phone": "0912345678"},
        {
            "kind": "citizen", "name": "Trần Thị Mẫu", "number": "141234567", "phone": "0987654321",
            "address": "Số 1", "email": "mau@example.com",
        },
    ],
)  # fmt: skip
def test_a_person_comes_back_from_the_domain_as_it_went(person: dict[str, str]) -> None:
    model = PersonModel.model_validate(person)
    back = PersonModel.from_domain(model.to_domain())
    assert back.model_dump(mode="json", exclude_none=True) == person


def request(**persons: object) -> ReceiveDossierRequest:
    body = {"one_stop_id": "mc-tinh", "procedure_code": "2.001610", "channel_in": "counter", "channel_out": "post"}
    return ReceiveDossierRequest.model_validate(body | persons)


REACHABLE = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1"}
UNREACHABLE = {"name": "Trần Thị Mẫu", "number": "141234567", "phone": "0987654321"}


def test_return_by_post_needs_the_address_of_who_gets_the_result() -> None:
    assert request(owner=REACHABLE).persons().result_goes_to.address == "Số 1"
    assert request(owner=UNREACHABLE, recipient=REACHABLE).persons().result_goes_to.name == "Nguyễn Văn Mẫu"
    with pytest.raises(ValidationError, match="needed_for_post"):
        request(owner=UNREACHABLE)
    with pytest.raises(ValidationError, match="needed_for_post"):
        request(owner=REACHABLE, recipient=UNREACHABLE)


@pytest.mark.parametrize(
    ("persons", "lacks"),
    [
        (Persons(OWNER), False),
        (Persons(OWNER, submitter=OWNER), False),
        (Persons(OWNER, submitter=OTHER), True),
        (Persons(OTHER, submitter=OWNER), True),
        (Persons(OWNER, submitter=OTHER, authority="Giấy uỷ quyền"), False),
        (Persons(OWNER, recipient=OTHER), False),
    ],
)
def test_who_submits_for_another_proves_authority(persons: Persons, lacks: bool) -> None:
    assert persons.lacks_authority is lacks


def test_while_it_waits_the_reason_is_why_it_waits() -> None:
    persons = Persons(OWNER, reasons={2: "Thiếu bản sao", 3: "Ghi sai tên"})
    wait = Suspension(WaitKind.SUPPLEMENT, MORNING, Status.RECEIVED, asked_in=2)
    assert persons.reason_for(wait) == "Thiếu bản sao"
    assert persons.reason_for(None) == "Ghi sai tên"
    assert persons.reason_for(replace(wait, kind=WaitKind.PAYMENT, asked_in=4)) == "", "a payment says no reason"
