"""A process of its own, started by cold.py: load boto3, write the same transaction, say how long that took.

`write_once.py TRANSACTION.json`. Nothing before the clock starts.
"""

import time

started, cpu = time.perf_counter(), time.process_time()

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    actions = json.load(file)

import boto3

boto3.client("dynamodb").transact_write_items(TransactItems=actions)
took = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu}
print(json.dumps(took | {"modules": sorted(sys.modules)}))
