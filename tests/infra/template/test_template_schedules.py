"""Facts of the schedules. The embedded engine fires them as UTC whatever their zone, so the zone is tested here."""

import json

import pytest

from tests.kit.template import events, functions, properties, resources, statements, transformed, written

SCHEDULES = {name: (function, event) for function, name, event in events("ScheduleV2")}


def test_each_schedule_stands_at_its_hour() -> None:
    assert {name: (function, event["ScheduleExpression"]) for name, (function, event) in SCHEDULES.items()} == {
        "Provisional": ("CloseMonthFunction", "cron(30 0 1 * ? *)"),
        "CloseWhenDue": ("CloseMonthFunction", "cron(0 * 1-15 * ? *)"),
        "Sweep": ("SweepStalledFunction", "rate(15 minutes)"),
        "AtTheOpening": ("SweepDeadlinesFunction", "cron(0 7 * * ? *)"),
        "HourlyAtWork": ("SweepDeadlinesFunction", "cron(0 8-17 * * ? *)"),
    }


def test_every_schedule_counts_the_hours_of_vietnam() -> None:
    zones = {
        s["Properties"]["ScheduleExpressionTimezone"]
        for s in resources("AWS::Scheduler::Schedule", transformed()).values()
    }
    assert zones == {"Asia/Ho_Chi_Minh"}


def test_a_close_says_which_one_it_is() -> None:
    assert json.loads(SCHEDULES["Provisional"][1]["Input"]) == {"mode": "provisional"}
    assert json.loads(SCHEDULES["CloseWhenDue"][1]["Input"]) == {"mode": "close_when_due"}


def test_one_parameter_stops_every_schedule() -> None:
    assert all(event["State"] == {"Ref": "SchedulesEnabled"} for _, event in SCHEDULES.values())
    assert written()["Parameters"]["SchedulesEnabled"]["AllowedValues"] == ["ENABLED", "DISABLED"]


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_a_schedule_may_call_its_own_function_and_nothing_else(name: str) -> None:
    function, event = SCHEDULES[name]
    role = event["RoleArn"]["Fn::GetAtt"][0]
    assert {s["Sid"]: (s["Action"], s["Resource"]) for s in statements(role)} == {
        "CallTheFunction": ("lambda:InvokeFunction", {"Fn::GetAtt": [function, "Arn"]}),
        "KeepACallThatFailed": ("sqs:SendMessage", {"Fn::GetAtt": ["ScheduleDeadLetterQueue", "Arn"]}),
    }
    (trust,) = properties(role)["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_a_call_that_could_not_be_made_is_kept(name: str) -> None:
    assert SCHEDULES[name][1]["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["ScheduleDeadLetterQueue", "Arn"]}}


def test_a_sweep_ends_before_the_next_one_begins() -> None:
    assert functions()["SweepStalledFunction"]["Timeout"] < 15 * 60
    assert functions()["SweepDeadlinesFunction"]["Timeout"] < 60 * 60


def test_a_sweep_of_deadlines_looks_from_the_clocks_own_moment() -> None:
    assert [json.loads(SCHEDULES[name][1]["Input"]) for name in ("AtTheOpening", "HourlyAtWork")] == [{}, {}]
