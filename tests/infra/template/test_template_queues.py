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


@pytest.mark.parametrize("queue", WORKING)
def test_a_message_that_fails_five_times_goes_to_the_dead_letter_queue_of_its_queue(queue: str) -> None:
    dead_letters = queue.removesuffix("Queue") + "DeadLetterQueue"
    assert properties(queue)["RedrivePolicy"] == {
        "deadLetterTargetArn": {"Fn::GetAtt": [dead_letters, "Arn"]},
        "maxReceiveCount": 5,
    }


@pytest.mark.parametrize("queue", WORKING)
def test_a_message_stays_hidden_for_six_times_as_long_as_its_consumer_may_run(queue: str) -> None:
    assert properties(queue)["VisibilityTimeout"] >= 6 * functions()[CONSUMED[queue]]["Timeout"]


@pytest.mark.parametrize(("function", "event"), [(function, event) for function, _, event in events("SQS")])
def test_one_bad_message_does_not_make_its_batch_fail(function: str, event: dict[str, object]) -> None:
    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function
    assert event["BatchSize"] == (1 if function == "DispatchParcelFunction" else 10)


@pytest.mark.parametrize("queue", WAITING)
def test_what_waits_for_the_operator_is_kept_for_fourteen_days(queue: str) -> None:
    assert properties(queue)["MessageRetentionPeriod"] == 14 * 24 * 3600


@pytest.mark.parametrize("queue", WAITING)
def test_what_waits_for_the_operator_raises_an_alarm_at_once_and_again_after_a_day(queue: str) -> None:
    assert len(_alarms(queue, "ApproximateNumberOfMessagesVisible")) == 1
    assert len(_alarms(queue, "ApproximateAgeOfOldestMessage")) == 1


@pytest.mark.parametrize("queue", sorted(QUEUES))
def test_a_queue_is_encrypted(queue: str) -> None:
    assert properties(queue)["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize("queue", sorted(QUEUES))
def test_the_operator_finds_a_queue_in_the_outputs(queue: str) -> None:
    assert written()["Outputs"][f"{queue}Url"] == {"Value": {"Ref": queue}}


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


@pytest.mark.parametrize("queue", WORKING)
def test_a_queue_that_does_not_get_on_raises_an_alarm(queue: str) -> None:
    alarm = properties(f"{queue.removesuffix('Queue')}BacklogAlarm")
    assert (alarm["MetricName"], alarm["Threshold"]) == ("ApproximateAgeOfOldestMessage", 600)
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
