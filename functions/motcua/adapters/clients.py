"""Clients of AWS services, made once per process from one botocore session: boto3 would load resources nobody uses."""

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


class _OwnData(Loader):
    """botocore's data without what a client here never asks for: a cold start takes a tenth less CPU.

    Looking through 400 folders for the names of all services took 20 ms, and reading all of their regions 18 ms more.
    """

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - the base class's signature
        return ["dynamodb", "secretsmanager", "sqs"]

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        return (_REGIONS, self.BUILTIN_DATA_PATH) if name == "endpoints" else super().load_data_with_path(name)


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.get_session()
    session.register_component("data_loader", _OwnData())
    return session


@cache
def client(service: str) -> Any:
    """Return the client of `service` in this region, with credentials and endpoint of Lambda's environment."""
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
    """Return how many DynamoDB calls this process has made. Each log line reports its share, and a test limits it."""
    return _calls.made
