"""The standard library's `dataclass(frozen=True, slots=True)`, made when it is first used and not when it is loaded.

The standard library writes and compiles six functions for every such class, which was half of what our modules cost a cold
start; a request makes records of a third of the classes that it loads. Here `__init__` is compiled by the first record, the
fields are listed for whoever first asks for them, and what remains needs no compiling. A record is as fast as theirs, and
`fields`, `replace`, `asdict`, `copy` and `pickle` take it for theirs; tests/unit/dossier/test_record.py holds it to that.

To do without it, import `dataclass` from `dataclasses` again.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # to the type checker it is the standard library's
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Make records of a class that is written as for `dataclasses.dataclass`."""
        if not (frozen and slots):
            raise TypeError("frozen records with slots only; others are made by dataclasses.dataclass")
        return _record_class


@dataclasses.dataclass(init=False, repr=False, eq=False)
class _Sample:
    """Has a docstring, for without one the library writes its signature into it, which costs a cold start 5 ms."""

    field: None


_A_FIELD = dataclasses.fields(_Sample)[0]._field_type  # type: ignore[attr-defined] # how `fields` knows what is none
__all__ = ["dataclass"]

_INIT = "def __init__(self{parameters}) -> None:\n {body}"


class _Layout:
    """What the fields of a class are called, of which type they are, and what they are unless they are given."""

    def __init__(self, cls: type) -> None:
        self.types: dict[str, Any] = {}
        self.defaults: dict[str, Any] = {}
        for base in reversed(cls.__mro__[1:]):
            if isinstance(above := base.__dict__.get("__dataclass_fields__"), _Fields):
                self.types |= above.layout.types
                self.defaults |= above.layout.defaults
        own = cls.__annotations__
        self.slots = tuple(name for name in own if name not in self.types)
        self.types |= own
        for name in own:
            if name in cls.__dict__:
                self.defaults[name] = _checked(name, cls.__dict__[name])


def _checked(name: str, default: Any) -> Any:
    """Return `default`. Raises TypeError or ValueError for what only the standard library's decorator can handle."""
    if isinstance(default, Field):
        usual = default.init and default.repr and default.compare and default.hash is None
        if not usual or default.metadata or default.kw_only is True:
            raise TypeError(f"{name}: a field of a record has a default or a factory, and no other options")
    elif default.__class__.__hash__ is None:
        raise ValueError(f"{name}: all records would share one mutable default; use default_factory")
    return default


class _Fields:
    """Stands for `__dataclass_fields__`, and lists them for whoever first asks."""

    def __init__(self, layout: _Layout) -> None:
        self.layout = layout
        self._listed: dict[str, Field[Any]] = {}

    def __get__(self, record: object, cls: type) -> "dict[str, Field[Any]]":
        if not self._listed:
            self._listed = {name: self._field(name) for name in self.layout.types}
        return self._listed

    def _field(self, name: str) -> "Field[Any]":
        default = self.layout.defaults.get(name, MISSING)
        made: Field[Any] = default if isinstance(default, Field) else dataclasses.field(default=default)
        made.name, made.type, made.kw_only = name, self.layout.types[name], False
        made._field_type = _A_FIELD  # type: ignore[attr-defined]
        return made


class _Init:
    """Stands for `__init__`, and compiles it for the first record. From then on the class has it as any other."""

    def __init__(self, layout: _Layout) -> None:
        self._layout = layout

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, record: object, cls: type) -> Any:
        made = self._compiled()
        self._owner.__init__ = made  # type: ignore[misc]
        return made if record is None else made.__get__(record, cls)

    def _compiled(self) -> Any:
        known: dict[str, Any] = {"__set": object.__setattr__, "__absent": MISSING}
        parameters, body = "", []
        for name in self._layout.types:
            default, value = self._layout.defaults.get(name, MISSING), name
            if isinstance(default, Field):
                if default.default_factory is not MISSING:
                    known[f"__make_{name}"], default = default.default_factory, MISSING
                    parameters += f", {name}=__absent"
                    value = f"__make_{name}() if {name} is __absent else {name}"
                    body.append(f"__set(self, {name!r}, {value})")
                    continue
                default = default.default
            if default is MISSING:
                parameters += f", {name}"
            else:
                known[f"__default_{name}"] = default
                parameters += f", {name}=__default_{name}"
            body.append(f"__set(self, {name!r}, {name})")
        if hasattr(self._owner, "__post_init__"):
            body.append("self.__post_init__()")
        exec(_INIT.format(parameters=parameters, body="\n ".join(body) or "pass"), known)  # noqa: S102 - of our own names
        made = known["__init__"]
        made.__annotations__ |= self._layout.types
        made.__qualname__, made.__module__ = f"{self._owner.__qualname__}.__init__", self._owner.__module__
        return made


def _record_class(cls: type) -> type:
    """Return `cls` made anew, because slots cannot be added to an existing class."""
    layout = _Layout(cls)
    values = _values_of(tuple(layout.types))

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    content: dict[str, Any] = _SHARED | {"__eq__": equal, "__hash__": hashed} | dict(cls.__dict__)
    for name in (*layout.types, "__dict__", "__weakref__"):
        content.pop(name, None)
    if "__eq__" in cls.__dict__ and cls.__dict__.get("__hash__") is None:
        content["__hash__"] = hashed  # Python takes the hash from a class that has its own __eq__
    content |= {
        "__init__": _Init(layout),
        "__slots__": layout.slots,
        "__match_args__": tuple(layout.types),
        "__dataclass_fields__": _Fields(layout),
        "__qualname__": cls.__qualname__,
    }
    return type(cls)(cls.__name__, cls.__bases__, content)


def _values_of(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """Return a function that takes the values of these fields out of a record."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)  # one name would give no tuple


def _repr(self: Any) -> str:
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({told})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {
    "__repr__": _repr,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
