"""Facts of the functions and their rights: each its own role, each right an exact action on one resource."""

import json
import re

import pytest

from motcua.adapters.dynamodb import keys
from tests.kit.template import (
    as_list,
    events,
    functions,
    properties,
    resources,
    statements,
    target,
    transformed,
    written,
)

FUNCTIONS = functions()
ROLES = sorted(resources("AWS::IAM::Role"))
XRAY = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}
GRANTS = [(role, statement) for role in ROLES for statement in statements(role)]


def _writers(table: str, verb: str) -> set[str]:
    return {
        role.removesuffix("Role")
        for role, statement in GRANTS
        if verb in statement["Action"] and statement["Resource"] == {"Fn::GetAtt": [table, "Arn"]}
    }


def test_a_function_runs_the_handler_of_its_name() -> None:
    words = {name: re.findall("[A-Z][a-z]+", name.removesuffix("Function")) for name in FUNCTIONS}
    named = {name: f"handlers.{'_'.join(said).lower()}.handler" for name, said in words.items()}
    assert {name: function["Handler"] for name, function in FUNCTIONS.items()} == named


def test_a_function_has_a_role_of_its_own() -> None:
    assert {name: function["Role"] for name, function in FUNCTIONS.items()} == {
        name: {"Fn::GetAtt": [name.removesuffix("Function") + "Role", "Arn"]} for name in FUNCTIONS
    }


def test_sam_makes_no_role_besides_those_that_are_written() -> None:
    assert sorted(resources("AWS::IAM::Role", transformed())) == ROLES


def test_no_role_takes_a_managed_policy() -> None:
    assert [role for role in ROLES if "ManagedPolicyArns" in properties(role, transformed())] == []


def test_a_right_says_what_it_is_for() -> None:
    assert len(GRANTS) > 50
    assert [(role, s) for role, s in GRANTS if not re.fullmatch("[A-Z][A-Za-z]+", s["Sid"])] == []


def test_a_right_names_its_actions_and_no_scan() -> None:
    granted = [(role, s["Sid"], action) for role, s in GRANTS for action in as_list(s["Action"])]
    assert [right for right in granted if "*" in right[-1] or right[-1].endswith(":Scan")] == []


def test_a_right_names_its_resource_unless_it_is_tracing() -> None:
    tracing = [s["Resource"] for _, s in GRANTS if set(as_list(s["Action"])) == XRAY]
    assert set(tracing) == {"*"}
    others = [(role, s) for role, s in GRANTS if set(as_list(s["Action"])) != XRAY]
    assert [(role, s["Sid"]) for role, s in others if "*" in json.dumps(s["Resource"])] == []


def test_personal_data_is_opened_through_dynamodb_only_by_those_who_must() -> None:
    opened = {role: s["Condition"] for role, s in GRANTS if s["Resource"] == {"Fn::GetAtt": ["PersonKey", "Arn"]}}
    assert set(opened) == {
        "DossierApiRole",
        "PublicApiRole",
        "PartnerWebhookRole",
        "DispatchParcelRole",
        "ApplyParcelEventRole",
        "RunJobRole",
    }
    for condition in opened.values():
        assert condition == {"StringEquals": {"kms:ViaService": {"Fn::Sub": "dynamodb.${AWS::Region}.amazonaws.com"}}}


def test_the_person_table_is_touched_only_by_those_who_may_open_it() -> None:
    touched = {role for role, s in GRANTS if s["Resource"] == {"Fn::GetAtt": ["PersonTable", "Arn"]}}
    assert touched == {role for role, s in GRANTS if s["Resource"] == {"Fn::GetAtt": ["PersonKey", "Arn"]}}


def test_the_registry_is_written_by_those_who_keep_it_only() -> None:
    writing = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    assert {
        (role, *sorted(writing & set(s["Action"])))
        for role, s in GRANTS
        if "RegistryTable" in json.dumps(s["Resource"]) and writing & set(s["Action"])
    } == {("RegistryApiRole", "dynamodb:PutItem")}


def test_who_keeps_the_registry_touches_jobs_and_dossiers_but_no_number_and_no_person() -> None:
    touched = {
        (key, action)
        for statement in statements("RegistryApiRole")
        if statement["Resource"] == {"Fn::GetAtt": ["DossierTable", "Arn"]}
        for key in statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
        for action in statement["Action"]
    }
    read, write = ("dynamodb:GetItem", "dynamodb:Query"), "dynamodb:PutItem"
    known = ("JOB#*", "DOSSIER#*", "IDEMPOTENCY#*")
    assert touched == {(key, action) for key in known for action in (*read, write)} | {("OUTBOX#*", write)}


def test_a_job_reads_who_owns_a_dossier_and_changes_no_person() -> None:
    (statement,) = [s for s in statements("RunJobRole") if s["Resource"] == {"Fn::GetAtt": ["PersonTable", "Arn"]}]
    assert statement["Action"] == ["dynamodb:GetItem"]


def test_the_sweep_of_deadlines_writes_dossiers_and_no_number_no_job_and_nothing_owed() -> None:
    writing = [s for s in statements("SweepDeadlinesRole") if "dynamodb:PutItem" in s["Action"]]
    assert [s["Condition"] for s in writing] == [{"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["DOSSIER#*"]}}]


def test_facts_and_reports_are_written_by_the_figure_functions_only() -> None:
    assert _writers("FigureTable", "dynamodb:PutItem") == {"UpdateFigures", "CloseMonth"}


@pytest.mark.parametrize(
    ("role", "sid"), [("PartnerWebhookRole", "OweItsApplication"), ("UpdateFiguresRole", "SettleWhatWasOwed")]
)
def test_who_only_owes_or_settles_may_touch_outbox_items_and_no_dossier(role: str, sid: str) -> None:
    (statement,) = [statement for statement in statements(role) if statement["Sid"] == sid]
    assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["OUTBOX#*"]}}


