"""The three persons of a dossier: its owner (chủ hồ sơ), who submits it (người nộp) and who receives the result (người nhận)."""

import hmac
from dataclasses import dataclass
from enum import StrEnum


class PersonKind(StrEnum):
    CITIZEN = "citizen"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen by identity number, or a business by tax code (`number` holds either).

    `commune_id` is the commune of the address, as the unit `x10507`: who takes over when units end may depend on it.
    """

    kind: PersonKind
    name: str
    number: str
    phone: str = ""
    address: str = ""
    email: str = ""
    commune_id: str = ""

    @property
    def reachable_by_post(self) -> bool:
        """Whether the post can find this person: it needs an address, and a phone to call."""
        return bool(self.address and self.phone)

    def __repr__(self) -> str:
        """Nothing personal, so that a person who ends up in a log line says nothing."""
        return f"Person(kind={self.kind.value!r})"


@dataclass(frozen=True, slots=True)
class Persons:
    """Owner, submitter and recipient; the latter two are the owner unless named.

    `refusal_reason` is what the applicant was told when a submission was not accepted (form 03): free text that may name
    somebody, so it is kept with the persons and stands in no event.
    """

    owner: Person
    submitter: Person | None = None
    recipient: Person | None = None
    refusal_reason: str = ""

    @property
    def result_goes_to(self) -> Person:
        return self.recipient or self.owner

    def owned_by(self, number: str) -> bool:
        """Whether `number` is the owner's or the submitter's; compared in constant time."""
        known = [self.owner.number] + ([self.submitter.number] if self.submitter else [])
        matches = [hmac.compare_digest(number.encode(), each.encode()) for each in known]
        return any(matches)
