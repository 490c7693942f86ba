"""An example request and answer for every operation, as they cross the wire."""

from typing import Any

from infra.contracts.examples import changes, dossiers, registry, reviews

_THEMES = (dossiers, registry, reviews, changes)

callback, report = dossiers.callback, dossiers.report


def requests() -> dict[str, dict[str, Any]]:
    """Operation → the body of an example request, as a caller writes it."""
    bodies = {name: body for theme in _THEMES for name, body in theme.bodies().items()}
    return {name: body.model_dump(mode="json", by_alias=True, exclude_none=True) for name, body in bodies.items()}


def answers() -> dict[str, Any]:
    """Operation → its example answer."""
    views = {name: view for theme in _THEMES for name, view in theme.views().items()}
    return {name: view.model_dump(mode="json", by_alias=True, warnings=False) for name, view in views.items()}
