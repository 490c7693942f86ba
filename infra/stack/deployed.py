"""Choose the stack of an operator's command: the running `make up`, or one deployed on AWS."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from infra.engine.errors import LocalRunError
from infra.stack.stack import attach


@dataclass(frozen=True, slots=True)
class Place:
    """A stack's outputs, and a factory of clients for it."""

    client: Callable[[str], Any]
    outputs: dict[str, str]


def chosen(aws_stack: str | None) -> Place:
    """Return the stack of this name on AWS, by the person's own settings; without a name, the running `make up`."""
    if aws_stack is None:
        stack = attach("up")
        return Place(stack.client, stack.outputs)
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        described = boto3.client("cloudformation").describe_stacks(StackName=aws_stack)["Stacks"][0]
    except (BotoCoreError, ClientError) as error:  # no such profile, no region, no rights, no such stack …
        raise LocalRunError(
            f"Không đọc được stack “{aws_stack}” trên AWS: {error}",
            f"Stack “{aws_stack}” on AWS cannot be read: {error}",
        ) from error
    outputs = {item["OutputKey"]: item["OutputValue"] for item in described.get("Outputs", [])}
    return Place(cache(boto3.client), outputs)
