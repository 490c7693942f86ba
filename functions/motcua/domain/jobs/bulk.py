"""Bulk: one act on many dossiers, each dealt with by itself, with the rights that the person had at the start."""

from enum import StrEnum

from motcua.domain.access.principal import Principal
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.record import dataclass

MOST_AT_ONCE = 500
"""The most dossiers that one selection may hold."""


class BulkAct(StrEnum):
    """The acts that may be done in bulk; each stands in the table of moves."""

    HAND_OVER_PAPER = "hand_over_paper"
    TAKE_PAPER = "take_paper"
    TRANSFER = "transfer"
    TAKE_OVER = "take_over"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Given:
    """One dossier of a selection. With a version, the act is done only if the dossier is still at that version."""

    dossier_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """The act that a job does to each of `size` dossiers, and the person who started it.

    The rights are those held at the start, even if they change later. `channel` is that of a return: counter or online.
    """

    act: BulkAct
    by: Principal
    size: int
    channel: ChannelOut | None = None
