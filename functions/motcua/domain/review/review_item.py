"""The review of procedures that an order asks of departments (R4): one item for each procedure, and the acts on it.

The review is a work item beside the procedure's versions: what was published before can still be received meanwhile.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from motcua.domain.access.principal import Role
from motcua.domain.errors import RefusedError
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Decision, ProcedureKind
from motcua.domain.rules.values import ReviewOrder


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
    """An act: its name in Vietnamese, who does it, from which states, and to which (None: the state stays)."""

    vi: str
    role: Role
    sources: frozenset[ReviewState]
    target: ReviewState | None


_S = ReviewState

MOVES: Mapping[str, Move] = {
    "prepare": Move("soạn", Role.OFFICER, frozenset({_S.TO_REVIEW}), None),
    "propose": Move("trình", Role.HEAD, frozenset({_S.TO_REVIEW}), _S.PROPOSED),
    "announce": Move("công bố", Role.CONTROLLER, frozenset({_S.PROPOSED, _S.ANNOUNCED}), _S.ANNOUNCED),
    "publish": Move("công khai", Role.CONTROLLER, frozenset({_S.ANNOUNCED}), _S.PUBLISHED),
    "take_back": Move("rút về", Role.HEAD, frozenset({_S.PROPOSED}), _S.TO_REVIEW),
    "send_back": Move("trả lại", Role.CONTROLLER, frozenset({_S.PROPOSED, _S.ANNOUNCED}), _S.TO_REVIEW),
    "reopen": Move("rà soát lại", Role.CONTROLLER, frozenset({_S.WITHDRAWN}), _S.TO_REVIEW),
    "withdraw": Move("bãi bỏ", Role.CONTROLLER, frozenset(ReviewState) - {_S.WITHDRAWN}, _S.WITHDRAWN),
}
"""The acts. What was published may be withdrawn, too: it is then no longer received. An item may be announced again
before it is published, to correct the decision or the content that it announces [ours]."""


@dataclass(frozen=True, slots=True)
class MinisterialDecision:
    """The decision by which a minister announced the procedure, on which the department's review rests."""

    number: str
    date: date
    title_vi: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What an officer found: the ministerial decision on which the procedure rests, or why none applies."""

    rests_on: MinisterialDecision | None
    none_applies_because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The content that an act was about: the version of the catalogue's entry, and the number of the draft in it.

    An entry of 0 means that the catalogue had no such entry. Without a draft, the version in force was to stay.
    """

    entry: int
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act on an item: the day on which it was done here (not the date of its paper), by whom, and its details."""

    act: str
    on: date
    by: str
    found: Preparation | None = None
    content: Content | None = None
    decision: Decision | None = None
    because: str = ""

    @property
    def target(self) -> ReviewState | None:
        return MOVES[self.act].target


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One procedure or work procedure on a department's work-list for the order `order` (a rule of kind review_order).

    Its steps, in order, make its state. A return to review begins a new round, and only the steps of that round count.
    """

    order: str
    department_id: str
    code: str
    kind: ProcedureKind
    name_vi: str
    entered_on: date
    steps: tuple[Step, ...] = ()
    evidence: str = ""

    @property
    def id(self) -> str:
        return f"{self.list_id}{self.code}"

    @property
    def list_id(self) -> str:
        """The prefix of the ids of one department's items for one order."""
        return list_of(self.order, self.department_id)

    @property
    def found(self) -> Preparation | None:
        """The last preparation, of any round."""
        return next((step.found for step in reversed(self.steps) if step.found), None)

    @property
    def reached(self) -> Mapping[ReviewState, date]:
        """The states of this round, in order, each with the day it was reached."""
        reached = {ReviewState.TO_REVIEW: self.entered_on}
        for step in self.steps:
            if step.target is ReviewState.TO_REVIEW:
                reached = {step.target: step.on}
            elif step.target is not None:
                reached.setdefault(step.target, step.on)
        return reached

    @property
    def returned_because(self) -> str:
        """Why this round began; empty in the first."""
        back = next((step for step in reversed(self.steps) if step.target is ReviewState.TO_REVIEW), None)
        return back.because if back else ""

    @property
    def state(self) -> ReviewState:
        return list(self.reached)[-1]

    def last(self, act: str) -> Step | None:
        """Return the last step of this kind in this round; None when there is none."""
        for step in reversed(self.steps):
            if step.act == act:
                return step
            if step.target is ReviewState.TO_REVIEW:
                return None
        return None

    def as_of(self, day: date) -> "ReviewItem | None":
        """Return the item as it stood at the end of `day`; None before it was entered."""
        if day < self.entered_on:
            return None
        return replace(self, steps=tuple(step for step in self.steps if step.on <= day))

    def completed_on(self, order: ReviewOrder) -> date | None:
        """Return the day on which the item was complete by the order; withdrawing it completes it, too [ours]."""
        done = (ReviewState(order.completed_by), ReviewState.WITHDRAWN)
        return min((day for state, day in self.reached.items() if state in done), default=None)

    def prepare(self, by: str, day: date, found: Preparation) -> "ReviewItem":
        """Return the item with a preparation. It replaces one of the same day, which only the history keeps."""
        last = self.steps[-1] if self.steps else None
        before = self if last is None or (last.act, last.on) != ("prepare", day) else self._before_last()
        return before._after(Step("prepare", day, by, found=found))

    def propose(self, by: str, day: date, content: Content) -> "ReviewItem":
        """Return the item as proposed.

        Raises RefusedError unless it was prepared what the proposal rests on, or why no ministerial decision applies.
        """
        proposed = self._after(Step("propose", day, by, content=content))
        if self.found is None or not (self.found.rests_on or self.found.none_applies_because):
            raise RefusedError("review_rests_on_nothing", procedure=self.code)
        return proposed

    def announce(self, by: str, day: date, decision: Decision, content: Content) -> "ReviewItem":
        return self._after(Step("announce", day, by, content=content, decision=decision))

    def publish(self, by: str, day: date, content: Content) -> "ReviewItem":
        """Return the item as published. Raises RefusedError when `content` is no longer what was announced."""
        published = self._after(Step("publish", day, by, content=content))
        announced = self.last("announce")
        if announced is not None and announced.content != content:
            raise RefusedError(
                "review_content_changed",
                procedure=self.code,
                announced=str(announced.content.entry if announced.content else 0),
                now=str(content.entry),
            )
        return published

    def give_back(self, act: str, by: str, day: date, because: str) -> "ReviewItem":
        """Send the item back to review: the head who proposed it (take_back), or the controller (send_back, reopen)."""
        return self._after(Step(act, day, by, because=because))

    def withdraw(self, by: str, day: date, because: str, decision: Decision | None) -> "ReviewItem":
        return self._after(Step("withdraw", day, by, decision=decision, because=because))

    def _before_last(self) -> "ReviewItem":
        return replace(self, steps=self.steps[:-1])

    def _after(self, step: Step) -> "ReviewItem":
        """Return the item with `step` added.

        Raises RefusedError, naming the state and the acts that it allows, when the step may not follow on its day.
        """
        state = self.state
        if state not in MOVES[step.act].sources:
            allowed = {name.replace("_", " "): move.vi for name, move in MOVES.items() if state in move.sources}
            raise RefusedError(
                "review_move_not_allowed",
                procedure=self.code,
                state_vi=NAMES_VI[state],
                state_en=NAMES_EN[state],
                act_vi=MOVES[step.act].vi,
                act_en=step.act.replace("_", " "),
                allowed_vi=", ".join(allowed.values()) or "—",
                allowed_en=", ".join(allowed) or "—",
            )
        since = self.steps[-1].on if self.steps else self.entered_on
        if step.on < since:
            raise RefusedError("review_day_before_last_step", procedure=self.code, day=f"{since:%d/%m/%Y}")
        return replace(self, steps=(*self.steps, step))


def list_of(order: str, department_id: str) -> str:
    """Return the prefix of the ids of a department's items for an order."""
    return f"{order}#{department_id}#"
