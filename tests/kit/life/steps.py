"""The steps of a dossier's life: people's attempts, time, queues, the post and the sweep.

Each is checked when it is done.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from random import Random

import pytest

from motcua.domain.dossier.dossier import ChannelOut, Dossier
from motcua.domain.dossier.moves.move import Actor
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.errors import ConflictError, InvalidError, MotcuaError
from motcua.domain.event import Event, EventType, Queue
from motcua.domain.local_time import LOCAL
from motcua.domain.post.parcel import FINAL, ParcelState
from motcua.domain.status import Status
from motcua.ports.post import OrderUnknownError
from motcua.ports.refusals import AlreadySettledError
from motcua.problems import words
from motcua.usecases.dossier_command import CommandResult
from tests.kit.life.invariants import Witness
from tests.kit.life.oracle import doer_of, refusals, sees, working_days_before
from tests.kit.life.whole_life import ACTS, CLOSED, LINKED_ONES, PLAIN, Attempt, Life

LENGTHS = [timedelta(minutes=1), timedelta(minutes=50), timedelta(hours=5), *map(timedelta, (1, 2, 7, 33))]
MOMENTS = [time(7), time(11, 30), time(15), time(15, 0, 1), time(17), time(0)]
LAST_DAY = datetime(2025, 1, 1, tzinfo=LOCAL)
"""No life goes on after this day, because the calendars end with 2027."""

SELDOM = {"refuse", "withdraw", "refuse_after_appraisal"}
"""Acts that end a life are tried less often than others."""

STRAIGHT_ON = ("accept", "resolve", "finish_leg", "take_over")
"""The first possible act of these leads towards the result."""

REPORTS = [*ParcelState, ParcelState.LOST, ParcelState.DELIVERED, ParcelState.DELIVERED, "", "unheard of"]
INCREDIBLE = {"report_from_the_future", "report_before_ready", "report_before_collection", "unknown_carrier_code"}

Reached = Counter[tuple[str, Actor, Status]]


class Steps:
    """One life. `reached` counts the acts done, by actor and status."""

    def __init__(self, reached: Reached) -> None:
        self.reached = reached
        self.life = Life()
        self.witness = Witness(self.life)
        self.last: tuple[Callable[[], CommandResult], Dossier] | None = None
        self.ended = dict[str, ParcelState]()
        self.pace = 4

    @property
    def dossier(self) -> Dossier:
        return self.life.dossier

    def does(self, kind: str, chance: Random) -> None:
        """Do one step of this kind."""
        getattr(self, kind)(chance)

    def begins(self, chance: Random) -> None:
        """Begin a life, at its start or some way on, so that every end is within reach."""
        start = chance.choice(
            ["online"] * 4 + ["counter"] * 4 + ["post", "post", "transitional", "transitional", "refused"]
        )
        if start in ("online", "post") and chance.random() < 0.3:
            self.life.now = CLOSED
        self.pace = chance.choice([1, 4])
        procedure = chance.choice([*PLAIN, *LINKED_ONES, *LINKED_ONES])
        asks = chance.choice(["", "", "supplement", "payment"])
        self.life.begin(start, procedure.code, chance.choice(list(ChannelOut)), asks)
        self.witness.looks()
        if chance.random() < 0.3:
            self.time_passes(chance)
            self.the_sweep_comes(chance)
        way = chance.choice([(), (), STRAIGHT_ON, (*STRAIGHT_ON, "return")])
        while self._is_brought_on(way, chance):
            pass

    def _is_brought_on(self, way: Sequence[str], chance: Random) -> bool:
        """Do one step straight towards the result, and return whether there was one."""
        if way and self.dossier.status is Status.RECEIVED:
            self.the_queue_routes(chance)
        for act in way:
            if able := self._able(act, chance):
                self.attempts(able)
                return True
        return False

    def _able(self, act: str, chance: Random) -> Attempt | None:
        """Return an attempt of somebody who may do the act now, or None."""
        candidates = list(self.life.candidates(act))
        chance.shuffle(candidates)
        return next((attempt for attempt in candidates if refusals(self.life, attempt) is None), None)

    # time

    def time_passes(self, chance: Random) -> None:
        if self.life.now < LAST_DAY:
            self.life.now += chance.choice(LENGTHS)

    def an_hour_strikes(self, chance: Random) -> None:
        today = datetime.combine(self.life.now.date(), chance.choice(MOMENTS), LOCAL)
        self.life.now = today if today >= self.life.now else today + timedelta(days=1)

    def a_date_of_its_own_comes(self, chance: Random) -> None:
        """Move time to one of the dossier's own dates, or to the second after it."""
        dossier, due = self.dossier, self.dossier.due_at
        dates = [
            dossier.answer_by,
            due,
            *(wait.expires_at for wait in dossier.waits),
            *(leg.due_at for leg in dossier.legs),
        ]
        dates += [working_days_before(due, days) for days in (1, 2)] if due else []
        dates += [dossier.paper.due_at] if dossier.paper else []
        to_come = [each for each in dates if each and self.life.now < each < LAST_DAY]
        if to_come:
            self.life.now = chance.choice(to_come) + timedelta(seconds=chance.choice([0, 0, 1]))

    # people

    def attempts(self, attempt: Attempt) -> None:
        """Do an attempt.

        It succeeds exactly when the oracle allows it, with the event and status of the table of moves.
        """
        life, before, written = self.life, self.dossier, len(self.life.store.log)
        persons, expected, doer = life.store.persons[life.id], refusals(life, attempt), doer_of(life, attempt)
        command = life.prepared(attempt)
        refused: MotcuaError | None = None
        try:
            done = command()
        except MotcuaError as error:
            refused = error
        if refused:
            assert expected is not None, (attempt.act, refused.code, before.status)
            assert isinstance(refused, expected[0]), (attempt.act, refused.code, expected)
            assert refused.code in expected[1], (attempt.act, refused.code, expected)
            told_in_words(refused, attempt, before)
            assert (self.dossier, len(life.store.log), life.store.persons[life.id]) == (before, written, persons)
            return
        assert expected is None, (attempt.act, expected, before.status)
        assert doer is not None
        assert done == CommandResult(self.dossier)
        life.noted(attempt, before)
        self.last = command, done.dossier
        follows_the_table(attempt, before, done.dossier, life.store.log[written:])
        self.reached[attempt.act, doer, before.status] += 1
        self.witness.looks()

    def _in_turn(self) -> list[str]:
        return [act for act in sorted(ACTS) if self.dossier.status in MOVES[act].sources]

    def those_whose_turn_it_is_act(self, chance: Random) -> None:
        for _ in range(chance.randint(1, self.pace)):
            in_turn = self._in_turn()
            if not in_turn:
                return
            act = chance.choices(in_turn, [1 if act in SELDOM else 6 for act in in_turn])[0]
            anyhow = chance.choice(list(self.life.candidates(act)))
            self.attempts(self._able(act, chance) or anyhow)

    def somebody_is_held_up(self, chance: Random) -> None:
        """Try an act that role and status allow, but something else forbids."""
        in_turn = self._in_turn()
        chance.shuffle(in_turn)
        for act in in_turn:
            candidates = list(self.life.candidates(act))
            chance.shuffle(candidates)
            for attempt in candidates:
                expected = refusals(self.life, attempt)
                if expected and not expected[1] & {"dossier_not_found", "role_needed"}:
                    self.attempts(attempt)
                    return

    def anybody_tries_anything(self, chance: Random) -> None:
        for _ in range(3):
            act = chance.choices(sorted(ACTS), [1 if act in SELDOM else 6 for act in sorted(ACTS)])[0]
            self.attempts(chance.choice(list(self.life.candidates(act))))

    def the_last_command_comes_again_and_is_answered_as_it_was(self, _: Random) -> None:
        if self.last is None:
            return
        (command, answered), written = self.last, self.life.store.log.copy()
        assert command() == CommandResult(answered, replayed=True)
        assert self.life.store.log == written

    def somebody_acts_on_an_old_sight_of_it(self, chance: Random) -> None:
        before, act = self.dossier, chance.choice(sorted(ACTS))
        if before.version == 1:
            return
        attempt, seen = chance.choice(list(self.life.candidates(act))), chance.randint(1, before.version - 1)
        with pytest.raises(MotcuaError) as refused:
            self.life.prepared(attempt, seen)()
        if sees(attempt.by, before) and act != "accept":  # whoever may not accept is told that first
            assert isinstance(refused.value, ConflictError)
            assert refused.value.faults[0].params["version"] == str(before.version)
            assert refused.value.faults[0].params["status_code"] == str(before.status.code)
        assert self.dossier == before

    # queues, the post and the sweep

    def the_queue_routes(self, chance: Random) -> None:
        """Deliver routing messages at any time and in any order. They leave a dossier alone that is not at status 2."""
        owed, before = self.life.owed(Queue.ROUTING), self.dossier
        if not owed:
            return
        settles, event = chance.choice(owed)
        moved = self.life.routed(settles, event)
        assert moved is (before.status is Status.RECEIVED)
        if moved:
            assert (self.dossier.status, self.dossier.version) == (Status.IN_PROCESS, before.version + 1)
            self.reached["transfer", Actor.SYSTEM, before.status] += 1
        else:
            assert self.dossier == before
        self._comes_too_late(lambda: self.life.routed(settles, event))
        self.witness.looks()

    def the_queue_orders_the_parcel(self, chance: Random) -> None:
        owed = self.life.owed(Queue.DISPATCH)
        if not owed:
            return
        settles, event = chance.choice(owed)
        answer, tried = chance.choice(["taken", "taken", "refused", "silent"]), chance.random() < 0.5
        try:
            self.life.dispatched(settles, event, answer, tried)
        except OrderUnknownError:
            assert settles in self.life.store.owed
            assert answer == "silent"
        else:
            self._comes_too_late(lambda: self.life.dispatched(settles, event, answer, tried))
        self.witness.looks()

    def _comes_too_late(self, message: Callable[[], object]) -> None:
        written = self.life.store.log.copy()
        with pytest.raises(AlreadySettledError):
            message()
        assert self.life.store.log == written

    def the_carrier_reports(self, chance: Random) -> None:
        """Report on any parcel of the dossier, also on those that were given up as lost."""
        for _ in range(chance.randint(1, 3) if self.life.store.parcels else 0):
            order, state = chance.choice(sorted(self.life.store.parcels)), chance.choice(REPORTS)
            at = self.life.now - timedelta(hours=chance.choice([0, 0, 1, 24, -1]))
            self._reports(order, state, at, chance.choice(["address", "address", "post_office", ""]))

    def _reports(self, order: str, state: str, at: datetime, place: str) -> None:
        before, parcel = self.dossier, self.life.store.parcels[order]
        try:
            self.life.reported(order, state, at, place)
        except InvalidError as error:
            assert error.code in INCREDIBLE  # noqa: PT017 - either outcome is right, and each has its own promise
            assert (self.dossier, self.life.store.parcels[order]) == (before, parcel)
            return
        assert self.life.store.parcels[order].version == parcel.version + 1
        assert self.dossier.version - before.version in (0, 1)
        if self.dossier.status is not before.status:
            assert (before.status, self.dossier.status) == (Status.RESULT_READY, Status.RETURNED)
            assert order == f"{before.id}-{before.parcels}"
            self.reached["return", Actor.POST, before.status] += 1
        self.witness.looks()
        for ended, final in self.ended.items():
            assert self.life.store.parcels[ended].state is final, "nothing undoes a final state"
        self.ended = {name: each.state for name, each in self.life.store.parcels.items() if each.state in FINAL}

    def the_sweep_comes(self, chance: Random) -> None:
        life, written = self.life, len(self.life.store.log)
        as_of, before = life.now - timedelta(hours=chance.choice([0, 0, 0, 3])), self.dossier
        swept = life.swept(as_of)
        assert (swept.failures, swept.left, swept.unclear, swept.finished) == ([], 0, 0, True)
        for event in life.store.log[written:]:
            act = "warn" if event.type is EventType.DOSSIER_WARNED else "remind"
            assert event.type is MOVES[act].event
            self.reached[act, Actor.SYSTEM, before.status] += 1
        assert self.dossier.status is before.status
        if before.changed_at > as_of:
            assert self.dossier == before, "what was true then is stale"
        elif before.status in (Status.RECEIVED, Status.IN_PROCESS) and past(before, as_of):
            assert any(said.startswith("late@") for said in self.dossier.warned)
        self.witness.looks()
        assert life.swept(as_of).said.total() == 0, "each thing is said once"


