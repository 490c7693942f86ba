"""A process of its own, started by cold.py: load the product's handler, answer one receive, say how long that took.

`receive_once.py EVENT.json [TRANSACTION.json]`; the second file gets the transaction that was written. The standard
library only, and nothing before the clock starts.
"""

import time

started, cpu = time.perf_counter(), time.process_time()

import json
import sys
from types import SimpleNamespace

with open(sys.argv[1], encoding="utf-8") as file:
    event = json.load(file)

from handlers.dossier_api import handler

written: list[object] = []
if len(sys.argv) > 2:
    from motcua.adapters.clients import client

    client("dynamodb").meta.events.register(
        "provide-client-params.dynamodb.TransactWriteItems", lambda params, **_: written.append(params["TransactItems"])
    )
answer = handler(event, SimpleNamespace(aws_request_id="bench"))
took = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu}

if answer["statusCode"] != 201:
    sys.exit(f"the receive was answered {answer['statusCode']}: {answer['body']}")
if len(sys.argv) > 2:
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(written[-1], file)
print(json.dumps(took | {"modules": sorted(sys.modules)}))
