"""What most unit tests stand on: an empty store in memory, and one process at work on it."""

import pytest

from motcua.ports.dossiers import DossierContext
from tests.kit.fakes import MemoryDossiers, dossier_context


@pytest.fixture
def store() -> MemoryDossiers:
    return MemoryDossiers()


@pytest.fixture
def desk(store: MemoryDossiers) -> DossierContext:
    return dossier_context(store)
