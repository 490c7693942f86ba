"""Waiting: while the applicant must bring or pay something, or the agency has paused, the clock of a dossier stands still."""

from datetime import datetime
from enum import StrEnum

from motcua.domain.record import dataclass
from motcua.domain.status import Status


class WaitKind(StrEnum):
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Suspension:
    """One wait, open while `until` is None.

    `back_to` is the status that it interrupted. `restarts`: when it ends, the whole limit counts anew (RESTART); else the
    time waited is added (PAUSE), as payments and pauses always do. `expires_at` is when a supplement that never came may be
    refused; `amount_vnd` what must be paid. `asked_in` is the version of the dossier that began it: its reason is kept under it.
    """

    kind: WaitKind
    since: datetime
    back_to: Status
    until: datetime | None = None
    restarts: bool = False
    expires_at: datetime | None = None
    amount_vnd: int | None = None
    asked_in: int = 0

    @property
    def at_intake(self) -> bool:
        """Whether it was asked for before the dossier had reached its agency."""
        return self.back_to is Status.RECEIVED


STATUS_OF = {
    WaitKind.SUPPLEMENT: Status.SUPPLEMENT_REQUESTED,
    WaitKind.PAYMENT: Status.PAYMENT_DUE,
    WaitKind.PAUSE: Status.PAUSED,
}
