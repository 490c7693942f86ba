"""Clients of AWS services, made once per process from one botocore session: boto3 would load resources nobody uses here."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

_CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "max_attempts": 3},
    tcp_keepalive=True,
    parameter_validation=False,  # our own tests validate what is sent; at run time it only costs time
)


class _OwnServices(Loader):
    """Knows the services that we call; botocore's own looks through 400 folders for them (20 ms of CPU in a cold start)."""

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - the base class's signature
        return ["dynamodb", "secretsmanager", "sqs"]


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.get_session()
    session.register_component("data_loader", _OwnServices())
    return session


@cache
def client(service: str) -> Any:
    """The client of `service` in the function's region; credentials and endpoint come from the Lambda environment."""
    made = _session().create_client(service, config=_CONFIG)
    if service == "dynamodb":
        made.meta.events.register("before-call.dynamodb", _calls.count)
    return made


class _Calls:
    """Counts DynamoDB calls of this process."""

    made = 0

    def count(self, **_: object) -> None:
        self.made += 1


_calls = _Calls()


def calls() -> int:
    """How many DynamoDB calls this process has made: each log line tells its own share, and a test holds it down."""
    return _calls.made
