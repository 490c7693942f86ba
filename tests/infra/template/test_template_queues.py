"""Facts of the queues: each is consumed or watched, and no message is lost in silence."""

import pytest

from motcua.domain.event import Queue
from tests.kit.template import events, functions, properties, resources, statements, target, written

QUEUES = resources("AWS::SQS::Queue")
WORKING = sorted(name for name, queue in QUEUES.items() if "RedrivePolicy" in queue["Properties"])
# Nobody consumes these: their messages wait for the operator.
WAITING = sorted(set(QUEUES) - set(WORKING))
CONSUMED = {target(event["Queue"]): function for function, _, event in events("SQS")}


def _alarms(queue: str, metric: str) -> list[str]:
    return [
        name
        for name, alarm in resources("AWS::CloudWatch::Alarm").items()
        if alarm["Properties"]["MetricName"] == metric
        and alarm["Properties"]["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}]
    ]


def test_there_are_five_working_queues() -> None:
    assert WORKING == ["DispatchQueue", "FiguresQueue", "JobsQueue", "ParcelEventsQueue", "RoutingQueue"]


def test_every_working_queue_has_exactly_one_consumer() -> None:
    assert sorted(target(event["Queue"]) for _, _, event in events("SQS")) == WORKING


def test_a_message_that_fails_five_times_goes_to_the_dead_letter_queue_of_its_queue() -> None:
    assert {queue: properties(queue)["RedrivePolicy"] for queue in WORKING} == {
        queue: {
            "deadLetterTargetArn": {"Fn::GetAtt": [queue.removesuffix("Queue") + "DeadLetterQueue", "Arn"]},
            "maxReceiveCount": 5,
        }
        for queue in WORKING
    }


def test_a_message_stays_hidden_for_six_times_as_long_as_its_consumer_may_run() -> None:
    hidden = {queue: properties(queue)["VisibilityTimeout"] for queue in WORKING}
    assert [queue for queue in WORKING if hidden[queue] < 6 * functions()[CONSUMED[queue]]["Timeout"]] == []


def test_one_bad_message_does_not_make_its_batch_fail() -> None:
    for function, _, event in events("SQS"):
        assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function
        assert event["BatchSize"] == (1 if function == "DispatchParcelFunction" else 10), function


def test_what_waits_for_the_operator_is_kept_for_fourteen_days() -> None:
    kept = {queue: properties(queue)["MessageRetentionPeriod"] for queue in WAITING}
    assert kept == dict.fromkeys(WAITING, 14 * 24 * 3600)


def test_what_waits_for_the_operator_raises_an_alarm_at_once_and_again_after_a_day() -> None:
    for metric in ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"):
        assert {queue: len(_alarms(queue, metric)) for queue in WAITING} == dict.fromkeys(WAITING, 1)


def test_a_queue_is_encrypted() -> None:
    assert [queue for queue in QUEUES if properties(queue)["SqsManagedSseEnabled"] is not True] == []


def test_the_operator_finds_a_queue_in_the_outputs() -> None:
    outputs = written()["Outputs"]
    assert {queue: outputs[f"{queue}Url"] for queue in QUEUES} == {queue: {"Value": {"Ref": queue}} for queue in QUEUES}


def test_the_relay_is_the_only_reader_of_the_stream_and_takes_outbox_items_only() -> None:
    ((function, _, event),) = events("DynamoDB")
    assert function == "RelayEventsFunction"
    assert event["FilterCriteria"] == {
        "Filters": [{"Pattern": '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["outbox"]}}}}'}]
    }


def test_the_relay_starts_at_the_oldest_record_and_never_reports_partial_failures() -> None:
    ((_, _, event),) = events("DynamoDB")
    assert event["StartingPosition"] == "TRIM_HORIZON"
    assert "FunctionResponseTypes" not in event  # on the embedded engine a partial failure of a stream loses the event


def test_a_batch_that_the_relay_gives_up_is_noted() -> None:
    ((_, _, event),) = events("DynamoDB")
    assert event["BisectBatchOnFunctionError"] is True
    assert target(event["DestinationConfig"]["OnFailure"]["Destination"]) == "RelayFailureQueue"


def test_a_queue_that_does_not_get_on_raises_an_alarm() -> None:
    for queue in WORKING:
        alarm = properties(f"{queue.removesuffix('Queue')}BacklogAlarm")
        assert (alarm["MetricName"], alarm["Threshold"]) == ("ApproximateAgeOfOldestMessage", 600), queue
        assert alarm["Dimensions"][0]["Value"] == {"Fn::GetAtt": [queue, "QueueName"]}


@pytest.mark.parametrize(
    ("role", "sid"), [("RelayEventsRole", "SendOnAndPark"), ("SweepStalledRole", "SendItAgain")], ids=["relay", "sweep"]
)
def test_who_carries_messages_may_send_to_every_queue_that_is_worked_on(role: str, sid: str) -> None:
    (statement,) = [statement for statement in statements(role) if statement["Sid"] == sid]
    assert {target(queue) for queue in statement["Resource"]} - {"RelayParkingQueue"} == set(WORKING)


@pytest.mark.parametrize("function", ["RelayEventsFunction", "SweepStalledFunction"])
def test_who_carries_messages_knows_every_queue_of_the_code(function: str) -> None:
    known = functions()[function]["Environment"]["Variables"]
    named = {f"{queue.name}_QUEUE_URL" for queue in Queue}
    assert {target(known[name]) for name in named} == set(WORKING)
