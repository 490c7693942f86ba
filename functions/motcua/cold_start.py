"""Shortcuts of a cold start, loaded by `handlers` before anything else.

What each saves stands in DECISIONS.md. `make bench` holds the whole to its limit; tests/infra/code/test_code_cold_start.py holds
the stand-ins, the annotations and the read-ahead to what they replace. A process that has loaded the real thing keeps it.
"""

import functools
import gc
import importlib.util
import sys
import typing
from collections.abc import Callable
from types import ModuleType
from typing import Any


class _Undocumented(str):
    """Stands for the documentation of one operation."""

    __slots__ = ()

    def __new__(cls, *_: object, **__: object) -> "_Undocumented":
        return super().__new__(cls)


class _StandIn(ModuleType):
    """Stands for a module, and gives whoever asks it for a name what `find` finds."""

    def __init__(self, name: str, find: Callable[[str], object]) -> None:
        super().__init__(name)
        self._find = find
        self.__spec__ = importlib.util.find_spec(name)  # the real one, for whoever looks whether there is such a module
        if self.__spec__ and self.__spec__.submodule_search_locations is not None:
            self.__path__ = list(self.__spec__.submodule_search_locations)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what Python and its tools look for in any module
            raise AttributeError(name)
        return self._find(name)


def _late(module: str, *functions: str) -> _StandIn:
    """Return what stands for `module` until somebody asks it for anything, and then gives way to it.

    `functions` may be taken from it by name: `module` is loaded when one is called.
    """

    def find(name: str) -> Any:
        if sys.modules.get(module) is stand_in:
            sys.modules.pop(module, None)
        return getattr(importlib.import_module(module), name)

    stand_in = _StandIn(module, find)
    for name in functions:
        setattr(stand_in, name, lambda *given, name=name, **named: find(name)(*given, **named))
    return stand_in


def _do_without_documentation() -> None:
    """Put stand-ins for the writers of botocore's documentation: modules that nobody here reads."""
    if "botocore.docs" in sys.modules:
        return
    import botocore  # noqa: PLC0415 - only where its stand-in is needed

    package = _late("botocore.docs")
    sys.modules[package.__name__] = vars(botocore)["docs"] = package
    docstring = _StandIn("botocore.docs.docstring", lambda _: _Undocumented)
    sys.modules[docstring.__name__] = package.docstring = docstring  # type: ignore[attr-defined] # a module takes any


def _load_package_metadata_late() -> None:
    """Put a stand-in for `importlib.metadata`: urllib3 and pydantic import it, and never use it here.

    pydantic would, for its plugins: the template turns them off (`PYDANTIC_DISABLE_PLUGINS`).
    """
    if "importlib.metadata" in sys.modules:
        return
    late = _late("importlib.metadata", "version")
    sys.modules[late.__name__] = importlib.metadata = late


# A cold start keeps all it loads: 170 garbage collections meanwhile find nothing and cost 40 ms, a tenth of its CPU.
gc.set_threshold(200_000)

# `typing` compiles each annotation that is text, which pydantic_core has 600 of, most of them the same: 6 ms. Python 3.14
# compiles none of them ahead: take this line out when the functions run on it.
typing.compile = functools.lru_cache(2048)(compile)  # type: ignore[attr-defined] # hides the built-in from that module only

_do_without_documentation()
_load_package_metadata_late()

# botocore reaches urllib3 fifteen imports deep. There the frames of its long regular expressions cross the end of a chunk of
# the interpreter's stack, which Python takes from the system and gives back at each call: one to two thousand times, 12 ms a
# thousand.
import urllib3  # noqa: E402, F401 - after the stand-ins, which it would load
