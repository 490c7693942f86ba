"""The registry read from its table: the shipped rows as domain objects, remembered for sixty seconds."""

from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

import pytest

from infra.registry.seed import registry_entries, seed_registry
from motcua.adapters.dynamodb import keys
from motcua.adapters.registry import registry as registry_module
from motcua.adapters.registry.ledger import DynamoLedger
from motcua.adapters.registry.registry import REMEMBERED_SECONDS as KEPT
from motcua.adapters.registry.registry import DynamoRegistry
from motcua.domain.registry.entry import EntryKind
from motcua.ports.ledger import Amendments
from tests.adapters.conftest import Cloud
from tests.kit.fakes import MORNING, PROCEDURE, stamp
from tests.kit.shipped import CARRIER_CODES, UNITS, VERSIONS, ShippedRegistry
from tests.kit.template import table_definition

pytestmark = pytest.mark.engine


class Watched:
    """The real client, with a count of its reads."""

    def __init__(self, client: Any) -> None:
        self._client, self.reads = client, 0

    def __getattr__(self, name: str) -> Any:
        self.reads += 1
        return getattr(self._client, name)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def table(dynamodb: Any) -> str:
    """Return a table with everything that ships. The tests here only read it."""
    name = "Registry-shipped"
    dynamodb.create_table(**table_definition("RegistryTable"), TableName=name)
    assert seed_registry(dynamodb, name) == len(registry_entries())
    return name


@pytest.fixture
def client(dynamodb: Any) -> Watched:
    return Watched(dynamodb)


def test_it_reads_what_is_shipped(client: Watched, table: str) -> None:
    registry, shipped = DynamoRegistry(client, table), ShippedRegistry()
    assert {unit.id: unit for unit in registry.units()} == UNITS
    assert registry.procedure(PROCEDURE) == VERSIONS[PROCEDURE]
    assert {known.code: known for known in registry.procedures()} == VERSIONS
    assert {rule.id: rule for rule in registry.rules().rules} == {rule.id: rule for rule in shipped.rules().rules}
    assert registry.calendar(MORNING.date()) == shipped.calendar(MORNING.date())
    assert registry.rules().is_public_postal_service("vnpost", MORNING.date())
    assert not registry.rules().is_public_postal_service("vnpost", date(1900, 1, 1))
    assert registry.opening_figures(2020) == []
    for (system, code), state in CARRIER_CODES.items():
        assert registry.parcel_state(system, code) == state
    assert registry.parcel_state("simulator", "C99") is None
    assert registry.parcel_state("nobody", "C10") is None


def test_what_is_known_is_asked_for_again_when_its_time_is_over(client: Watched, table: str) -> None:
    clock = Clock()
    registry = DynamoRegistry(client, table, clock)
    for seconds, reads in ((0, 1), (0, 1), (KEPT - 0.1, 1), (KEPT + 0.1, 2), (2 * KEPT - 1, 2)):
        clock.now = 1000 + seconds
        assert registry.unit("skhdt") == UNITS["skhdt"]
        assert client.reads == reads, f"after {seconds} s"


def test_a_unit_that_does_not_exist_is_remembered_too(client: Watched, table: str) -> None:
    registry = DynamoRegistry(client, table)
    assert [registry.unit("nowhere") for _ in range(3)] == [None, None, None]
    assert client.reads == 1


def test_a_cold_command_reads_the_registry_twice_and_a_warm_one_never(client: Watched, table: str) -> None:
    registry = DynamoRegistry(client, table)
    for _ in range(2):
        registry.warm(unit_id="mc-tinh", procedure_code=PROCEDURE)
        assert registry.unit("mc-tinh") == UNITS["mc-tinh"]
        assert registry.procedure(PROCEDURE) == VERSIONS[PROCEDURE]
        assert registry.rules()
        assert client.reads == 2


def test_what_is_read_ahead_is_read_once(client: Watched, table: str) -> None:
    registry = DynamoRegistry(client, table)
    registry.read_ahead()
    assert registry.rules().rules
    assert registry.calendar(MORNING.date())
    assert client.reads == 1


def test_a_request_waits_no_longer_than_a_second_for_what_hangs_ahead_of_it(
    dynamodb: Any, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_module, "AHEAD_SECONDS", 0.05)
    answered = Event()

    class Hanging(Watched):
        def query(self, **asked: Any) -> Any:
            if not self.reads:
                self.reads += 1
                answered.wait()
            return self._client.query(**asked)

    registry = DynamoRegistry(Hanging(dynamodb), table)
    registry.read_ahead()
    assert registry.rules().rules
    answered.set()


def test_what_was_read_ahead_is_forgotten_too(client: Watched, table: str) -> None:
    registry = DynamoRegistry(client, table)
    registry.read_ahead()
    assert registry._ahead
    registry._ahead[0].join()
    registry.forget()
    assert registry.rules().rules
    assert client.reads == 2


