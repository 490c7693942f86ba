"""What one dossier's life costs in DynamoDB, by the handlers in this process, on the tables of the embedded engine."""

import importlib
import io
import os
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from infra.bench.calls import Life
from infra.bench.units import Meter, Units
from infra.stack.stack import Stack

FUNCTIONS = ("DossierApi", "RouteDossier", "DispatchParcel", "PartnerWebhook", "ApplyParcelEvent", "UpdateFigures")


@dataclass(slots=True)
class _Here(Life):
    """Calls the handlers themselves, so that their client can be listened to."""

    def _invoke(self, name: str, function: str, event: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - as in Life
        module = importlib.import_module("handlers." + re.sub("(?<=[a-z])(?=[A-Z])", "_", function).lower())
        answer: dict[str, Any] = module.handler(event, SimpleNamespace(aws_request_id="bench"))
        return answer


def measure(stack: Stack, webhook_secret: str) -> Units:
    """The units of one life of a dossier that goes by post; what the registry costs is read once before."""
    with patch.dict(os.environ, _environment(stack)), redirect_stdout(io.StringIO()):
        from motcua.adapters import clients as aws

        life, listened_to = _Here(stack, webhook_secret, lambda: None), aws.client("dynamodb")
        life.post()
        meter = Meter(stack.client("dynamodb"))
        meter.listen(listened_to)
        life.post()
        meter.stop(listened_to)
    return meter.units


def lines(units: Units) -> list[str]:
    return [
        (
            f"  {units.write:g} đơn vị ghi · write units, {units.read:g} đơn vị đọc · read units, {units.calls} lần gọi · calls,"
            f" {units.items} mục trong giao dịch · items in transactions"
        )
    ]


def _environment(stack: Stack) -> dict[str, str]:
    """What all of these functions are told together: no two are told different things under one name."""
    told = {
        "AWS_ENDPOINT_URL": stack.endpoint,
        "AWS_REGION": stack.region,
        "AWS_DEFAULT_REGION": stack.region,
        "AWS_ACCESS_KEY_ID": stack.access_key,
        "AWS_SECRET_ACCESS_KEY": stack.secret_key,
    }
    for name in FUNCTIONS:
        function = stack.outputs[f"{name}FunctionName"]
        deployed = stack.client("lambda").get_function_configuration(FunctionName=function)
        told |= deployed["Environment"]["Variables"]
    return told
