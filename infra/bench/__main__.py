"""`python -m infra.bench`: measure on a fresh embedded stack and print ratios. Exits 1 when one is above its limit."""

import json
import os
import platform
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from infra.bench import calls, cold, first_events, life_cost, modules, warm
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
        with _life(stack, processes) as life:
            within = _calls(stack, life)
            template = processes.record()
            _say("Khởi động lạnh · Cold starts")
            started = cold.compare(processes, template, rounds, _tick)
            _say("Khởi động lạnh của từng hàm · Cold starts of each function")
            each = first_events.compare(stack, life, template, max(1, rounds // 3), _tick)
            _say("Khi đã nóng · Warm requests")
            bare_url = warm.deploy_bare(stack, template)
            warmed = warm.compare(stack, bare_url, rounds, _tick)
        product, bare = processes.receive().modules, processes.write(template).modules
        loaded = modules.lines(product, bare, modules.import_costs(processes.environment))
    _tell("Nạp những gì · What a cold start loads", loaded)
    _tell(
        "Khởi động lạnh của từng hàm, so với cùng hàm trần · Each function's cold start, beside the same bare one", each
    )
    judged = [*started, warmed]
    told = [f"  {line}" for comparison in judged for line in comparison.lines()]
    _tell("Tốc độ so với hàm trần · Speed beside a bare function", told)
    return 1 if not within or any(comparison.too_slow for comparison in judged) else 0


def _calls(stack: Stack, life: calls.Life) -> bool:
    """Tell what commands and a whole life cost in DynamoDB; whether no command takes more calls than it may."""
    first = life.play()
    again = life.play()
    _tell("Số lần gọi DynamoDB mỗi lệnh · DynamoDB calls per command", calls.lines(first, again))
    cost = life_cost.measure(stack, life.webhook_secret)
    _tell("Một hồ sơ qua bưu chính · A dossier's life by post", life_cost.lines(cost))
    return all(again[name] <= most for name, (_, most) in calls.COMMANDS.items())


@contextmanager
def _life(stack: Stack, processes: cold.Processes) -> Iterator[calls.Life]:
    """A dossier's life, while the postal partner runs."""
    state = stack.folder / "partner.json"
    state.unlink(missing_ok=True)
    with running_partner(stack.partner_port, state) as partner:
        link_partner(stack, partner)
        secret = stack.client("secretsmanager").get_secret_value(SecretId=stack.outputs["PartnerSecretArn"])
        yield calls.Life(stack, json.loads(secret["SecretString"])["webhook_secrets"][0], processes.receive)


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
