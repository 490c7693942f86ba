"""All published documents, as in the files of `schemas/`."""

import json
from pathlib import Path
from typing import Any

from infra.contracts import examples, messages, moves_page, openapi
from infra.contracts.json_schema import document
from motcua.contracts.post.keep_callback import ParcelCallback
from motcua.contracts.reports.target_report import TargetReportView

FOLDER = Path(__file__).resolve().parents[2] / "schemas"


def documents() -> dict[str, Any]:
    """Return path below `schemas/` → document."""
    made: dict[str, Any] = {"openapi.json": openapi.document()}
    told = messages.examples()
    for name, schema in messages.schemas().items():
        made |= _pair(f"messages/{name}", schema, told[name])
    made |= _pair(
        "webhooks/parcel-callback",
        document(ParcelCallback, "validation", "webhook:parcel-callback:v1"),
        examples.callback().model_dump(mode="json"),
    )
    made |= _pair(
        "reports/target-report",
        document(TargetReportView, "serialization", "report:target-report:v1"),
        examples.answers()["read_target_report"],
    )
    return made


def texts() -> dict[str, str]:
    """Return path below `schemas/` → text, which is the same for the same code."""
    made = {name: json.dumps(each, ensure_ascii=False, indent=2) + "\n" for name, each in documents().items()}
    return made | {"moves.md": moves_page.page()}


def _pair(name: str, schema: Any, example: Any) -> dict[str, Any]:
    return {f"{name}.v1.json": schema, f"{name}.v1.example.json": example}
