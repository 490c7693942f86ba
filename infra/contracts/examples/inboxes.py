"""Examples of a unit's inbox and of searches."""

from datetime import date

from pydantic import BaseModel

from infra.contracts.examples import sample_life as life
from infra.contracts.examples import sample_registry as book
from motcua.contracts.reading.find_dossiers import FoundView, SearchRecordsView, SearchRequest
from motcua.contracts.reading.read_inbox import DeskCountsView, InboxView
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.reading.inbox import CAN_BE_LATE
from motcua.domain.search.person_keys import SearchBy
from motcua.domain.status import IN_AN_INBOX, Status
from motcua.ports.dossiers import Counted
from motcua.ports.search import SearchRecord
from motcua.usecases.reading.read_inbox import InboxCounts


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    return {"find_dossiers": SearchRequest(by=SearchBy.NAME, value="nguyen van mau")}


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    unit_id, now = book.ONE_STOP.id, life.at("04-28 08:40")
    resolved = life.processed(ChannelOut.COUNTER).dossier
    numbers = {Status.SUBMITTED: 3, Status.RECEIVED: 12, Status.RESULT_READY: 41}
    counts = InboxCounts(
        {status: Counted(numbers.get(status, 0)) for status in IN_AN_INBOX},
        {status: Counted(1 if status is Status.RECEIVED else 0) for status in CAN_BE_LATE},
    )
    record = SearchRecord("3N8KQ2T6W9XYA1BC", unit_id, now, "staff-1", SearchBy.NAME, 1)
    return {
        "read_inbox": InboxView.of((unit_id, Status.RESULT_READY), [resolved], "", now),
        "count_inbox": DeskCountsView.of(unit_id, counts, now),
        "find_dossiers": FoundView.of((unit_id, SearchBy.NAME), [resolved], "", now),
        "list_searches": SearchRecordsView.of(unit_id, date(2020, 4, 28), [record], ""),
    }
