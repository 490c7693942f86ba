"""Layers point inwards: handlers → use cases → domain; adapters implement ports; contracts translate at the edge."""

import sys

from tests.kit.code import MODULES, imports, layer

INWARDS = {
    "domain": set(),
    "ports": {"domain"},
    "usecases": {"domain", "ports"},
    "contracts": {"domain", "ports", "usecases", "problems"},
    "adapters": {"domain", "ports", "contracts"},
    "problems": {"domain"},
    "settings": set(),
    "cold_start": set(),
    "telemetry": {"adapters"},
    "edge": {"adapters", "contracts", "domain", "ports", "problems", "settings", "telemetry"},
    "bootstrap": {"domain", "ports", "adapters", "settings"},
    "routes": {
        *("domain", "ports", "usecases", "contracts", "adapters"),
        *("bootstrap", "edge", "settings", "telemetry"),
    },
    "handlers": {
        *("domain", "usecases", "contracts", "adapters", "routes"),
        *("bootstrap", "cold_start", "edge", "settings", "telemetry"),
    },
    "motcua": set(),
}
"""What each layer may know of the others."""

ADAPTERS_KNOWN_TO = {
    "telemetry": {"motcua.adapters.clients"},
    "edge": {"motcua.adapters.clients"},
    "handlers": {"motcua.adapters.dynamodb.item", "motcua.adapters.outbox.items"},
}
"""Only bootstrap makes adapters. These know how a client is counted, how an item reads, what an
outbox item is called."""

LIBRARIES = {
    "adapters": {"botocore", "urllib3"},
    "cold_start": {"botocore", "urllib3"},
    "contracts": {"pydantic", "pydantic_core"},
    "edge": {"pydantic"},
    "handlers": {"pydantic"},
    "telemetry": {"aws_lambda_powertools"},
    "bootstrap": {"snapshot_restore_py"},  # Lambda's own, there when SnapStart starts the process
}
"""Beside the standard library."""

NO_CLOCK_NO_CHANCE = {"time", "random", "secrets", "uuid", "os", "socket", "logging", "threading", "subprocess"}


def test_a_module_knows_only_what_its_layer_may_know() -> None:
    offending = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if layer(name) not in {"", layer(module)} | INWARDS[layer(module)]
    ]
    assert offending == []


def test_a_module_uses_only_the_libraries_of_its_layer() -> None:
    offending = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if not layer(name)
        and name.partition(".")[0] not in sys.stdlib_module_names | LIBRARIES.get(layer(module), set())
    ]
    assert offending == []


def test_adapters_are_made_in_bootstrap_only() -> None:
    offending = [
        f"{module} imports {name}"
        for module in MODULES
        if layer(module) in ADAPTERS_KNOWN_TO
        for name in imports(module)
        if layer(name) == "adapters" and name not in ADAPTERS_KNOWN_TO[layer(module)]
    ]
    assert offending == []


def test_rules_and_use_cases_take_time_and_chance_as_arguments() -> None:
    pure = [module for module in MODULES if layer(module) in ("domain", "usecases", "ports")]
    offending = [
        f"{module} imports {name}"
        for module in pure
        for name in imports(module)
        if name.partition(".")[0] in NO_CLOCK_NO_CHANCE
    ]
    offending += [
        f"{module} calls {call}"
        for module in pure
        for call in (".now(", ".today(")
        if call in MODULES[module].read_text(encoding="utf-8")
    ]
    assert offending == []


def test_only_the_settings_and_bootstrap_read_the_environment() -> None:
    readers = {layer(module) for module in MODULES if "os" in set(imports(module))}
    assert readers == {"settings", "bootstrap"}
