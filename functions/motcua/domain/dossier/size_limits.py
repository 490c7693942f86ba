"""How much one dossier may hold. State and persons are an item each, of 400 KB at most, and every write of a dossier also writes
it to the desk of each agency that has or had a part in it, in one transaction of a hundred items and 4 MB at most.

Without a bound, who repeats an act would bring a dossier to where nobody could write it any more. The numbers are ours, far
beyond any dossier that we know of; what ends a dossier, and what the system does, is never refused for them.
"""

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import RefusedError
from motcua.domain.status import ENDS

MOST_PARTS = 60
"""Legs and opinions. The largest change, a parcel for a new recipient, writes 32 items beside them."""

MOST_WAITS = 50
"""Supplements, payments and pauses, about 120 bytes each."""

MOST_REASONS = 80
"""Reasons of acts, of up to 4 KB each (a supplement that the head allows has two)."""

MOST_VERSIONS = 2_000
"""Events of a dossier that leave its status as it is, about 0.6 KB each: a timeline is answered whole."""


def check_room(before: Dossier, after: Dossier, persons: Persons | None) -> None:
    """RefusedError, naming the bound, for an act by which the dossier would outgrow it. `persons` as the act writes them, if it
    does."""
    parts = len(after.legs) + len(after.opinions)
    if parts > MOST_PARTS and len(after.opinions) > len(before.opinions):
        raise RefusedError("dossier_full", most=MOST_PARTS, what_vi="phần việc và ý kiến", what_en="parts and opinions")
    if len(after.waits) > MOST_WAITS and len(after.waits) > len(before.waits):
        raise RefusedError("dossier_full", most=MOST_WAITS, what_vi="lần chờ", what_en="waits")
    if after.status in ENDS and before.status not in ENDS:
        return
    if persons and len(persons.reasons) > MOST_REASONS and after.version in persons.reasons:
        raise RefusedError("dossier_full", most=MOST_REASONS, what_vi="lý do", what_en="reasons")
    if after.version > MOST_VERSIONS and after.status is before.status:
        raise RefusedError("dossier_full", most=MOST_VERSIONS, what_vi="sự kiện", what_en="events")
