"""Our shortcuts in botocore change only the time: requests and answers equal those of its own client."""

from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from motcua.adapters import clients as aws

REGION = "ap-southeast-1"
ITEM = {
    "PK": {"S": "D#1"},
    "SK": {"S": "STATE"},
    "version": {"N": "12"},
    "open": {"BOOL": True},
    "nothing": {"NULL": True},
    "nested": {"M": {"Tên": {"S": "Nguyễn Văn Mẫu"}, "each": {"L": [{"N": "1"}, {"M": {}}, {"L": []}]}}},
}
KEY = {"PK": {"S": "D#1"}, "SK": {"S": "STATE"}}
ABSENT = {"PK": {"S": "D#2"}, "SK": {"S": "STATE"}}
READINGS: dict[str, dict[str, Any]] = {
    "get_item": {"TableName": "T", "Key": KEY, "ConsistentRead": True},
    "query": {
        "TableName": "T",
        "KeyConditionExpression": "PK = :pk",
        "ExpressionAttributeValues": {":pk": {"S": "D#1"}},
        "Limit": 1,
    },
    "batch_get_item": {"RequestItems": {"T": {"Keys": [KEY, ABSENT]}}},
    "transact_get_items": {
        "TransactItems": [{"Get": {"TableName": "T", "Key": KEY}}, {"Get": {"TableName": "T", "Key": ABSENT}}]
    },
}


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ours, and botocore's own."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, REGION)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        aws.client.cache_clear()
        own: Any = aws.client("dynamodb")
        stock: Any = botocore.session.Session().create_client("dynamodb")
        stock.create_table(
            TableName="T",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")],
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        )
        stock.put_item(TableName="T", Item=ITEM)
        stock.put_item(TableName="T", Item=ITEM | {"SK": {"S": "ZZZ"}})
        yield own, stock
    aws.client.cache_clear()


@pytest.mark.parametrize("name", READINGS)
def test_an_answer_is_what_botocore_would_make_of_it(clients: Any, name: str) -> None:
    own, stock = (getattr(each, name)(**READINGS[name]) for each in clients)
    assert own.pop("ResponseMetadata")["HTTPStatusCode"] == stock.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    assert own == stock


def test_a_refusal_is_read_by_botocore(clients: Any) -> None:
    put = {
        "TableName": "T",
        "Item": KEY,
        "ConditionExpression": "attribute_not_exists(PK)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    told: list[dict[str, Any]] = []
    for each in clients:
        with pytest.raises(ClientError) as caught:
            each.transact_write_items(TransactItems=[{"Put": put}])
        told.append({name: caught.value.response.get(name) for name in ("Error", "CancellationReasons")})
    assert told[0] == told[1]
    assert told[0]["CancellationReasons"][0]["Item"] == ITEM


@pytest.mark.parametrize("service", aws.OPERATIONS)
def test_a_request_is_sent_as_botocore_would_send_it(monkeypatch: pytest.MonkeyPatch, service: str) -> None:
    """Only event handlers of other services are left out; all that touch a request of these are still there."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "f")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-3")
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "dynamodb": ("get_item", READINGS["get_item"]),
        "secretsmanager": ("get_secret_value", {"SecretId": "one"}),
        "sqs": ("change_message_visibility", {"QueueUrl": "https://q", "ReceiptHandle": "r", "VisibilityTimeout": 2}),
    }
    operation, params = asked[service]
    sent: list[tuple[Any, ...]] = []

    def note(request: Any, **_: object) -> Any:
        signed_anew = ("X-Amz-Date", "Authorization", "amz-sdk-invocation-id", "User-Agent")
        headers = {name: value for name, value in request.headers.items() if name not in signed_anew}
        sent.append((request.method, request.url, request.body, headers))
        raise InterruptedError

    for session in (aws._session(), botocore.session.Session()):
        made = session.create_client(
            service, region_name=REGION, aws_access_key_id="key", aws_secret_access_key="secret", config=aws._CONFIG
        )
        made.meta.events.register_first(f"before-send.{service}.*", note)
        with pytest.raises(InterruptedError):
            getattr(made, operation)(**params)
    assert sent[0] == sent[1]
