"""The embedded engine's DynamoDB and SQS, without a deployment: each test has the template's tables, empty."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.engine.engine import REGION, Engine
from infra.engine.paths import Profile
from infra.engine.ports import any_free_port
from infra.engine.this_machine import aws_client
from motcua import bootstrap
from motcua.adapters.dossier.dossiers import DynamoCounters, DynamoDossiers
from motcua.ports.dossiers import DossierContext
from tests.kit.shipped import ShippedRegistry
from tests.kit.template import table_definition


@dataclass(frozen=True)
class Cloud:
    """A client of DynamoDB that checks its requests, and the names of this test's tables."""

    client: Any
    dossier: str
    person: str
    registry: str
    figure: str

    def dossiers(self, client: Any = None, **more: Any) -> DynamoDossiers:
        return DynamoDossiers(client or self.client, self.dossier, self.person, **more)

    def office(self, dossiers: DynamoDossiers | None = None) -> DossierContext:
        """Return the ports of one process, which remembers its own numbers and really waits."""
        counters = DynamoCounters(self.client, self.dossier)
        return DossierContext(
            dossiers or self.dossiers(), counters, ShippedRegistry(), bootstrap.new_id, bootstrap.pause
        )

    def items(self, table: str, **of: str) -> list[dict[str, Any]]:
        """Return the items of a table that have these text attributes, such as kind="outbox"."""
        found = self.client.scan(TableName=table, ConsistentRead=True)["Items"]
        return [item for item in found if all(item.get(name) == {"S": value} for name, value in of.items())]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    place = Profile("adapters")
    shutil.rmtree(place.state, ignore_errors=True)
    running = Engine(place, any_free_port())
    running.start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def make_client(engine: Engine) -> Callable[[str], Any]:
    """Return a factory of clients with root rights. tests/e2e shows what the functions' roles may do."""
    keys, retries = (engine.access_key, engine.secret_key), {"mode": "standard", "max_attempts": 3}
    return lambda service: aws_client(service, engine.endpoint, REGION, *keys, max_pool_connections=60, retries=retries)


@pytest.fixture(scope="session")
def dynamodb(make_client: Callable[[str], Any]) -> Any:
    return make_client("dynamodb")


@pytest.fixture
def cloud(dynamodb: Any) -> Cloud:
    mark, names = uuid.uuid4().hex[:8], []
    for table in ("Dossier", "Person", "Registry", "Figure"):
        names.append(f"{table}-{mark}")
        dynamodb.create_table(**table_definition(f"{table}Table"), TableName=names[-1])
    return Cloud(dynamodb, *names)
