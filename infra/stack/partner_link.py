"""Introduce the postal-partner simulator and the stack to each other: API key, webhook secret, callback address."""

import base64
import json
import secrets

from infra.simulator.process import Partner
from infra.stack.stack import Stack


def link_partner(stack: Stack, partner: Partner, partner_id: str = "simulator") -> None:
    """Give the stack's secret its first webhook secret (the template makes only the API key) and tell the simulator."""
    manager, arn = stack.client("secretsmanager"), stack.outputs["PartnerSecretArn"]
    secret = json.loads(manager.get_secret_value(SecretId=arn)["SecretString"])
    if not secret["webhook_secrets"]:
        secret["webhook_secrets"] = ["whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()]
        manager.put_secret_value(SecretId=arn, SecretString=json.dumps(secret))
    partner.configure(
        webhook_url=f"{stack.api_url}/partners/{partner_id}/callbacks",
        secret=secret["webhook_secrets"][0],
        api_key=secret["api_key"],
    )
