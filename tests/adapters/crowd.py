"""Run many calls at the same moment and collect what each got: an answer or an error."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Answer = TypeVar("Answer")


def at_once(people: int, act: Callable[[int], Answer]) -> list[Answer | Exception]:
    """Call `act(0)` … `act(people - 1)`, each in a thread of its own, and none before all are ready."""
    ready = Barrier(people)

    def one(place: int) -> Answer | Exception:
        ready.wait(30)
        try:
            return act(place)
        except Exception as error:
            return error

    with ThreadPoolExecutor(people) as crowd:
        return list(crowd.map(one, range(people)))


def answers(outcomes: Sequence[Answer | Exception]) -> list[Answer]:
    """Return the answers; fail if anybody got an error."""
    assert not errors(outcomes), outcomes
    return [each for each in outcomes if not isinstance(each, Exception)]


def errors(outcomes: Sequence[object]) -> list[str]:
    """Return the names of the errors among the outcomes."""
    return [type(each).__name__ for each in outcomes if isinstance(each, Exception)]
