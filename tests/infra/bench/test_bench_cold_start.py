"""The shortcuts of our AWS clients change only the time of a cold start.

See test_code_imports for forbidden modules.
"""

import re
from typing import Any

import botocore.session
import pytest
from botocore import xform_name

from infra.stack.service_models import models
from motcua.adapters import clients as aws
from tests.kit.code import MODULES

CALLED = re.compile(r"""client(?:\("\w+"\))?\.([a-z_]+)\(""")
"""A call of an operation, as `self._client.get_item(` or `client("sqs").send_message_batch(`."""


def facts(session: botocore.session.Session, service: str, region: str) -> tuple[Any, ...]:
    """Return where a client sends its requests, and how it signs them."""
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
    for service in aws.OPERATIONS:
        for region in stock.get_available_regions("dynamodb"):
            assert facts(own, service, region) == facts(stock, service, region)


def test_the_models_are_botocores_own() -> None:
    differing = [path.name for path, text in models().items() if path.read_text(encoding="utf-8") != text]
    assert not differing, f"{differing} differ from botocore's models: run make schemas"


def test_the_models_hold_every_operation_that_is_called() -> None:
    called = {name for path in MODULES.values() for name in CALLED.findall(path.read_text(encoding="utf-8"))}
    known = {xform_name(operation) for operations in aws.OPERATIONS.values() for operation in operations}
    assert called == known
