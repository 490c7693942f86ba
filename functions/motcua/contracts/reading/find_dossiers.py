"""A search for dossiers, as staff send it and as it is answered, and the records that searches leave."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from motcua.contracts.days import local
from motcua.contracts.model import Inward, Outward
from motcua.contracts.reading.read_inbox import DeskEntryView
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.search.person_keys import LONGEST_NAME, Search, SearchBy
from motcua.ports.search import SearchRecord


class SearchRequest(Inward):
    """The value to search for. It is sent in the body, so that nothing personal lands in an access log.

    Only whole values are found: a dossier's number, a parcel's order number, an identity number or tax code, the last four
    digits of a phone, a whole name or its last two words (marks and case do not matter), of owner, submitter or recipient.
    """

    by: SearchBy = Field(examples=["name"])
    value: str = Field(min_length=1, max_length=LONGEST_NAME, examples=["nguyen van mau"])
    limit: int = Field(default=20, ge=1, le=50)
    cursor: str = Field(
        default="", max_length=1000, description="`next_cursor` of the page before, with all else the same"
    )

    def to_domain(self) -> Search:
        return Search(self.by, self.value)


class FoundView(Outward):
    """One page of what was found, the latest opened first; without persons, as in an inbox.

    A page may hold fewer than its limit, or none, while there is a next one.
    """

    unit_id: str
    by: SearchBy
    dossiers: list[DeskEntryView]
    next_cursor: str | None

    @classmethod
    def of(cls, asked: tuple[str, SearchBy], dossiers: Sequence[Dossier], cursor: str, now: datetime) -> "FoundView":
        unit_id, by = asked
        views = [DeskEntryView.of(dossier, unit_id, now) for dossier in dossiers]
        return cls.model_construct(unit_id=unit_id, by=by, dossiers=views, next_cursor=cursor or None)


class SearchRecordView(Outward):
    """A record of a search: the kind of value and the number of hits on the page. The value itself is stored nowhere."""

    id: str
    at: datetime
    by: str = Field(description="The sign-in's opaque id")
    searched_by: SearchBy
    hits: int


class SearchRecordsView(Outward):
    """One page of a unit's searches of a day, in the order of time; the header `Link: …; rel="next"` opens the next page."""

    unit_id: str
    on: date
    searches: list[SearchRecordView]
    next_cursor: str | None

    @classmethod
    def of(cls, unit_id: str, day: date, records: Sequence[SearchRecord], cursor: str) -> "SearchRecordsView":
        told = [
            SearchRecordView.model_construct(
                id=each.id, at=local(each.at), by=each.by, searched_by=each.search_by, hits=each.hits
            )
            for each in records
        ]
        return cls.model_construct(unit_id=unit_id, on=day, searches=told, next_cursor=cursor or None)
