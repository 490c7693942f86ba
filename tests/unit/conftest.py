"""What most unit tests stand on: an empty store in memory, and one process at work on it."""

import pytest

from motcua.ports.dossiers import Office
from tests.kit.fakes import MemoryDossiers, office


@pytest.fixture
def store() -> MemoryDossiers:
    return MemoryDossiers()


@pytest.fixture
def desk(store: MemoryDossiers) -> Office:
    return office(store)
