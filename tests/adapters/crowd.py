"""Many at the same moment: what each of them got, an answer or an error."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

Answer = TypeVar("Answer")


def at_once(people: int, act: Callable[[int], Answer]) -> list[Answer | Exception]:
    """`act(0)` … `act(people - 1)`, each in a thread of its own, none before all stand ready."""
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
    """The answers, where nobody may have got an error."""
    assert not errors(outcomes), outcomes
    return [each for each in outcomes if not isinstance(each, Exception)]


def errors(outcomes: Sequence[object]) -> list[str]:
    """The names of the errors among the outcomes."""
    return [type(each).__name__ for each in outcomes if isinstance(each, Exception)]
