"""Next checks of dossiers in memory, as in the index of the real table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.domain.dossier.dossier import Dossier
from motcua.domain.reading.reminders import next_check
from tests.kit.fakes import MemoryDossiers


@dataclass
class MemoryWatched:
    """The port `NextChecks`. `looked_at` are the dossiers that were read."""

    store: MemoryDossiers
    looked_at: int = 0

    def before(self, what: str, moment: datetime) -> Iterator[Dossier | Exception]:
        found = [(watch.since, each.id, each) for each in self.store.states.values() if (watch := next_check(each))]
        for since, _, each in sorted(found, key=lambda entry: entry[:2]):
            watch = next_check(each)
            if watch and watch.what == what and since < moment:
                self.looked_at += 1
                yield each
