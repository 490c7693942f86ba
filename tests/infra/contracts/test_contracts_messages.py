"""The queues' messages, the webhook and the report: each schema fits what the code really writes and reads."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from infra.contracts import examples, messages, other_lives
from infra.contracts.examples import sample_life as life
from infra.contracts.published import documents
from motcua.contracts.jobs.messages import JobMessage
from motcua.contracts.messages import CallbackMessage, EventMessage
from motcua.contracts.post.keep_callback import ParcelCallback
from motcua.contracts.reports.target_report import TargetReportView
from motcua.domain.event import CARRIED_BY
from tests.kit.openapi import SCHEMAS

PUBLISHED = sorted(path for path in SCHEMAS.rglob("*.v1.json"))
CARRIED = [event for event in other_lives.all_events() if event.type in CARRIED_BY]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def errors(schema: Any, value: Any) -> list[str]:
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_every_schema_is_valid_and_its_example_keeps_it() -> None:
    assert PUBLISHED
    for path in PUBLISHED:
        schema = read(path)
        Draft202012Validator.check_schema(schema)
        assert {"$schema", "$id", "title", "description"} <= set(schema), path.name
        assert errors(schema, read(path.with_name(path.name.replace(".json", ".example.json")))) == [], path.name


def test_every_event_that_a_queue_carries_has_a_schema() -> None:
    carried = {event_type.value: [queue.value for queue in queues] for event_type, queues in CARRIED_BY.items()}
    made = {name: schema["x-carried-by"] for name, schema in messages.schemas().items()}
    assert made == carried | {messages.CALLBACK: ["parcel_events"]} | {step: ["jobs"] for step in messages.JOB_STEPS}


def test_every_carried_event_type_happens_in_the_example_lives() -> None:
    assert {event.type for event in CARRIED} == set(CARRIED_BY)


def test_the_schema_holds_for_every_event_and_names_all_of_its_data() -> None:
    schemas = messages.schemas()
    for event in CARRIED:
        schema = schemas[event.type.value]
        written = json.loads(EventMessage.from_domain(event).model_dump_json())
        assert errors(schema, written) == [], event
        data = next(each for name, each in schema["$defs"].items() if name.endswith("Data"))
        assert set(written["data"]) <= set(data["properties"]), event


def test_a_message_of_another_type_is_refused() -> None:
    told = messages.examples()
    assert errors(messages.schemas()["dossier.received"], told["dossier.resolved"])


def test_what_is_published_is_what_consumers_read() -> None:
    for name, example in messages.examples().items():
        if name == messages.CALLBACK:
            assert CallbackMessage.model_validate(example).ordernumber == life.delivery().order_number
        elif name in messages.JOB_STEPS:
            assert JobMessage.model_validate(example).type == f"vn.motcua.{name}.v1"
        else:
            assert EventMessage.model_validate(example).to_domain().type.value == name


def test_no_message_holds_anything_personal() -> None:
    owner = life.OWNER
    text = json.dumps(messages.examples(), ensure_ascii=False)
    assert not [each for each in (owner.name, owner.number, owner.phone, owner.address) if each in text]


def test_the_callback_s_example_is_read_as_a_delivery() -> None:
    example = documents()["webhooks/parcel-callback.v1.example.json"]
    assert ParcelCallback.model_validate(example).to_domain() == life.delivery()


def test_the_report_s_example_shows_every_outcome() -> None:
    lines = TargetReportView.of(examples.report()).lines
    assert [(line.reached, line.missing is None) for line in lines] == [
        (True, False),
        (False, False),
        (None, False),
        (None, True),
    ]
