"""Warm: receive through the API of the stack, against the bare function through an API of the same shape on the same engine."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx

from infra.bench import request
from infra.bench.comparison import WARM, Comparison
from infra.engine.errors import LocalRunError
from infra.engine.paths import architecture
from infra.engine.this_machine import http_client
from infra.stack.deploy import ARTIFACTS, runtime
from infra.stack.sign_ins import create_person, staff_token
from infra.stack.stack import Stack

HERE = Path(__file__).parent
STACK_NAME, CODE_KEY = "motcua-bench-bare", "bench/write_transaction.zip"
EACH_ROUND = 25
"""Requests to each side in a round; the round counts with their median."""


def deploy_bare(stack: Stack, template: str) -> str:
    """Deploy the bare function with the transaction it is to write; the URL it answers at."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(HERE / "write_transaction.py", "write_transaction.py")
        archive.writestr("transaction.json", template)
    stack.client("s3").put_object(Bucket=ARTIFACTS, Key=CODE_KEY, Body=package.getvalue())
    pool = stack.client("cognito-idp").describe_user_pool(UserPoolId=stack.outputs["UserPoolId"])["UserPool"]
    parameters = {
        "CodeBucket": ARTIFACTS,
        "CodeKey": CODE_KEY,
        "Runtime": runtime(),
        "Architecture": architecture(),
        "UserPoolArn": pool["Arn"],
        "DossierTable": stack.outputs["DossierTableName"],
        "PersonTable": stack.outputs["PersonTableName"],
    }
    cloudformation = stack.client("cloudformation")
    cloudformation.create_stack(
        StackName=STACK_NAME,
        TemplateBody=(HERE / "bare.yaml").read_text(encoding="utf-8"),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=STACK_NAME, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
    made = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in made["Outputs"]}
    return f"{stack.endpoint}/_aws/execute-api/{outputs['RestApiId']}/{outputs['ApiStage']}/dossiers"


def compare(stack: Stack, bare_url: str, rounds: int, tick: Callable[[], None]) -> Comparison:
    """One request after the other, in short turns; both sides are warm before the clock runs."""
    password = create_person(stack, "bench.clerk", [request.CLERK])
    token = staff_token(stack, "bench.clerk", password)
    with http_client(timeout=30) as client:

        def turn(url: str, requests: int = EACH_ROUND) -> float:
            return median(_seconds(client, url, token) for _ in range(requests))

        url = f"{stack.api_url}/dossiers"
        turn(url), turn(bare_url)
        product, bare = [], []
        for _ in range(rounds):
            product.append(turn(url))
            bare.append(turn(bare_url))
            tick()
    return Comparison(
        f"Khi đã nóng: tiếp nhận qua API ({rounds * EACH_ROUND} yêu cầu mỗi bên)",
        f"Warm: receive through the API ({rounds * EACH_ROUND} requests to each side)",
        product,
        bare,
        WARM,
    )


def _seconds(client: httpx.Client, url: str, token: str) -> float:
    sent = request.headers(Authorization=token)
    started = time.perf_counter()
    answer = client.post(url, json=request.BODY, headers=sent)
    took = time.perf_counter() - started
    if answer.status_code != 201:
        raise LocalRunError(
            f"{url}: {answer.status_code} {answer.text[:400]}", f"{url} was answered {answer.status_code}"
        )
    return took
