"""How much one dossier may hold, so that the store can always write it.

State and persons are an item each, of 400 KB at most. Every write of a dossier also writes it to the inbox of each agency
that has or had a part in it. One transaction holds a hundred items and 4 MB at most. Without a bound, repeating an act
would bring a dossier to a point where nobody could write it any more. The numbers are ours, far beyond any dossier that
we know of. They never refuse an act that ends a dossier, nor what the system does by itself.
"""

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.persons import Persons
from motcua.domain.errors import RefusedError
from motcua.domain.status import ENDS

MOST_PARTS = 60
"""At most so many legs and opinions. The largest change, a parcel for a new recipient, writes 32 items beside them."""

MOST_WAITS = 50
"""At most so many suspensions (supplements, payments and pauses), about 120 bytes each."""

MOST_REASONS = 80
"""At most so many reasons of acts, of up to 4 KB each (a supplement that the head allows has two)."""

MOST_VERSIONS = 2_000
"""At most so many events of a dossier; beyond that only those that change its status. Each takes about 0.6 KB, and a timeline
is answered whole."""


def check_room(before: Dossier, after: Dossier, persons: Persons | None) -> None:
    """Raise RefusedError, naming the bound, when the dossier would outgrow it by an act.

    `persons` are the persons as the act writes them; None when it does not write them. The error's `what` is a code, for
    which `motcua.problems` has the words.
    """
    parts = len(after.legs) + len(after.opinions)
    if parts > MOST_PARTS and len(after.opinions) > len(before.opinions):
        raise RefusedError("dossier_full", most=MOST_PARTS, what="parts")
    if len(after.waits) > MOST_WAITS and len(after.waits) > len(before.waits):
        raise RefusedError("dossier_full", most=MOST_WAITS, what="waits")
    if after.status in ENDS and before.status not in ENDS:
        return
    if persons and len(persons.reasons) > MOST_REASONS and after.version in persons.reasons:
        raise RefusedError("dossier_full", most=MOST_REASONS, what="reasons")
    if after.version > MOST_VERSIONS and after.status is before.status:
        raise RefusedError("dossier_full", most=MOST_VERSIONS, what="events")
