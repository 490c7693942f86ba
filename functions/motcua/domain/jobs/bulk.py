"""Bulk: one act on many dossiers at once, each by itself, with the rights that its starter had at the start."""

from enum import StrEnum

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.record import dataclass

MOST_AT_ONCE = 500
"""Dossiers of one selection at most."""


class BulkAct(StrEnum):
    """What may be done in bulk; each is an act of the table of moves."""

    HAND_OVER_PAPER = "hand_over_paper"
    TAKE_PAPER = "take_paper"
    TRANSFER = "transfer"
    TAKE_OVER = "take_over"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Given:
    """One dossier of a selection; with a version, only if it is still at that one."""

    dossier_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a job does to each of `size` dossiers, and by whom: the rights are those of the start, whatever becomes of them.

    `channel` is that of a return: counter or online.
    """

    act: BulkAct
    by: Principal
    size: int
    channel: ChannelOut | None = None
