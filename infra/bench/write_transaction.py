"""The bare function: reads the body, writes the product's own transaction under fresh keys, logs one line, answers."""

import base64
import json
import uuid
from pathlib import Path
from typing import Any

import boto3

TEMPLATE = Path(__file__).with_name("transaction.json").read_text(encoding="utf-8")
dynamodb = boto3.client("dynamodb")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    body = json.loads(base64.b64decode(event["body"]))
    name = uuid.uuid4().hex
    dynamodb.transact_write_items(TransactItems=json.loads(TEMPLATE.replace("{fresh}", name)))
    print(json.dumps({"level": "INFO", "message": "write_transaction", "request_id": context.aws_request_id}))
    answer = {"id": name, "procedure_code": body["procedure_code"]}
    return {"statusCode": 201, "headers": {"Content-Type": "application/json"}, "body": json.dumps(answer)}
