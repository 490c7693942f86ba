"""A process of its own, started by cold.py: load one handler, let it deal with one event, say how long that took.

`handle_once.py EVENT.json HANDLER STATUS`; status 0 is that of a consumer, which must have failed at nothing. The standard
library only, and nothing before the clock starts.
"""

import time

started, cpu = time.perf_counter(), time.process_time()

import json
import sys
from importlib import import_module
from types import SimpleNamespace

with open(sys.argv[1], encoding="utf-8") as file:
    event = json.load(file)

answer = import_module(f"handlers.{sys.argv[2]}").handler(event, SimpleNamespace(aws_request_id="bench"))
took = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu}

if answer != {"batchItemFailures": []} and answer.get("statusCode") != int(sys.argv[3]):
    sys.exit(f"{sys.argv[2]}: {answer}")
print(json.dumps(took | {"modules": sorted(sys.modules)}))
