"""Dossiers by the moment at which something may be to be said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from motcua.domain.dossier.dossier import Dossier


class NextChecks(Protocol):
    """Dossiers that are watched, as they stood a moment ago: whoever acts on one does so on the version that was read."""

    def before(self, what: str, moment: datetime) -> Iterable[Dossier | Exception]:
        """Those watched for `what` since a moment before `moment`, read as they are taken, page by page. For one that this
        version cannot read (a later release's, after a step back) the error stands in its place."""
