"""What a cold start must not load, and that the short cuts of our AWS clients change nothing but the time."""

import subprocess
import sys
from typing import Any

import botocore.session
import pytest

from infra.engine.paths import FUNCTIONS
from motcua.adapters import clients as aws

HEAVY = (
    "asyncio",  # comes with Powertools' event handler
    "aws_lambda_powertools.event_handler",
    "aws_xray_sdk",
    "aws_lambda_powertools.utilities.data_classes",
    "aws_lambda_powertools.utilities.parser",
    "boto3",
    "httpx",
    "pydantic_settings",
    "requests",
    "sqlite3",
    "xlsxwriter",
)
HANDLERS = sorted(path.stem for path in (FUNCTIONS / "handlers").glob("[!_]*.py"))
SERVICES = ("dynamodb", "secretsmanager", "sqs")


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_loads_no_heavy_module(handler: str) -> None:
    code = f"import sys, handlers.{handler}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(FUNCTIONS), "AWS_DEFAULT_REGION": "ap-southeast-1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def facts(session: botocore.session.Session, service: str, region: str) -> tuple[Any, ...]:
    """Where a client sends its requests, and how it signs them."""
    made: Any = session.create_client(
        service, region_name=region, aws_access_key_id="key", aws_secret_access_key="secret"
    )
    signer = made._request_signer
    return (
        made.meta.endpoint_url,
        made.meta.partition,
        signer.region_name,
        signer.signing_name,
        signer.signature_version,
    )


def test_our_clients_go_where_botocores_own_would(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    own, stock = aws._session(), botocore.session.Session()
    for service in SERVICES:
        for region in stock.get_available_regions("dynamodb"):
            assert facts(own, service, region) == facts(stock, service, region)