def past(dossier: Dossier, at: datetime) -> bool:
    """Return whether `at` is more than a day after the due date."""
    return dossier.due_at is not None and dossier.due_at + timedelta(days=1) < at


def told_in_words(error: MotcuaError, attempt: Attempt, dossier: Dossier) -> None:
    """Check that a refusal has its texts, and that one by the table of moves names the status and the allowed acts."""
    for fault in error.faults:
        assert all(words(fault))
    if error.code == "move_not_allowed":
        params = error.faults[0].params
        in_turn = [act for act, move in sorted(MOVES.items()) if dossier.status in move.sources]
        by_people = [act for act in in_turn if MOVES[act].doers != (Actor.SYSTEM,)]
        assert (params["act"], params["status"]) == (attempt.act, str(dossier.status.code))
        assert params["allowed"] == (", ".join(by_people) or "—")


def follows_the_table(attempt: Attempt, before: Dossier, after: Dossier, new: list[Event]) -> None:
    """Check that there is one event, that of the move, and a second only when an acceptance also asks for something."""
    move, own = MOVES[attempt.act], [event for event in new if event.subject == before.id]
    asked = attempt.act == "accept" and bool(attempt.told)
    assert own[0].type is move.event
    assert len(own) == after.version - before.version == 1 + asked
    assert after.status in (move.to or {before.status})
    if before.waiting and move.to == {Status.RECEIVED, Status.IN_PROCESS}:
        assert after.status is before.waiting.back_to
    if attempt.act == "accept":
        by_what = {"": Status.RECEIVED, "supplement": Status.SUPPLEMENT_REQUESTED, "payment": Status.PAYMENT_DUE}
        assert after.status is by_what[attempt.told]


WEIGHTS = {
    Steps.those_whose_turn_it_is_act: 10,
    Steps.anybody_tries_anything: 3,
    Steps.somebody_is_held_up: 4,
    Steps.time_passes: 3,
    Steps.an_hour_strikes: 2,
    Steps.a_date_of_its_own_comes: 3,
    Steps.the_sweep_comes: 3,
    Steps.the_queue_routes: 3,
    Steps.the_queue_orders_the_parcel: 3,
    Steps.the_carrier_reports: 4,
    Steps.the_last_command_comes_again_and_is_answered_as_it_was: 1,
    Steps.somebody_acts_on_an_old_sight_of_it: 1,
}
KINDS = [name for step, weight in WEIGHTS.items() for name in [step.__name__] * weight]
"""Every kind of step, as often as its weight says."""
