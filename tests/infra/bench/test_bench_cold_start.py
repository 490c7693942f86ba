"""The shortcuts of our AWS clients change only the time of a cold start.

See test_code_imports for forbidden modules.
"""

from typing import Any

import botocore.session
import pytest

from motcua.adapters import clients as aws

SERVICES = ("dynamodb", "secretsmanager", "sqs")


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
    for service in SERVICES:
        for region in stock.get_available_regions("dynamodb"):
            assert facts(own, service, region) == facts(stock, service, region)
