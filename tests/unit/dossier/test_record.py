"""Our lazily made records behave like the standard library's dataclasses, in every comparison."""

import copy
import dataclasses
import importlib
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, astuple, field, fields, is_dataclass, replace
from typing import Any, Generic, TypeVar

import pytest

from motcua.domain import record
from tests.kit.code import MODULES, ROOT

Value = TypeVar("Value")
STANDARD: Any = dataclasses.dataclass
OURS: Any = record.dataclass


def classes(dataclass: Any) -> dict[str, Any]:
    """Return the same classes, made by the given decorator."""

    @dataclass(frozen=True, slots=True)
    class Place:
        """Where it is."""

        commune: str
        street: str = ""
        notes: tuple[str, ...] = field(default=())
        seen: list[int] = field(default_factory=list)

        @property
        def known(self) -> bool:
            return bool(self.street)

        @classmethod
        def of(cls, commune: str) -> Any:
            return cls(commune)

    @dataclass(frozen=True, slots=True)
    class House(Place):
        street: str = "Trần Phú"
        number: int = 1

    @dataclass(frozen=True, slots=True)
    class Box(Generic[Value]):
        value: Value
        label: str = "box"

    @dataclass(frozen=True, slots=True)
    class One:
        only: int

    @dataclass(frozen=True, slots=True)
    class Nothing:
        """It says nothing."""

    @dataclass(frozen=True, slots=True)
    class Checked:
        share: int

        def __post_init__(self) -> None:
            if self.share > 100:
                raise ValueError("too much")

    @dataclass(frozen=True, slots=True)
    class Secret:
        key: str

        def __repr__(self) -> str:
            return "Secret(…)"

    return {each.__name__: each for each in (Place, House, Box, One, Nothing, Checked, Secret)}


THEIRS, MADE = classes(STANDARD), classes(OURS)
ARGUMENTS: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "Place": [(("x10507",), {}), (("x10507", "Lê Lợi"), {"seen": [1]}), ((), {"commune": "a", "notes": ("b",)})],
    "House": [(("x10507",), {}), (("x10507", "Lê Lợi", (), [2], 7), {}), ((), {"number": 2, "commune": "a"})],
    "Box": [((1,), {}), (("1", "other"), {})],
    "One": [((1,), {}), ((), {"only": 2})],
    "Nothing": [((), {})],
    "Checked": [((99,), {}), ((100,), {})],
    "Secret": [(("whsec",), {})],
}
CASES = [(name, args, kwargs) for name, each in ARGUMENTS.items() for args, kwargs in each]


def both(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
    return MADE[name](*args, **kwargs), THEIRS[name](*args, **kwargs)


@pytest.mark.parametrize(("name", "args", "kwargs"), CASES)
def test_a_record_says_and_holds_the_same(name: str, args: Any, kwargs: Any) -> None:
    ours, theirs = both(name, args, kwargs)
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert astuple(ours) == astuple(theirs)
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize(("name", "args", "kwargs"), CASES)
def test_equal_records_are_equal_and_copies_too(name: str, args: Any, kwargs: Any) -> None:
    ours, copied = both(name, args, kwargs)[0], MADE[name](*args, **kwargs)
    assert ours == copied
    assert ours != THEIRS[name](*args, **kwargs)
    assert copy.copy(ours) == copy.deepcopy(ours) == replace(ours) == ours
    assert copy.deepcopy(ours) is not ours


@pytest.mark.parametrize(("name", "args", "kwargs"), CASES)
def test_hashes_are_those_of_the_values(name: str, args: Any, kwargs: Any) -> None:
    def told(value: object) -> object:
        try:
            return hash(value)
        except TypeError as error:
            return str(error)

    ours, theirs = both(name, args, kwargs)
    assert told(ours) == told(theirs)


@pytest.mark.parametrize("name", THEIRS)
def test_a_class_shows_the_same_fields(name: str) -> None:
    ours, theirs = MADE[name], THEIRS[name]
    shown = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "kw_only")
    assert [[getattr(each, part) for part in shown] for each in fields(ours)] == [
        [getattr(each, part) for part in shown] for each in fields(theirs)
    ]
    assert dataclasses.is_dataclass(MADE[name])
    assert (ours.__match_args__, ours.__slots__) == (theirs.__match_args__, theirs.__slots__)
    assert (ours.__name__, ours.__qualname__, ours.__module__) == (
        theirs.__name__,
        theirs.__qualname__,
        theirs.__module__,
    )
    assert ours.__doc__ == theirs.__doc__ or name not in ("Place", "Nothing")
    for mine, other in zip(
        inspect.signature(ours).parameters.values(), inspect.signature(theirs).parameters.values(), strict=True
    ):
        assert (mine.name, mine.kind, mine.annotation) == (other.name, other.kind, other.annotation)
        assert (mine.default is mine.empty) == (other.default is other.empty)


