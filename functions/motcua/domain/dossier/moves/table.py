"""The moves of a dossier: every act, and the statuses in which it is possible.

These tables are the design's section on states, written down once: commands check them, refusals name them, and the
documents and property tests are made from them.
"""

from collections.abc import Mapping

from motcua.domain.dossier.moves.at_the_agency import MOVES_AT_THE_AGENCY
from motcua.domain.dossier.moves.at_the_counter import MOVES_AT_THE_COUNTER
from motcua.domain.dossier.moves.move import Actor, Move
from motcua.domain.errors import RefusedError
from motcua.domain.status import NAMES_EN, NAMES_VI, Status

MOVES: Mapping[str, Move] = {**MOVES_AT_THE_COUNTER, **MOVES_AT_THE_AGENCY}
"""Every act on a dossier after its first event, which is a submission (→1) or a receipt (→2)."""


def check_move(act: str, status: Status) -> Move:
    """Return the move of `act`.

    Raises RefusedError, naming the status and the acts that it allows, when `act` is not possible in `status`.
    """
    move = MOVES[act]
    if status in move.sources:
        return move
    allowed = [name for name, each in sorted(MOVES.items()) if status in each.sources and each.doers != (Actor.SYSTEM,)]
    raise RefusedError(
        "move_not_allowed",
        act=act,
        act_vi=move.vi,
        act_en=move.en,
        status=status.code,
        status_vi=NAMES_VI[status],
        status_en=NAMES_EN[status],
        allowed=", ".join(allowed) or "—",
        allowed_vi="; ".join(MOVES[name].vi for name in allowed) or "—",
    )
