"""The document that an entry of the registry rests on."""

from datetime import date

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The document that a rule rests on, and how sure that is (`order`, `source`, `practice`, `unchecked`, `ours`)."""

    number: str
    date: date | None
    clause: str
    title_vi: str
    url: str
    certainty: str

    def __str__(self) -> str:
        return f"{self.number} ({self.date})" if self.date else self.number
