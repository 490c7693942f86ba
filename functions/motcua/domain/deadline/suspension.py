"""Suspensions: the clock stands still while the applicant must bring or pay something, or the agency has paused."""

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
    """One suspension, open while `until` is None.

    `back_to` is the status that it interrupted. With `restarts`, the whole limit counts anew when it ends (RESTART);
    else the suspended time is added (PAUSE), as for every payment and pause. `expires_at` is when a dossier whose
    supplement never came may be refused; `amount_vnd` is what must be paid. `asked_in` is the version of the dossier
    that began the suspension, under which its reason is kept.
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
        """Whether the suspension began before the dossier had reached its agency."""
        return self.back_to is Status.RECEIVED


STATUS_OF = {
    WaitKind.SUPPLEMENT: Status.SUPPLEMENT_REQUESTED,
    WaitKind.PAYMENT: Status.PAYMENT_DUE,
    WaitKind.PAUSE: Status.PAUSED,
}