def test_a_failure_ahead_of_a_request_is_told_by_the_request(dynamodb: Any, table: str) -> None:
    class Failing(Watched):
        def query(self, **asked: Any) -> Any:
            self.reads += 1
            if self.reads == 1:
                raise ConnectionError
            return self._client.query(**asked)

    client = Failing(dynamodb)
    registry = DynamoRegistry(client, table)
    registry.read_ahead()
    assert registry.rules().rules
    assert client.reads == 2


class Answered:
    """What a warm function reads from the registry during one command."""

    def __init__(self, registry: DynamoRegistry) -> None:
        self.unit = registry.unit("mc-tinh")
        self.procedure = registry.procedure(PROCEDURE)
        self.rules = registry.rules()
        self.calendar = registry.calendar(MORNING.date(), self.unit)
        self.state = registry.parcel_state("simulator", "C10")
        self.rule = registry.entry(EntryKind.RULE, "target-departments")
        self.year = registry.entry(EntryKind.CALENDAR, "2020")


def test_a_warm_registry_answers_everything_without_a_call(client: Watched, table: str) -> None:
    clock = Clock()
    registry = DynamoRegistry(client, table, clock)
    registry.warm(unit_id="mc-tinh", procedure_code=PROCEDURE)
    reads = client.reads
    for seconds in (0, KEPT / 2, KEPT - 0.1):
        clock.now = 1000 + seconds
        told = Answered(registry)
        assert (told.unit, told.procedure) == (UNITS["mc-tinh"], VERSIONS[PROCEDURE])
        assert told.rule is not None
        assert told.year is not None
        assert client.reads == reads, f"after {seconds} s"


def test_who_has_read_the_list_reads_its_members_without_a_call(client: Watched, table: str) -> None:
    registry = DynamoRegistry(client, table)
    assert len(registry.units()) == len(UNITS)
    reads = client.reads
    assert [registry.unit(unit_id) for unit_id in ("skhdt", "nowhere")] == [UNITS["skhdt"], None]
    assert client.reads == reads


def test_a_change_of_the_data_is_seen_within_a_minute(cloud: Cloud) -> None:
    clock = Clock()
    registry = DynamoRegistry(cloud.client, cloud.registry, clock)
    assert registry.unit("skhdt") is None
    seed_registry(cloud.client, cloud.registry)
    clock.now += KEPT - 1
    assert registry.unit("skhdt") is None
    clock.now += 2
    assert KEPT + 1 < 60
    assert registry.unit("skhdt") == UNITS["skhdt"]


def test_what_is_drawn_from_the_rules_is_never_older_than_they_are(cloud: Cloud) -> None:
    """The rows were read at 0 s. What is first derived from them a second before they expire, expires with them."""
    seed_registry(cloud.client, cloud.registry)
    ledger, clock = DynamoLedger(cloud.client, cloud.registry, cloud.dossier), Clock()
    registry = DynamoRegistry(cloud.client, cloud.registry, clock)
    registry.warm(unit_id="mc-tinh", procedure_code=PROCEDURE)
    rule, year, code = (
        ledger.entry(kind, entry_id)
        for kind, entry_id in (
            (EntryKind.RULE, "target-departments"),
            (EntryKind.CALENDAR, "2020"),
            (EntryKind.CARRIER_CODE, "simulator#C10"),
        )
    )
    assert rule is not None
    assert year is not None
    assert code is not None
    changes = (
        rule.next(replace(rule.thing, annulled=True)),
        year.next(replace(year.thing, days=())),
        code.next(replace(code.thing, our_state="lost")),
    )
    ledger.amend(Amendments(changes, stamp(), "Để thử"))

    def seen() -> tuple[bool, int, str | None]:
        target = registry.rules().target(UNITS["skhdt"], MORNING.date())
        version = registry.calendar(MORNING.date()).versions[2020]
        return target is None, version, registry.parcel_state("simulator", "C10")

    clock.now += KEPT - 1
    assert seen() == (False, 1, CARRIER_CODES["simulator", "C10"])
    clock.now += 2
    assert seen() == (True, 2, "lost")


def test_what_the_store_left_out_of_its_answer_is_asked_for_again(client: Watched, table: str) -> None:
    """Under load a batch comes back in part. The rest is unread, not absent."""
    answer = {"Responses": {table: []}, "UnprocessedKeys": {table: {"Keys": [keys.entry(EntryKind.UNIT, "mc-tinh")]}}}
    registry = DynamoRegistry(client, table)
    vars(client)["batch_get_item"] = lambda **_: answer
    registry.warm(unit_id="mc-tinh", procedure_code="9.999999")
    assert registry.unit("mc-tinh") == UNITS["mc-tinh"]
    assert registry.procedure("9.999999") is None


def test_who_hears_of_a_change_forgets_what_it_knew(cloud: Cloud) -> None:
    registry = DynamoRegistry(cloud.client, cloud.registry, Clock())
    assert registry.unit("skhdt") is None
    seed_registry(cloud.client, cloud.registry)
    registry.forget()
    assert registry.unit("skhdt") == UNITS["skhdt"]
