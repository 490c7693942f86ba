"""The review of procedures that an order asks of departments (R4): one item by procedure, its steps, and who is late.

The review is a work item beside the procedure's versions: what was published before stays receivable meanwhile.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from motcua.domain.errors import RefusedError
from motcua.domain.principal import Role
from motcua.domain.procedure import Decision, ProcedureKind
from motcua.domain.rule_values import ReviewOrder


class ReviewState(StrEnum):
    TO_REVIEW = "to_review"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


NAMES_VI = {
    ReviewState.TO_REVIEW: "cần rà soát",
    ReviewState.PROPOSED: "đã trình",
    ReviewState.ANNOUNCED: "đã công bố",
    ReviewState.PUBLISHED: "đã công khai",
    ReviewState.WITHDRAWN: "đã bãi bỏ",
}

NAMES_EN = {state: state.value.replace("_", " ") for state in ReviewState}


class Move(NamedTuple):
    """An act: its word in Vietnamese, whose it is, from which states, to which; None = stays."""

    vi: str
    role: Role
    sources: frozenset[ReviewState]
    target: ReviewState | None


_S = ReviewState

MOVES: Mapping[str, Move] = {
    "prepare": Move("soạn", Role.OFFICER, frozenset({_S.TO_REVIEW}), None),
    "propose": Move("trình", Role.HEAD, frozenset({_S.TO_REVIEW}), _S.PROPOSED),
    "announce": Move("công bố", Role.CONTROLLER, frozenset({_S.PROPOSED}), _S.ANNOUNCED),
    "publish": Move("công khai", Role.CONTROLLER, frozenset({_S.ANNOUNCED}), _S.PUBLISHED),
    "withdraw": Move("bãi bỏ", Role.CONTROLLER, frozenset(ReviewState) - {_S.WITHDRAWN}, _S.WITHDRAWN),
}
"""Also what was published may be withdrawn: its receipt ends with that [ours]."""


@dataclass(frozen=True, slots=True)
class MinisterialDecision:
    """The decision by which a minister announced the procedure, and which the department's review rests on."""

    number: str
    date: date
    title_vi: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One procedure or work procedure on a department's work-list for the order `order` (a rule of kind review_order).

    Each step keeps the day on which it was done here, not the date of its paper; the state follows from the days.
    """

    order: str
    department_id: str
    code: str
    kind: ProcedureKind
    name_vi: str
    entered_on: date
    rests_on: MinisterialDecision | None = None
    none_applies_because: str = ""
    note: str = ""
    prepared_by: str = ""
    proposed_on: date | None = None
    proposed_by: str = ""
    announced_on: date | None = None
    decision: Decision | None = None
    published_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_because: str = ""
    withdrawal: Decision | None = None
    evidence: str = ""

    @property
    def id(self) -> str:
        return f"{self.list_id}{self.code}"

    @property
    def list_id(self) -> str:
        """How the ids of one department's items for one order begin."""
        return list_of(self.order, self.department_id)

    @property
    def steps(self) -> tuple[tuple[ReviewState, date], ...]:
        """The states that it reached, in order, each with its day."""
        days = (self.entered_on, self.proposed_on, self.announced_on, self.published_on, self.withdrawn_on)
        return tuple((state, day) for state, day in zip(ReviewState, days, strict=True) if day is not None)

    @property
    def state(self) -> ReviewState:
        return self.steps[-1][0]

    def state_on(self, day: date) -> ReviewState | None:
        """As it stood at the end of `day`; None before it was entered."""
        return next((state for state, since in reversed(self.steps) if since <= day), None)

    def completed_on(self, order: ReviewOrder) -> date | None:
        """The day on which it was done in the eyes of the order; one that is given up was dealt with on that day [ours]."""
        done = (ReviewState(order.completed_by), ReviewState.WITHDRAWN)
        return min((day for state, day in self.steps if state in done), default=None)

    def prepare(
        self, by: str, rests_on: MinisterialDecision | None, none_applies_because: str, note: str
    ) -> "ReviewItem":
        """What the officer found: the ministerial decision it rests on, or why there is none."""
        self._check("prepare")
        return replace(self, rests_on=rests_on, none_applies_because=none_applies_because, note=note, prepared_by=by)

    def propose(self, by: str, day: date) -> "ReviewItem":
        """RefusedError unless it is said what the proposal rests on, be it that no ministerial decision applies."""
        self._check("propose", day)
        if self.rests_on is None and not self.none_applies_because:
            raise RefusedError("review_rests_on_nothing", procedure=self.code)
        return replace(self, proposed_on=day, proposed_by=by)

    def announce(self, decision: Decision, day: date) -> "ReviewItem":
        self._check("announce", day)
        return replace(self, announced_on=day, decision=decision)

    def publish(self, day: date) -> "ReviewItem":
        self._check("publish", day)
        return replace(self, published_on=day)

    def withdraw(self, day: date, because: str, decision: Decision | None) -> "ReviewItem":
        self._check("withdraw", day)
        return replace(self, withdrawn_on=day, withdrawn_because=because, withdrawal=decision)

    def _check(self, act: str, day: date = date.max) -> None:
        """Raise RefusedError, naming the state and the acts that it allows, unless `act` may happen on `day`."""
        last, since = self.steps[-1]
        if last not in MOVES[act].sources:
            allowed = {name: move.vi for name, move in MOVES.items() if last in move.sources}
            raise RefusedError(
                "review_move_not_allowed",
                procedure=self.code,
                state_vi=NAMES_VI[last],
                state_en=NAMES_EN[last],
                act_vi=MOVES[act].vi,
                act_en=act,
                allowed_vi=", ".join(allowed.values()) or "—",
                allowed_en=", ".join(allowed) or "—",
            )
        if day < since:
            raise RefusedError("review_day_before_last_step", procedure=self.code, day=f"{since:%d/%m/%Y}")


def list_of(order: str, department_id: str) -> str:
    """How the ids of a department's items for an order begin."""
    return f"{order}#{department_id}#"


def last_day_in_time(order: ReviewOrder) -> date:
    """Finished *before* a day means: at the latest on the day before it."""
    return order.before - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a work-list was on a day: its items by state, when the last was completed, how many days too late.

    A list that is not complete is late as of the day that is asked for. Without items there is nothing to tell: neither
    complete nor late [ours].
    """

    counts: Mapping[ReviewState, int]
    open: int
    completed_on: date | None
    days_late: int

    @property
    def items(self) -> int:
        return sum(self.counts.values())

    @property
    def complete(self) -> bool | None:
        return self.open == 0 if self.items else None

    @property
    def in_time(self) -> bool | None:
        return self.days_late == 0 if self.items else None


def standing(items: Iterable[ReviewItem], order: ReviewOrder, day: date) -> Standing:
    """How a work-list stood at the end of `day`."""
    counts: Counter[ReviewState] = Counter()
    completed: list[date | None] = []
    for item in items:
        if state := item.state_on(day):
            counts[state] += 1
            done = item.completed_on(order)
            completed.append(done if done is not None and done <= day else None)
    still_open = completed.count(None)
    last = None if still_open else max((each for each in completed if each), default=None)
    late = max(0, ((last or day) - last_day_in_time(order)).days) if completed else 0
    return Standing({state: counts[state] for state in ReviewState}, still_open, last, late)


def standings(items: Iterable[ReviewItem], order: ReviewOrder, day: date) -> dict[str, Standing]:
    """The tracker: how each department that has a work-list stood at the end of `day`."""
    lists: dict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        lists[item.department_id].append(item)
    return {department: standing(its, order, day) for department, its in lists.items()}
