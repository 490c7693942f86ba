"""The document on which an entry of the registry rests."""

from datetime import date

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The document on which a rule rests; `certainty` is `order`, `source`, `practice`, `unchecked` or `ours`."""

    number: str
    date: date | None
    clause: str
    title_vi: str
    url: str
    certainty: str

    def __str__(self) -> str:
        return f"{self.number} ({self.date})" if self.date else self.number
