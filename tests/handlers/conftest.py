"""Handlers in process, on moto: fast, and with the template's tables and queues."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import dynamodb_backends
from moto.sqs.models import sqs_backends

from infra.registry.seed import registry_entries
from motcua.adapters.clients import take_as_sent
from motcua.adapters.dynamodb import keys
from motcua.adapters.dynamodb.item import item
from motcua.adapters.registry.rows import row_of
from tests.kit.moto_cloud import CREDENTIALS, LINK_KEY, WEBHOOK_SECRETS, Cloud
from tests.kit.moto_tables import Remembered, copied, share_items
from tests.kit.post_office import PostOffice
from tests.kit.template import resources, table_definition, written

ACCOUNT, REGION = "123456789012", CREDENTIALS["AWS_REGION"]
TABLES = ("Dossier", "Person", "Registry", "Figure")

NAMED_HERE = re.compile(
    r"procedure#(2\.001610|2\.001199|1\.008455|2\.000815|2\.000635)"
    r"|unit#(mc-)?(tinh|vp-ubnd|skhdt|stp|vpdkdd|h288|x10507)"
    r"|rule#.*|calendar#202[01]|carrier#.*|carrier_code#simulator#.*"
)
ROWS = [
    keys.entry(entry.kind, entry.id) | item(row_of(entry))
    for entry in registry_entries()
    if NAMED_HERE.fullmatch(entry.subject)
]
"""The part of the shipped registry that tests here use. Writing and reading all of it takes half a second each time."""


def _value_as_it_is(
    serializer: Any,
    serialized: Any,
    value: Any,
    shape: Any,
    key: str,
    slowly: Any = BaseJSONSerializer._serialize_type_structure,
) -> None:
    """Write an attribute value as moto holds it: as JSON already.

    Moto looks for each of its ten types under four names, in each value inside it, too: most of the tests' time.
    """
    if shape.name == "AttributeValue" and isinstance(value, dict):
        serializer._default_serialize(serialized, value, shape, key)
    else:
        slowly(serializer, serialized, value, shape, key)


@cache
def client(service: str) -> Any:
    """Return a client for the tests, whose reads do not count as calls of the functions."""
    make: Any = boto3.client  # the stubs know each service by a literal name only
    made = make(service)
    if service == "dynamodb":
        made.meta.events.register("before-parse.dynamodb.*", take_as_sent)
    return made


@pytest.fixture(scope="module")
def remembered() -> Iterator[Remembered]:
    """Yield a quicker moto. What it remembers is dropped when its tables are reset."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseJSONSerializer, "_serialize_type_structure", _value_as_it_is)
        yield share_items(patched)


@pytest.fixture(scope="module")
def system(remembered: Remembered) -> Iterator[Cloud]:
    """Tables, queues and secrets, for the tests of one module."""
    with pytest.MonkeyPatch.context() as patched, mock_aws():
        for name, value in CREDENTIALS.items():
            patched.setenv(name, value)
        dynamodb, sqs = client("dynamodb"), client("sqs")
        names = {name: str(each["Default"]) for name, each in written()["Parameters"].items() if "Default" in each}
        names |= {"Stage": "local", "PartnerId": "simulator", "PartnerUrl": "http://127.0.0.1:9/nobody-listens-here"}
        for name in TABLES:
            dynamodb.create_table(**table_definition(f"{name}Table") | {"TableName": name})
            names[f"{name}Table"] = name
        for start in range(0, len(ROWS), 25):
            rows = [{"PutRequest": {"Item": row}} for row in ROWS[start : start + 25]]
            dynamodb.batch_write_item(RequestItems={"Registry": rows})
        for queue in resources("AWS::SQS::Queue"):
            names[queue] = sqs.create_queue(QueueName=queue)["QueueUrl"]
        agreed = json.dumps({"webhook_secrets": WEBHOOK_SECRETS, "api_key": "api-key-1"})
        secret = client("secretsmanager").create_secret(Name="partner", SecretString=agreed)
        names["PartnerSecret"] = secret["ARN"]
        key = json.dumps({"key": "a key of the search that is long enough"})
        names["SearchSecret"] = client("secretsmanager").create_secret(Name="search", SecretString=key)["ARN"]
        key = json.dumps({"key": "a key of the cursors that is long enough"})
        names["CursorSecret"] = client("secretsmanager").create_secret(Name="cursors", SecretString=key)["ARN"]
        keys = json.dumps({"1": LINK_KEY})
        names["LinkSecret"] = client("secretsmanager").create_secret(Name="links", SecretString=keys)["ARN"]
        yield Cloud(dynamodb, sqs, names)


@pytest.fixture
def cloud(system: Cloud, remembered: Remembered) -> Iterator[Cloud]:
    """Yield a system for one test. Its writes, messages and changes are undone inside moto."""
    tables, queues = dynamodb_backends[ACCOUNT][REGION].tables, sqs_backends[ACCOUNT][REGION].queues
    kept = {name: copied(tables[name].items) for name in TABLES}
    made = Cloud(system.dynamodb, system.sqs, dict(system.names))
    made.restart()
    yield made
    for name in TABLES:
        tables[name].items = kept[name]
    remembered.restored()
    for queue in queues.values():
        queue._messages.clear()


@pytest.fixture(scope="module")
def shared_cloud(system: Cloud) -> Cloud:
    """Return one system for all tests of a module that write nothing or tolerate what others wrote."""
    system.restart()
    return system


@pytest.fixture
def post_office(cloud: Cloud) -> Iterator[PostOffice]:
    """The postal partner of `cloud`, on a port of this machine."""
    with PostOffice() as post:
        cloud.names["PartnerUrl"] = post.url
        yield post


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Return a function that reads the new log lines since its last call."""

    def look() -> list[str]:
        written_out = capsys.readouterr()
        assert written_out.err == ""
        return written_out.out.splitlines()

    return look