@pytest.mark.parametrize("name", THEIRS)
def test_a_record_is_frozen_in_the_same_words(name: str) -> None:
    args, kwargs = ARGUMENTS[name][0]

    def refused(act: Callable[[Any], object], value: Any) -> str:
        with pytest.raises(FrozenInstanceError) as caught:
            act(value)
        return str(caught.value)

    first = next((each.name for each in fields(THEIRS[name])), "")
    if not first:
        return
    for act in (lambda value: setattr(value, first, None), lambda value: delattr(value, first)):
        ours, theirs = both(name, args, kwargs)
        assert refused(act, ours) == refused(act, theirs)


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [("Place", (), {}), ("Place", (1, 2, 3, 4, 5), {}), ("One", (), {"other": 1}), ("One", (1,), {"only": 1})],
)
def test_wrong_arguments_are_refused_in_the_same_words(name: str, args: Any, kwargs: Any) -> None:
    def refused(of: Any) -> str:
        with pytest.raises(TypeError) as caught:
            of(*args, **kwargs)
        return str(caught.value)

    assert refused(MADE[name]) == refused(THEIRS[name])
    assert refused(MADE[name]) == refused(THEIRS[name]), "and when the class has been used before"


def test_what_a_class_does_itself_stays() -> None:
    assert MADE["Place"]("a", "b").known
    assert MADE["House"].of("a") == MADE["House"]("a")
    with pytest.raises(ValueError, match="too much"):
        MADE["Checked"](101)
    first, second = MADE["Place"]("a"), MADE["Place"]("a")
    assert first.seen is not second.seen


@record.dataclass(frozen=True, slots=True)
class Sent:
    """A class at module level, where pickle finds it."""

    number: int
    to: str = "skhdt"


def test_a_record_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Sent(3))) == Sent(3)  # noqa: S301 - our own, of this moment
    match Sent(4, "stc"):
        case Sent(number, to):
            assert (number, to) == (4, "stc")


def test_what_only_the_standard_library_can_do_is_refused_and_not_done_by_halves() -> None:
    with pytest.raises(TypeError, match="slots"):
        OURS(frozen=False, slots=True)
    shared = type("Shared", (), {"__annotations__": {"all": list}, "all": []})
    with pytest.raises(ValueError, match="share"):
        OURS(frozen=True, slots=True)(shared)
    for option in ({"repr": False}, {"compare": False}, {"init": False}, {"hash": True}, {"kw_only": True}):
        spoilt: Any = option
        made = field(default=1, **spoilt)
        of = type("Odd", (), {"__annotations__": {"one": int}, "one": made})
        with pytest.raises(TypeError, match="one"):
            OURS(frozen=True, slots=True)(of)


RECORDS = {
    f"{module}.{name}": value
    for module in MODULES
    for name, value in vars(importlib.import_module(module)).items()
    if isinstance(value, type) and value.__module__ == module and is_dataclass(value) and "__init__" in vars(value)
}


def test_every_record_of_the_functions_can_be_made() -> None:
    """The standard library finds faults at import. Here all records are checked at once, not at their first use."""
    assert len(RECORDS) > 150
    for each in RECORDS.values():
        given = inspect.signature(each).parameters.values()
        needed = [parameter.default is parameter.empty for parameter in given]
        assert needed == sorted(needed, reverse=True), each
        assert [parameter.name for parameter in given] == [field.name for field in fields(each)], each


def test_loading_a_record_compiles_nothing() -> None:
    code = (
        "import builtins, sys; from motcua.domain import record; told = []; run = builtins.exec\n"
        "def exec_told(*given): told.append(1); return run(*given)\n"
        "builtins.exec = exec_told\n"
        "@record.dataclass(frozen=True, slots=True)\n"
        "class Some:\n    one: int\n    two: str = ''\n"
        "made = len(told); Some(1); Some(2); print(made, len(told))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
