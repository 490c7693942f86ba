"""The persons of a dossier: owner (chủ hồ sơ), submitter (người nộp) and recipient of the result (người nhận)."""

import hmac
from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum

from motcua.domain.deadline.suspension import Suspension
from motcua.domain.record import dataclass


class PersonKind(StrEnum):
    CITIZEN = "citizen"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen with an identity number, or a business with a tax code.

    `number` holds either; it is empty for a recipient named through a link, because the post asks for none.
    `commune_id` is the commune of the address as a unit id, such as `x10507`: which unit takes over when units end may
    depend on it.
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
        """Whether the post can find this person: it needs an address and a phone to call."""
        return bool(self.address and self.phone)

    def __repr__(self) -> str:
        """Return nothing personal, so that a person who ends up in a log line reveals nothing."""
        return f"Person(kind={self.kind.value!r})"


@dataclass(frozen=True, slots=True)
class Persons:
    """Owner, submitter and recipient; the latter two are the owner unless named.

    `authority` is the submitter's proof that they may act for the owner. `reasons` tell why acts were done, by the
    version of the dossier that each act made. They are free text that may name somebody, so they are kept here and
    stand in no event.
    """

    owner: Person
    submitter: Person | None = None
    recipient: Person | None = None
    authority: str = ""
    reasons: Mapping[int, str] = field(default_factory=dict)

    def with_reason(self, version: int, reason: str) -> "Persons":
        """Return the persons with the reason of the act that made `version` of the dossier."""
        return replace(self, reasons={**self.reasons, version: reason})

    @property
    def last_reason(self) -> str:
        """The reason of the last act that had to give one."""
        return self.reasons[max(self.reasons)] if self.reasons else ""

    def reason_for(self, wait: Suspension | None) -> str:
        """Return the reason to show now: that of an open suspension, whatever was done since, else the last one.

        A suspension for a payment has no reason.
        """
        return self.reasons.get(wait.asked_in, "") if wait and wait.asked_in else self.last_reason

    @property
    def lacks_authority(self) -> bool:
        """Whether somebody submits for the owner without a proof of their authority."""
        return self.submitter is not None and self.submitter.number != self.owner.number and not self.authority

    @property
    def result_goes_to(self) -> Person:
        return self.recipient or self.owner

    def owned_by(self, number: str) -> bool:
        """Whether `number` is the owner's or the submitter's, compared in constant time."""
        known = [self.owner.number] + ([self.submitter.number] if self.submitter else [])
        matches = [hmac.compare_digest(number.encode(), each.encode()) for each in known]
        return any(matches)
