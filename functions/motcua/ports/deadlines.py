"""Dossiers by the moment of their next check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from motcua.domain.dossier.dossier import Dossier


class NextChecks(Protocol):
    """Dossiers with a next check, as they stood a moment ago: whoever acts on one acts on the version that was read."""

    def before(self, what: str, moment: datetime) -> Iterable[Dossier | Exception]:
        """Yield the dossiers whose next check for `what` lies before `moment`, reading page by page as they are taken.

        For a dossier that this version cannot read (written by a later release, before a rollback), it yields the
        error.
        """