def _readers(secret: str) -> set[str]:
    return {role for role, s in GRANTS if s["Resource"] in ({"Fn::GetAtt": [secret, "Id"]}, {"Ref": secret})}


def test_the_partner_secret_is_read_by_the_two_functions_that_talk_with_the_partner() -> None:
    assert _readers("PartnerSecret") == {"PartnerWebhookRole", "DispatchParcelRole"}


def test_the_key_of_the_search_is_read_by_those_who_enter_persons() -> None:
    assert _readers("SearchSecret") == {"DossierApiRole", "PublicApiRole"}


def test_the_keys_of_links_are_read_by_those_who_make_links_and_those_who_take_them() -> None:
    assert _readers("LinkSecret") == {"DossierApiRole", "PublicApiRole"}


def test_the_key_of_the_cursors_is_read_by_those_who_answer_with_lists() -> None:
    assert _readers("CursorSecret") == {"DossierApiRole", "PublicApiRole", "RegistryApiRole", "ReportApiRole"}


def test_tracking_counts_failures_beside_numbers_and_updates_nothing_else() -> None:
    (statement,) = [each for each in statements("PublicApiRole") if "dynamodb:UpdateItem" in as_list(each["Action"])]
    assert statement["Action"] == ["dynamodb:UpdateItem"]
    assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["NUMBER#*"]}}
    assert keys.failures("0")["PK"]["S"].startswith("NUMBER#")


def test_secrets_are_read_and_nothing_else() -> None:
    granted = {action for _, s in GRANTS for action in as_list(s["Action"]) if action.startswith("secretsmanager:")}
    assert granted == {"secretsmanager:GetSecretValue"}


def test_of_persons_only_the_index_and_the_record_of_searches_are_listed_and_only_by_staff() -> None:
    listed = {
        (role, key)
        for role, s in GRANTS
        if s["Resource"] == {"Fn::GetAtt": ["PersonTable", "Arn"]} and "dynamodb:Query" in s["Action"]
        for key in s["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    }
    assert listed == {("DossierApiRole", "SEARCH#*"), ("DossierApiRole", "SEARCHED#*")}


def test_a_consumer_may_take_messages_from_its_own_queue_only() -> None:
    taken = {(role, target(s["Resource"])) for role, s in GRANTS if "sqs:ReceiveMessage" in s["Action"]}
    assert taken == {
        (function.removesuffix("Function") + "Role", target(event["Queue"])) for function, _, event in events("SQS")
    }


def test_a_function_logs_to_a_group_that_is_kept_for_a_stated_time() -> None:
    groups = {name: target(function["LoggingConfig"]["LogGroup"]) for name, function in FUNCTIONS.items()}
    kept = {name: properties(group)["RetentionInDays"] for name, group in groups.items()}
    assert kept == {name: {"Ref": "LogRetentionDays"} for name in FUNCTIONS}


def test_no_function_may_make_a_log_group() -> None:
    assert [role for role, statement in GRANTS if "logs:CreateLogGroup" in statement["Action"]] == []


def test_a_function_that_fails_raises_an_alarm() -> None:
    alarms = {name: properties(name.removesuffix("Function") + "ErrorsAlarm") for name in FUNCTIONS}
    assert {(alarm["Namespace"], alarm["MetricName"]) for alarm in alarms.values()} == {("AWS/Lambda", "Errors")}
    assert {name: alarm["Dimensions"] for name, alarm in alarms.items()} == {
        name: [{"Name": "FunctionName", "Value": {"Ref": name}}] for name in FUNCTIONS
    }


def test_every_function_is_traced_by_the_service() -> None:
    assert {function["Tracing"] for function in FUNCTIONS.values()} == {"Active"}


def test_the_operator_finds_a_function_in_the_outputs() -> None:
    named = {name.removesuffix("Name") for name in written()["Outputs"] if name.endswith("FunctionName")}
    assert named == set(FUNCTIONS)


def test_every_alarm_tells_somebody() -> None:
    for name, alarm in resources("AWS::CloudWatch::Alarm").items():
        assert alarm["Properties"]["AlarmActions"] == [{"Ref": "AlarmTopic"}], name


def test_a_relay_that_lags_behind_the_stream_raises_an_alarm() -> None:
    alarm = properties("RelayEventsIteratorAgeAlarm")
    assert (alarm["MetricName"], alarm["Dimensions"][0]["Value"]) == ("IteratorAge", {"Ref": "RelayEventsFunction"})


def test_the_alarm_topic_is_encrypted_under_a_key_that_alarms_may_use() -> None:
    assert properties("AlarmTopic")["KmsMasterKeyId"] == {"Ref": "AlarmKey"}
    principals = [
        statement["Principal"].get("Service") for statement in properties("AlarmKey")["KeyPolicy"]["Statement"]
    ]
    assert "cloudwatch.amazonaws.com" in principals


def test_nothing_but_an_outbox_item_is_ever_deleted() -> None:
    for name, role in resources("AWS::IAM::Role").items():
        for policy in role["Properties"].get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                if "dynamodb:DeleteItem" in statement["Action"]:
                    assert statement["Action"] == ["dynamodb:DeleteItem"], name
                    assert statement["Condition"] == {
                        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["OUTBOX#*"]}
                    }, name
