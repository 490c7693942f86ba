"""One embedded stack for all of these tests, with template.yaml deployed and the postal partner running."""

import base64
import json
import secrets
from collections.abc import Iterator

import pytest

from infra.registry.seed import seed
from infra.simulator.process import running_partner
from infra.stack.partner_link import link_partner
from infra.stack.stack import Stack, running_stack
from tests.e2e.system import SHORT_DELAYS, System

WEBHOOK_SECRETS = tuple("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
"""Both are valid: the new one, with which the partner signs, and the one that it replaces."""


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """Yield the running system.

    Tests share it: each uses its own dossiers, days and months, and leaves no pending message.
    """
    with running_stack("test", fresh=True, schedules=False, parameters=SHORT_DELAYS, say=lambda _: None) as stack:
        seed(stack)
        _agree_on_secrets(stack)
        state = stack.folder / "partner.json"
        state.unlink(missing_ok=True)
        with running_partner(stack.partner_port, state) as partner:
            link_partner(stack, partner)
            running = System(stack, partner, WEBHOOK_SECRETS)
            try:
                yield running
            finally:
                running.close()


@pytest.fixture(autouse=True)
def leaves_nothing_owed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Check that the test leaves no pending message, and clear any away so that the other tests stay meaningful."""
    if "system" not in request.fixturenames:
        yield
        return
    console = request.getfixturevalue("system").console
    yield
    try:
        console.settle(patience=20)
        assert not console.dead_letters()
    finally:
        console.clear_away()


def _agree_on_secrets(stack: Stack) -> None:
    manager, arn = stack.client("secretsmanager"), stack.outputs["PartnerSecretArn"]
    agreed = json.loads(manager.get_secret_value(SecretId=arn)["SecretString"])
    manager.put_secret_value(SecretId=arn, SecretString=json.dumps(agreed | {"webhook_secrets": WEBHOOK_SECRETS}))
