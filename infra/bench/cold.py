"""Cold: a new process loads the handler and answers its first receive; another loads boto3 and writes the same items.

Both run on the interpreter that runs the functions, and the product is the package that is deployed, with its bytecode:
what Lambda starts, apart from Lambda's own start.
"""

import json
import os
import subprocess
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.bench import request, transaction
from infra.bench.comparison import COLD, WHOLE, Comparison
from infra.engine.errors import LocalRunError
from infra.engine.paths import BUILD, environment_python
from infra.stack.stack import Stack

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Start:
    """One process. Seconds: from its first statement to its answer, of CPU meanwhile, from the call to its end."""

    answered: float
    cpu: float
    whole: float
    modules: tuple[str, ...]


class Processes:
    """Starts them, in the environment that Lambda gives the function (but with root's keys)."""

    def __init__(self, stack: Stack, name: str = "DossierApi") -> None:
        function = stack.outputs[f"{name}FunctionName"]
        self.package = BUILD / f"{name}Function"
        deployed = stack.client("lambda").get_function_configuration(FunctionName=function)
        self._folder = stack.folder / "processes"
        self._folder.mkdir(exist_ok=True)
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONPATH": str(self.package),
            "AWS_LAMBDA_FUNCTION_NAME": function,
            "AWS_ENDPOINT_URL": stack.endpoint,
            "AWS_REGION": stack.region,
            "AWS_DEFAULT_REGION": stack.region,
            "AWS_ACCESS_KEY_ID": stack.access_key,
            "AWS_SECRET_ACCESS_KEY": stack.secret_key,
            "AWS_EC2_METADATA_DISABLED": "true",
            **deployed["Environment"]["Variables"],
        }

    def receive(self) -> Start:
        return self._start("receive_once.py", self._file("event.json", json.dumps(request.receive())))

    def handle(self, handler: str, event: object, expected: int) -> Start:
        """Any function's first event; `expected` is the status that it must answer, 0 of a consumer."""
        return self._start("handle_once.py", self._file("event.json", json.dumps(event)), handler, str(expected))

    def write(self, template: str) -> Start:
        return self._start("write_once.py", self._file("write.json", transaction.fresh(template, uuid.uuid4().hex)))

    def record(self) -> str:
        """The template of the transaction that a receive writes."""
        recorded = self._folder / "recorded.json"
        event = self._file("event.json", json.dumps(request.receive(request.RECORDED_DAY)))
        self._start("receive_once.py", event, recorded)
        return transaction.template_of(json.loads(recorded.read_text(encoding="utf-8")))

    def _file(self, name: str, content: str) -> Path:
        path = self._folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def _start(self, script: str, *arguments: Path | str) -> Start:
        command = [str(environment_python("engine")), str(HERE / script), *map(str, arguments)]
        started = time.perf_counter()
        done = subprocess.run(
            command, env=self.environment, cwd=self._folder, capture_output=True, text=True, check=False
        )
        whole = time.perf_counter() - started
        if done.returncode:
            raise LocalRunError(
                f"{script} không chạy được:\n{done.stderr[-2000:]}", f"{script} failed, with the error above"
            )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return Start(told["seconds"], told["cpu"], whole, tuple(told["modules"]))


def compare(processes: Processes, template: str, rounds: int, tick: Callable[[], None]) -> list[Comparison]:
    """The judged comparison first, then the same starts as CPU time and as whole processes."""
    processes.receive(), processes.write(template)  # the files come from the disk once
    product, bare = [], []
    for _ in range(rounds):
        product.append(processes.receive())
        bare.append(processes.write(template))
        tick()
    return [
        Comparison(
            "Khởi động lạnh: nạp mã và trả lời lần tiếp nhận đầu",
            "Cold start: load, and answer the first receive",
            [each.answered for each in product],
            [each.answered for each in bare],
            COLD,
        ),
        Comparison("… tính theo CPU", "… as CPU time", [each.cpu for each in product], [each.cpu for each in bare]),
        Comparison(
            "… cả tiến trình, từ lúc gọi đến lúc kết thúc",
            "… the whole process, from its start to its end",
            [each.whole for each in product],
            [each.whole for each in bare],
            WHOLE,
        ),
    ]
