"""Clients of AWS services, made once per process from one botocore session: boto3 would load resources nobody uses."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

_CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "max_attempts": 3},
    tcp_keepalive=True,
    parameter_validation=False,  # our own tests validate what is sent: at run time it would only cost time
)


_REGIONS = {
    "version": 3,
    "partitions": [
        {
            "partition": "aws",
            "regionRegex": r"^(us|eu|ap|sa|ca|me|af|il|mx)\-\w+\-\d+$",
            "dnsSuffix": "amazonaws.com",
            "defaults": {
                "hostname": "{service}.{region}.{dnsSuffix}",
                "protocols": ["https"],
                "signatureVersions": ["v4"],
            },
            "regions": {},
            "services": {},
        }
    ],
}
"""The partition: all that is read of botocore's file of regions, since each service's own rules make its address."""


OPERATIONS = {
    "dynamodb": (
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "Query",
        "TransactGetItems",
        "TransactWriteItems",
        "UpdateItem",
    ),
    "secretsmanager": ("GetSecretValue",),
    "sqs": ("ChangeMessageVisibility", "SendMessageBatch"),
}
"""Each service that a function calls, and what it calls there. A client has no other operation."""

MODELS = Path(__file__).parent / "service_models"
"""botocore's own models of these operations, without the rest and the documentation (`make schemas` cuts them)."""


class _OwnData(Loader):
    """botocore's data without what a client here never asks for: a cold start takes a tenth less CPU.

    Looking through 400 folders for the names of all services took 20 ms, reading all of their regions 18 ms more, and the
    whole models of the services that are called 8 to 12 ms.
    """

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - the base class's signature
        return list(OPERATIONS)

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        service, _, file = name.partition("/")
        if name == "endpoints":
            return _REGIONS, self.BUILTIN_DATA_PATH
        if file.endswith("/service-2"):
            return json.loads((MODELS / f"{service}.json").read_bytes()), str(MODELS)
        return super().load_data_with_path(name)


class _OwnSession(botocore.session.Session):
    """botocore's session without what it does for services that no client here asks: 100 of its 130 handlers of events."""

    def register(self, event_name: str, handler: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        if event_name.split(".")[1:2] in ([], *([service] for service in OPERATIONS)):
            super().register(event_name, handler, *args, **kwargs)


@cache
def _session() -> botocore.session.Session:
    session = _OwnSession()
    session.register_component("data_loader", _OwnData())
    return session


@cache
def client(service: str) -> Any:
    """Return the client of `service` in this region, with credentials and endpoint of Lambda's environment."""
    made = _session().create_client(service, config=_CONFIG)
    if service == "dynamodb":
        made.meta.events.register("before-call.dynamodb", _calls.count)
        made.meta.events.register("before-parse.dynamodb.*", take_as_sent)
    return made


def take_as_sent(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object) -> None:
    """Parse what DynamoDB answers as the plain JSON that it is.

    botocore would make the same of it anew, attribute by attribute, by its model: half of what a cold receive spends on
    reading the rules. Only binary values would differ, and we store none.
    """
    plain_json = response_dict["headers"].get("content-type", "").startswith("application/x-amz-json")
    if response_dict["status_code"] < 300 and plain_json:
        customized_response_dict.update(json.loads(response_dict["body"] or b"{}"))
        response_dict["body"] = b"{}"


class _Calls:
    """Counts DynamoDB calls of this process."""

    made = 0
    told = 0

    def count(self, **_: object) -> None:
        self.made += 1


_calls = _Calls()


def calls() -> int:
    """Return how many DynamoDB calls this process has made."""
    return _calls.made


def calls_to_tell() -> int:
    """Return how many DynamoDB calls were made since this was last asked. Each log line reports its share, a test limits it.

    What a start reads ahead belongs to the first line.
    """
    made = calls()
    share, _calls.told = made - _calls.told, made
    return share
