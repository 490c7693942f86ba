"""Handlers in process, on moto: fast, and with the tables and queues that the template declares."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from moto import mock_aws

from infra.local.seed import registry_rows
from motcua.adapters.aws import client
from motcua.adapters.item import item
from tests.handlers.cloud import CREDENTIALS, WEBHOOK_SECRETS, Cloud, forget_process
from tests.handlers.post_office import PostOffice
from tests.infra.template import resources, table_definition, written

NAMED_HERE = re.compile(
    r"PROCEDURE#(2\.001610|2\.001199|1\.008455|2\.000815|2\.000635) PROCEDURE"
    r"|UNIT (mc-)?(h288|h290|x10507|tinh|s.*|t.*|vp.*|bql.*)"
    r"|RULE (?!calendar|carrier_status).*|RULE calendar#202[01]|RULE carrier_status#simulator"
)
ROWS = [row for row in registry_rows() if NAMED_HERE.fullmatch(f"{row['PK']} {row['SK']}")]
"""The shipped registry without what no test here names: writing and reading all of it takes half a second each time."""


@contextmanager
def made_cloud() -> Iterator[Cloud]:
    with pytest.MonkeyPatch.context() as patched, mock_aws():
        for name, value in CREDENTIALS.items():
            patched.setenv(name, value)
        dynamodb, sqs = client("dynamodb"), client("sqs")
        names = {name: str(each["Default"]) for name, each in written()["Parameters"].items() if "Default" in each}
        names |= {"Stage": "local", "PartnerId": "simulator", "PartnerUrl": "http://127.0.0.1:9/nobody-listens-here"}
        for name in ("Dossier", "Person", "Registry", "Figure"):
            dynamodb.create_table(**table_definition(f"{name}Table") | {"TableName": name})
            names[f"{name}Table"] = name
        for start in range(0, len(ROWS), 25):
            rows = [{"PutRequest": {"Item": item(row)}} for row in ROWS[start : start + 25]]
            dynamodb.batch_write_item(RequestItems={"Registry": rows})
        for queue in resources("AWS::SQS::Queue"):
            names[queue] = sqs.create_queue(QueueName=queue)["QueueUrl"]
        agreed = json.dumps({"webhook_secrets": WEBHOOK_SECRETS, "api_key": "api-key-1"})
        secret = client("secretsmanager").create_secret(Name="partner", SecretString=agreed)
        names["PartnerSecret"] = secret["ARN"]
        forget_process()
        yield Cloud(dynamodb, sqs, names)
        forget_process()


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    """An empty system."""
    with made_cloud() as made:
        yield made


@pytest.fixture(scope="module")
def shared_cloud() -> Iterator[Cloud]:
    """One system for all tests of a module that write nothing, or do not mind what others wrote."""
    with made_cloud() as made:
        yield made


@pytest.fixture
def post_office(cloud: Cloud) -> Iterator[PostOffice]:
    """The postal partner of `cloud`, on a port of this machine."""
    with PostOffice() as post:
        cloud.names["PartnerUrl"] = post.url
        yield post


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """What the functions have written to their log since the last look, line by line."""

    def look() -> list[str]:
        written_out = capsys.readouterr()
        assert written_out.err == ""
        return written_out.out.splitlines()

    return look
