"""Opening figures: what an agency returned, and delivered by post, in the months before this system went live.

Entered by hand with a document and an author, shown apart, included in the year; missing is said, never taken as 0.
"""

from datetime import date, timedelta

from motcua.domain.errors import Fault
from motcua.domain.record import dataclass
from motcua.domain.reports.target import Share


@dataclass(frozen=True, slots=True)
class Document:
    """The paper that figures are taken from: its number, and what it is."""

    number: str
    title_vi: str


@dataclass(frozen=True, slots=True)
class OpeningFigure:
    """D (`returned`) and N (`delivered_by_post`) of one agency from `first` to `last`, both included."""

    agency_id: str
    year: int
    first: date
    last: date
    returned: int
    delivered_by_post: int
    document: Document
    author: str

    @property
    def id(self) -> str:
        return f"{self.year}#{self.agency_id}"

    @property
    def share(self) -> Share:
        return Share(self.delivered_by_post, self.returned)

    def ends_before(self, go_live: date) -> bool:
        """Whether it tells of all days before go-live and of none after: else go-live was moved since it was entered,
        and together with this system's own figures some days would count twice, or never."""
        return self.last == go_live - timedelta(days=1)


def faults_of_opening(figure: OpeningFigure) -> list[Fault]:
    """What is wrong with a figure by itself."""
    if figure.delivered_by_post > figure.returned:
        return [Fault("more_delivered_than_returned", "/delivered_by_post")]
    return []
