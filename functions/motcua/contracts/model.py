"""The base of every model on the wire: requests are read strictly, answers may gain fields."""

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json


class Inward(BaseModel):
    """A strict request model: an unknown field is an error, because it is probably misspelt."""

    # Each process builds the validators of the bodies that it meets, not of all (15 ms of CPU in a cold start).
    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, frozen=True, hide_input_in_errors=True, defer_build=True
    )


class Outward(BaseModel):
    """What we answer. Readers should ignore fields that they do not know."""

    model_config = ConfigDict(frozen=True, defer_build=True)


def as_json(model: BaseModel) -> str:
    """Return `model` as its `model_dump_json(by_alias=True)` would, but without its serializer.

    pydantic builds that of the whole contract before it writes the first answer: 8 ms of CPU in a cold start. What we
    answer is made of values that are checked already.
    """
    return to_json(_plain(model), inf_nan_mode="null").decode()


@cache
def _names(model: type[BaseModel]) -> dict[str, str]:
    """Return what each field of a model is called on the wire."""
    return {name: field.serialization_alias or name for name, field in model.model_fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        names = _names(type(value))
        return {names[name]: _plain(content) for name, content in vars(value).items()}
    if isinstance(value, dict):
        return {name: _plain(content) for name, content in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
