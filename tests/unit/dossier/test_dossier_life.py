"""A dossier goes through acts of everybody, the queues, the sweep and the post, in any order, and its invariants hold.

`tests.kit.life.oracle` states again who may do what in which status, and what else forbids it: each attempt succeeds
exactly when it allows that. `tests.kit.life.invariants` states what holds after every step.
"""

from random import Random

import pytest
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.status import Status
from tests.kit.examples import examples
from tests.kit.life.steps import KINDS, Reached, Steps

NEVER = {
    ("give_opinion", Status.RECEIVED),  # an opinion is asked for at 4, and 2 comes before it
    ("warn", Status.PAYMENT_DUE),  # the clock stands still, and no payment expires
    ("warn", Status.PAUSED),  # the clock stands still
}
"""Allowed by the table of moves, but never reached by any life."""

LIVES, STEPS = 700, 60
NOTHING_MORE = (Status.NOT_ACCEPTED, Status.WITHDRAWN)


def live(life: int, reached: Reached) -> None:
    """Run one life, the same each time. Once nothing more may happen, only a few steps still try."""
    steps, chance, done = Steps(reached), Random(life), list[str]()  # noqa: S311 - the same each time
    try:
        steps.begins(chance)
        while len(done) < STEPS and not (steps.dossier.status in NOTHING_MORE and chance.random() < 0.2):
            done.append(chance.choice(KINDS))
            steps.does(done[-1], chance)
    except Exception as error:
        error.add_note(f"life {life}, step {len(done)}: {done[-8:]}")
        raise


@pytest.mark.thorough
def test_a_fixed_number_of_lives_comes_to_every_move() -> None:
    """Every act is done by each of its actors and in each status of the table. A machine that misses one fails."""
    reached = Reached()
    for life in range(LIVES):
        live(life, reached)
    by_doer = {(act, doer) for act, move in MOVES.items() for doer in move.doers}
    assert sorted(by_doer - {(act, doer) for act, doer, _ in reached}) == []
    by_status = {(act, status) for act, move in MOVES.items() for status in move.sources}
    assert by_status - {(act, status) for act, _, status in reached} == NEVER


CHANCE = st.randoms(use_true_random=True)
"""Seeded by hypothesis, the same each time."""


class LifeOfADossier(RuleBasedStateMachine):
    """The same steps in hypothesis's order, which shortens any sequence that breaks an invariant."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps(Reached())

    @initialize(chance=CHANCE)
    def begins(self, chance: Random) -> None:
        self.steps.begins(chance)

    @rule(step=st.sampled_from(KINDS), chance=CHANCE)
    def goes_on(self, step: str, chance: Random) -> None:
        self.steps.does(step, chance)


LifeOfADossier.TestCase.settings = examples(150, stateful_step_count=30, phases=[Phase.generate, Phase.shrink])
TestLifeOfADossier = LifeOfADossier.TestCase
