"""`python -m infra.bench`: measure on a fresh embedded stack and print ratios. A benchmark, not a test: exits 0."""

import json
import os
import platform
import time
from collections.abc import Iterable

from infra.bench import calls, cold, modules, warm
from infra.bench.comparison import Comparison
from infra.engine.errors import LocalRunError, run
from infra.registry.seed import seed
from infra.simulator.process import running_partner
from infra.stack.partner_link import link_partner
from infra.stack.stack import Stack, running_stack

USUAL_ROUNDS = 13


def main() -> int:
    rounds = _rounds()
    with running_stack("bench", fresh=True, schedules=False, say=_say) as stack:
        seed(stack)
        _pause_consumers(stack)
        load = os.getloadavg()[0]
        _say(f"Python {platform.python_version()}, {os.cpu_count()} CPU, tải · load {load:.1f}, {rounds} vòng · rounds")
        processes = cold.Processes(stack)
        _tell("Số lần gọi DynamoDB mỗi lệnh · DynamoDB calls per command", _calls(stack, processes))
        template = processes.record()
        _say("Khởi động lạnh · Cold starts")
        started = cold.compare(processes, template, rounds, _tick)
        _say("Khi đã nóng · Warm requests")
        bare_url = warm.deploy_bare(stack, template)
        warmed = warm.compare(stack, bare_url, rounds, _tick)
        product, bare = processes.receive().modules, processes.write(template).modules
        loaded = modules.lines(product, bare, modules.import_costs(processes.environment))
    _tell("Nạp những gì · What a cold start loads", loaded)
    _tell("Tốc độ so với hàm trần · Speed beside a bare function", _judged(started[0], warmed, started[1:]))
    return 0


def _judged(started: Comparison, warmed: Comparison, aside: Iterable[Comparison]) -> list[str]:
    told = []
    for each in (started, warmed):
        told += [*each.lines(), f"    {each.verdict()}"]
        if each is started:
            told += [line for other in aside for line in other.lines()]
    return [f"  {line}" for line in told]


def _calls(stack: Stack, processes: cold.Processes) -> list[str]:
    state = stack.folder / "partner.json"
    state.unlink(missing_ok=True)
    with running_partner(stack.partner_port, state) as partner:
        link_partner(stack, partner)
        secret = stack.client("secretsmanager").get_secret_value(SecretId=stack.outputs["PartnerSecretArn"])
        webhook_secret = json.loads(secret["SecretString"])["webhook_secrets"][0]
        life = calls.Life(stack, webhook_secret, processes.receive)
        first = life.play()
        return calls.lines(first, life.play())


def _pause_consumers(stack: Stack) -> None:
    """Stop stream and queues: what a receive sets off would otherwise run into the next measurement."""
    client = stack.client("lambda")
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


def _rounds() -> int:
    text = os.environ.get("ROUNDS", str(USUAL_ROUNDS))
    if not text.isdecimal() or not 1 <= int(text) <= 200:
        raise LocalRunError(f"ROUNDS={text}: phải là số từ 1 đến 200", f"ROUNDS={text}: must be a number from 1 to 200")
    return int(text)


def _tick() -> None:
    print(".", end="", flush=True)


def _say(text: str) -> None:
    print(f"\n{time.strftime('%H:%M:%S')} {text}", end="", flush=True)


def _tell(title: str, lines: Iterable[str]) -> None:
    print(f"\n\n{title}", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    run(main)
