"""What a cold start loads, and what the import of each module costs, by Python's own `-X importtime`."""

import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from infra.engine.paths import environment_python

LOADED = "import handlers.dossier_api, motcua.routes.intake.receive_dossier"
"""What a receive loads before it begins."""

RUNS = 5
DEAREST = 10


def import_costs(environment: Mapping[str, str]) -> dict[str, float]:
    """Milliseconds that each module takes itself, the least of several runs: the machine only ever adds."""
    command = [str(environment_python("engine")), "-X", "importtime", "-c", LOADED]
    # Outside Lambda, for what is read ahead there is loaded in a thread, and would pass for a part of the handler's time.
    outside = {name: value for name, value in environment.items() if not name.startswith("AWS_LAMBDA_")}
    least: dict[str, float] = {}
    for _ in range(RUNS):
        told = subprocess.run(command, env=outside, capture_output=True, text=True, check=True).stderr
        for name, took in own_times(told).items():
            least[name] = min(took, least.get(name, took))
    return least


def own_times(told: str) -> dict[str, float]:
    """Milliseconds of each module itself, without what it imports, out of `-X importtime`'s lines."""
    times: dict[str, float] = {}
    for line in told.splitlines():
        _, told_by_python, rest = line.partition("import time:")
        own, _, rest = rest.partition("|")
        if told_by_python and own.strip().isdecimal():
            times[rest.partition("|")[2].strip()] = int(own) / 1000
    return times


def by_package(names: Iterable[str]) -> list[tuple[str, int]]:
    """How many modules of each top package are loaded, most first."""
    return Counter(name.partition(".")[0] for name in names).most_common()


def lines(product: Iterable[str], bare: Iterable[str], costs: Mapping[str, float]) -> list[str]:
    """Few lines: how much is loaded, by whom, and the dearest imports."""
    product, bare = list(product), list(bare)
    packages = ", ".join(f"{name} {count}" for name, count in by_package(product)[:8])
    each: dict[str, float] = defaultdict(float)
    for name, took in costs.items():
        each[name.partition(".")[0]] += took
    dear = ", ".join(f"{name} {took:.0f}" for name, took in sorted(each.items(), key=lambda cost: -cost[1])[:DEAREST])
    single = sorted(costs.items(), key=lambda cost: -cost[1])[:DEAREST]
    return [
        f"  {len(product)} mô-đun · modules (bare {len(bare)}): {packages}",
        f"  nạp theo gói · imports by package, ms: {dear}",
        "  mô-đun đắt nhất · dearest modules, ms: " + ", ".join(f"{name} {took:.1f}" for name, took in single),
    ]
