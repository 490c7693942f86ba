"""The review of procedures that an order asks of departments (R4): one item by procedure, and the acts upon it.

The review is a work item beside the procedure's versions: what was published before stays receivable meanwhile.
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
    """An act: its word in Vietnamese, whose it is, from which states, to which; None = stays."""

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
"""Also what was published may be withdrawn: its receipt ends with that. Announced again before it is published: the
decision is mended, or the content that it announces [ours]."""


@dataclass(frozen=True, slots=True)
class MinisterialDecision:
    """The decision by which a minister announced the procedure, and which the department's review rests on."""

    number: str
    date: date
    title_vi: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What an officer found out: the ministerial decision it rests on, or why there is none."""

    rests_on: MinisterialDecision | None
    none_applies_because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Which content an act was about: the version of the catalogue's entry, and the number of the draft in it.

    0 = the catalogue had no such entry; no draft = the version in force was to stay as it is.
    """

    entry: int
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act upon an item: the day on which it was done here, not the date of its paper; by whom; what belongs to it."""

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

    It is what its steps, in order, have made of it. A return to review begins a new round: only this one's steps count.
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
        """How the ids of one department's items for one order begin."""
        return list_of(self.order, self.department_id)

    @property
    def found(self) -> Preparation | None:
        """What was prepared last, in whatever round."""
        return next((step.found for step in reversed(self.steps) if step.found), None)

    @property
    def reached(self) -> Mapping[ReviewState, date]:
        """The states of this round, in order, each with the day on which it was reached."""
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
        """The last step of this kind in this round."""
        for step in reversed(self.steps):
            if step.act == act:
                return step
            if step.target is ReviewState.TO_REVIEW:
                return None
        return None

    def as_of(self, day: date) -> "ReviewItem | None":
        """As it stood at the end of `day`; None before it was entered."""
        if day < self.entered_on:
            return None
        return replace(self, steps=tuple(step for step in self.steps if step.on <= day))

    def completed_on(self, order: ReviewOrder) -> date | None:
        """The day on which it was done in the eyes of the order; one that is given up was dealt with on that day [ours]."""
        done = (ReviewState(order.completed_by), ReviewState.WITHDRAWN)
        return min((day for state, day in self.reached.items() if state in done), default=None)

    def prepare(self, by: str, day: date, found: Preparation) -> "ReviewItem":
        """What the same day has prepared before is not kept here; the history has it."""
        last = self.steps[-1] if self.steps else None
        before = self if last is None or (last.act, last.on) != ("prepare", day) else self._before_last()
        return before._after(Step("prepare", day, by, found=found))

    def propose(self, by: str, day: date, content: Content) -> "ReviewItem":
        """RefusedError unless it is said what the proposal rests on, be it that no ministerial decision applies."""
        proposed = self._after(Step("propose", day, by, content=content))
        if self.found is None or not (self.found.rests_on or self.found.none_applies_because):
            raise RefusedError("review_rests_on_nothing", procedure=self.code)
        return proposed

    def announce(self, by: str, day: date, decision: Decision, content: Content) -> "ReviewItem":
        return self._after(Step("announce", day, by, content=content, decision=decision))

    def publish(self, by: str, day: date, content: Content) -> "ReviewItem":
        """RefusedError when `content` is no longer what was announced."""
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
        """Back to review: by the head who proposed (take_back), by the controller (send_back, reopen)."""
        return self._after(Step(act, day, by, because=because))

    def withdraw(self, by: str, day: date, because: str, decision: Decision | None) -> "ReviewItem":
        return self._after(Step("withdraw", day, by, decision=decision, because=because))

    def _before_last(self) -> "ReviewItem":
        return replace(self, steps=self.steps[:-1])

    def _after(self, step: Step) -> "ReviewItem":
        """RefusedError, naming the state and the acts that it allows, unless the step may follow on its day."""
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
    """How the ids of a department's items for an order begin."""
    return f"{order}#{department_id}#"
