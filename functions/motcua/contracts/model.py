"""The base of every model on the wire: requests are read strictly, answers may gain fields."""

from pydantic import BaseModel, ConfigDict


class Inward(BaseModel):
    """A strict request model: an unknown field is an error, because it is probably misspelt."""

    # Each process builds the validators of the bodies that it meets, not of all (15 ms of CPU in a cold start).
    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, frozen=True, hide_input_in_errors=True, defer_build=True
    )


class Outward(BaseModel):
    """What we answer. Readers should ignore fields that they do not know."""

    model_config = ConfigDict(frozen=True, defer_build=True)
