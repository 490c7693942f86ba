"""Layers point inwards: handlers → use cases → domain; adapters implement ports; contracts translate at the edge."""

import sys

import pytest

from tests.kit.code import MODULES, imports, layer

INWARDS = {
    "domain": set(),
    "ports": {"domain"},
    "usecases": {"domain", "ports"},
    "contracts": {"domain", "ports", "usecases", "problems"},
    "adapters": {"domain", "ports", "contracts"},
    "problems": {"domain"},
    "settings": set(),
    "telemetry": {"adapters"},
    "queue": {"adapters", "ports", "telemetry"},
    "request": {"domain", "faults", "ports", "settings", "telemetry"},
    "problem_details": {"domain", "problems", "request"},
    "http": {"domain", "ports", "problem_details", "request", "settings", "telemetry"},
    "bootstrap": {"domain", "ports", "adapters", "settings"},
    "routes": {
        *("domain", "ports", "usecases", "contracts", "adapters"),
        *("bootstrap", "edge", "settings", "telemetry"),
    },
    "handlers": {
        *("domain", "usecases", "contracts", "adapters", "routes"),
        *("bootstrap", "edge", "settings", "telemetry"),
    },
    "motcua": set(),
}
"""What each layer may know of the others."""

ADAPTERS_KNOWN_TO = {
    "telemetry": {"motcua.adapters.clients"},
    "edge": {"motcua.adapters.clients"},
    "routes": {"motcua.adapters.dynamodb.cursor"},
    "handlers": {"motcua.adapters.dynamodb.item", "motcua.adapters.outbox.items"},
}
"""Only bootstrap makes adapters. These know how a client is counted, how a cursor is bound, how an item reads, what an
outbox item is called."""

LIBRARIES = {
    "adapters": {"botocore", "urllib3"},
    "contracts": {"pydantic", "pydantic_core"},
    "edge": {"pydantic"},
    "handlers": {"pydantic"},
    "telemetry": {"aws_lambda_powertools"},
}
"""Beside the standard library."""

NO_CLOCK_NO_CHANCE = {"time", "random", "secrets", "uuid", "os", "socket", "logging", "threading", "subprocess"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_knows_only_what_its_layer_may_know(module: str) -> None:
    known = {layer(name) for name in imports(module)} - {"", layer(module)}
    assert known <= INWARDS[layer(module)]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_uses_only_the_libraries_of_its_layer(module: str) -> None:
    outside = {name.partition(".")[0] for name in imports(module) if not layer(name)}
    assert outside - sys.stdlib_module_names <= LIBRARIES.get(layer(module), set())


@pytest.mark.parametrize("module", [name for name in MODULES if layer(name) in ADAPTERS_KNOWN_TO])
def test_adapters_are_made_in_bootstrap_only(module: str) -> None:
    known = {name for name in imports(module) if layer(name) == "adapters"}
    assert known <= ADAPTERS_KNOWN_TO[layer(module)]


@pytest.mark.parametrize("module", [name for name in MODULES if layer(name) in ("domain", "usecases", "ports")])
def test_rules_and_use_cases_take_time_and_chance_as_arguments(module: str) -> None:
    assert {name.partition(".")[0] for name in imports(module)} & NO_CLOCK_NO_CHANCE == set()
    text = MODULES[module].read_text(encoding="utf-8")
    assert ".now(" not in text
    assert ".today(" not in text


def test_only_the_settings_and_bootstrap_read_the_environment() -> None:
    readers = {layer(module) for module in MODULES if "os" in set(imports(module))}
    assert readers == {"settings", "bootstrap"}
