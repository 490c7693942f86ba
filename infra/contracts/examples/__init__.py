"""An example request and answer for every operation, as they cross the wire."""

from typing import Any

from pydantic import BaseModel

from infra.contracts.examples import (
    agency,
    applicants,
    bulk,
    changes,
    corrections,
    deadlines,
    dossiers,
    inboxes,
    intake,
    linked,
    registry,
    reviews,
)

_THEMES = (
    dossiers,
    intake,
    inboxes,
    agency,
    corrections,
    registry,
    reviews,
    changes,
    bulk,
    deadlines,
    linked,
    applicants,
)

callback, report = dossiers.callback, dossiers.report


def requests() -> dict[str, dict[str, Any]]:
    """Return operation → the body of an example request, as a caller writes it."""
    bodies = {name: body for theme in _THEMES for name, body in theme.bodies().items()}
    sent = {name: body.model_dump(mode="json", by_alias=True, exclude_none=True) for name, body in bodies.items()}
    return {name: _with_links(body) for name, body in sent.items()}


def _with_links(sent: Any) -> Any:
    """Write an unknown link as null instead of leaving it out."""
    if isinstance(sent, list):
        return [_with_links(each) for each in sent]
    if not isinstance(sent, dict):
        return sent
    told = {name: _with_links(content) for name, content in sent.items()}
    return {"url": None} | told if "certainty" in told else told


def views() -> dict[str, BaseModel]:
    """Return operation → the model of its example answer."""
    return {name: view for theme in _THEMES for name, view in theme.views().items()}


def answers() -> dict[str, Any]:
    """Return operation → its example answer."""
    return {name: view.model_dump(mode="json", by_alias=True, warnings=False) for name, view in views().items()}
