"""The base of most unit tests: an empty store in memory, and the ports of one process."""

import pytest

from motcua.ports.dossiers import DossierContext
from tests.kit.fakes import MemoryDossiers, dossier_context


@pytest.fixture
def store() -> MemoryDossiers:
    return MemoryDossiers()


@pytest.fixture
def desk(store: MemoryDossiers) -> DossierContext:
    return dossier_context(store)
