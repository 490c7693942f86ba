"""The errors that the rules raise. Each names a code of `motcua.problems`, which holds its words and its HTTP status.

MotcuaError
├── InvalidError    a field is not what it must be
├── RefusedError    a rule forbids it; the rule is named
├── ForbiddenError  this person may not do it
├── NotFoundError   it does not exist, or not for this person
└── ConflictError   it was changed meanwhile, or done already
"""

from collections.abc import Iterable
from dataclasses import field

from motcua.domain.record import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one field: where (JSON Pointer), which (code of `motcua.problems`), and its text's parameters."""

    code: str
    pointer: str = ""
    params: dict[str, str] = field(default_factory=dict)


class MotcuaError(Exception):
    """The root of all errors. `code` names the problem as a whole, `faults` its places. Texts hold no personal data."""

    def __init__(self, code: str, pointer: str = "", **params: object) -> None:
        self.code = code
        self.faults: tuple[Fault, ...] = (Fault(code, pointer, {name: str(value) for name, value in params.items()}),)
        super().__init__(code)


class InvalidError(MotcuaError):
    """A field is missing or malformed."""

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> "InvalidError":
        """Return one error with all faults of a request, so that a clerk corrects the form in one go."""
        error = cls("invalid_fields")
        error.faults = tuple(faults)
        return error


class RefusedError(MotcuaError):
    """The request is well formed, but a rule refuses it. `rule` is the rule's identifier and its legal basis."""

    def __init__(self, code: str, pointer: str = "", *, rule: str = "", **params: object) -> None:
        super().__init__(code, pointer, rule=rule, **params)
        self.rule = rule


class ForbiddenError(MotcuaError):
    """The person is known and may not do this."""


class NotFoundError(MotcuaError):
    """There is no such thing, or none that this person may know of."""


class ConflictError(MotcuaError):
    """Somebody else was first: the state is not the one that the caller saw."""
