"""Opening figures: what an agency returned, and delivered by post, in the months before this system went live.

They are entered by hand with a document and an author, shown apart, and included in the year. A missing figure is
reported as missing, never taken as 0.
"""

from datetime import date, timedelta

from motcua.domain.errors import Fault
from motcua.domain.record import dataclass
from motcua.domain.reports.target import Share


@dataclass(frozen=True, slots=True)
class Document:
    """The document from which figures are taken: its number and title."""

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
        """Whether the figure covers the days up to go-live and none after.

        If not, go-live was moved since the figure was entered: some days would count twice, or never, together with
        this system's own figures.
        """
        return self.last == go_live - timedelta(days=1)


def faults_of_opening(figure: OpeningFigure) -> list[Fault]:
    """Return what is wrong with a figure by itself."""
    if figure.delivered_by_post > figure.returned:
        return [Fault("more_delivered_than_returned", "/delivered_by_post")]
    return []
