"""The same cold start of every function that somebody waits for, or that many messages start, beside the same bare process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.bench import cold, request
from infra.bench.calls import Life
from infra.bench.comparison import Comparison
from infra.engine.errors import LocalRunError
from infra.stack.stack import Stack

MONTH, AFTER_IT = "2020-04", "2020-05-01T00:30:00+07:00"


@dataclass(frozen=True, slots=True)
class First:
    """A function by its name in the template and its handler, what it is to do first, and the status that it must answer."""

    vi: str
    en: str
    function: str
    handler: str
    event: Callable[[Life], dict[str, Any]]
    status: int


def _read(path: str, group: str, query: dict[str, str] | None = None) -> dict[str, Any]:
    event = request.gateway_event("GET", path, b"", request.staff(group), {})
    return event | {"body": None, "isBase64Encoded": False, "queryStringParameters": query}


FIRST = (
    First("tiếp nhận", "receive", "DossierApi", "dossier_api", lambda _: request.receive(), 201),
    First(
        "danh sách hồ sơ", "inbox", "DossierApi", "dossier_api",
        lambda _: _read("/units/mc-tinh/inbox", request.CLERK, {"status": "2"}), 200,
    ),
    First(
        "bưu chính báo trạng thái", "callback", "PartnerWebhook", "partner_webhook",
        lambda life: life.callback("0123456789ABCDEF", "C20"), 202,
    ),
    First("chuyển hồ sơ", "consumer of Routing", "RouteDossier", "route_dossier", Life.received, 0),
    First(
        "báo cáo", "report", "ReportApi", "report_api",
        lambda _: _read(f"/reports/targets/{MONTH}", "head@skhdt"), 200,
    ),
)  # fmt: skip


def compare(stack: Stack, life: Life, template: str, rounds: int, tick: Callable[[], None]) -> list[str]:
    """A ratio for each function, with how much it loads and how large its package is. They are told and not judged."""
    _make_report(stack)
    told = []
    for first in FIRST:
        processes = cold.Processes(stack, first.function)
        processes.handle(first.handler, first.event(life), first.status)
        product, bare = [], []
        for _ in range(rounds):
            product.append(processes.handle(first.handler, first.event(life), first.status))
            bare.append(processes.write(template))
            tick()
        seconds = [each.answered for each in product], [each.answered for each in bare]
        ratio = Comparison(first.vi, first.en, *seconds)
        ours = sum(name.partition(".")[0] in ("motcua", "handlers") for name in product[-1].modules)
        loaded = f"{len(product[-1].modules)} mô-đun · modules, {ours} motcua"
        told.append(
            f"  {ratio.ratio:.2f}×  {f'{first.vi} · {first.en}':<48} {loaded}; {megabytes(processes.package):.1f} MB"
        )
    return told


def megabytes(package: Path) -> float:
    """How large a function's package is, unpacked."""
    return sum(path.stat().st_size for path in package.rglob("*") if path.is_file()) / 1e6


def _make_report(stack: Stack) -> None:
    answered = stack.client("lambda").invoke(
        FunctionName=stack.outputs["CloseMonthFunctionName"],
        Payload=json.dumps({"mode": "provisional", "as_of": AFTER_IT}),
    )
    if "FunctionError" in answered:
        raise LocalRunError("Không lập được báo cáo để đo.", f"no report to be read: {answered['Payload'].read()!r}")
