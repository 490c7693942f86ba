"""botocore's models of the AWS services that the functions call, cut down to the operations that they call.

botocore unpacks and reads the whole model of a service for its client: 57 operations of DynamoDB with their documentation, of
which we call seven. What is written here is botocore's own, word for word. tests/infra/bench holds both equal.
"""

import json
from pathlib import Path
from typing import Any

from botocore.loaders import create_loader

from infra.engine.errors import run
from motcua.adapters.clients import MODELS, OPERATIONS

Model = dict[str, Any]


def models() -> dict[Path, str]:
    """Return the text of each file, by its path."""
    loader = create_loader()
    return {
        MODELS / f"{service}.json": _text(_cut(loader.load_service_model(service, "service-2"), names))
        for service, names in OPERATIONS.items()
    }


def _cut(model: Model, names: tuple[str, ...]) -> Any:
    """Return `model` with these operations, and the shapes that their requests, answers and errors are made of."""
    operations = {name: model["operations"][name] for name in sorted(names)}
    shapes: Model = {}
    wanted = _shapes_in(operations)
    while wanted:
        name = wanted.pop()
        if name not in shapes:
            shapes[name] = model["shapes"][name]
            wanted |= _shapes_in(shapes[name])
    return _undocumented(model | {"operations": operations, "shapes": dict(sorted(shapes.items()))})


def _shapes_in(part: Any) -> set[str]:
    """Return the names of the shapes that a part of a model refers to."""
    match part:
        case dict():
            own = {part["shape"]} if isinstance(part.get("shape"), str) else set()
            return own.union(*map(_shapes_in, part.values()))
        case list():
            return set().union(*map(_shapes_in, part))
    return set()


def _undocumented(part: Any) -> Any:
    """Return a part of a model without its documentation. A member may have that name, too: it is no text then."""
    match part:
        case dict():
            return {
                name: _undocumented(value)
                for name, value in part.items()
                if not (name == "documentation" and isinstance(value, str))
            }
        case list():
            return [_undocumented(each) for each in part]
    return part


def _text(model: Any) -> str:
    return json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> None:
    """`python -m infra.stack.service_models`: write the models anew."""
    for path, text in models().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    run(main)
