"""The life of a parcel: a pure function of its fate and the moment of the order.

The shares and durations are invented for the demo and measure no real carrier.
"""

import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache
from pathlib import Path

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
HOLIDAYS = Path(__file__).parents[2] / "data" / "holidays.csv"
OPENS, CLOSES = time(7, 30), time(17, 0)
SUNDAY = 6
KEEPING_DAYS = 2
"""Post days between the second failed attempt and the way back. Shorter than in reality, so that a month shows it."""


class Story(StrEnum):
    AT_ADDRESS = "at_address"
    POST_OFFICE = "post_office"
    SECOND_ATTEMPT = "second_attempt"
    RETURNED = "returned"


class Code(StrEnum):
    """The simulator's own status codes, as listed in data/carrier_status.csv under the system `simulator`."""

    ORDERED = "C10"
    COLLECTED = "C20"
    IN_TRANSIT = "C30"
    OUT_FOR_DELIVERY = "C40"
    DELIVERED = "C50"
    ATTEMPT_FAILED = "C61"
    RETURNING = "C70"
    RETURNED = "C80"


UP_TO_SHARE = ((0.80, Story.AT_ADDRESS), (0.85, Story.POST_OFFICE), (0.95, Story.SECOND_ATTEMPT), (1.0, Story.RETURNED))

_START = (Code.COLLECTED, Code.IN_TRANSIT)
_FAILED = (Code.OUT_FOR_DELIVERY, Code.ATTEMPT_FAILED)
_DELIVERED = (Code.OUT_FOR_DELIVERY, Code.DELIVERED)
STEPS: dict[Story, tuple[Code, ...]] = {
    Story.AT_ADDRESS: _START + _DELIVERED,
    Story.POST_OFFICE: (*_START, Code.DELIVERED),
    Story.SECOND_ATTEMPT: _START + _FAILED + _DELIVERED,
    Story.RETURNED: _START + _FAILED + _FAILED + (Code.RETURNING, Code.RETURNED),
}
REASONS: dict[Story, tuple[str, ...]] = {
    Story.SECOND_ATTEMPT: ("recipient_absent", "recipient_absent", "weather", "carrier"),
    Story.RETURNED: ("recipient_absent", "recipient_absent", "wrong_address", "refused"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a parcel, and the callback that reports it."""

    code: Code
    occurred_at: datetime
    place: str | None = None
    reason: str | None = None


def fate_of(phone: str, earlier: Iterable[str]) -> str:
    """Return what decides a parcel's life: whom it goes to, by a digest, and which of their parcels it is.

    `earlier` are the fates of all parcels before it. Order numbers differ from run to run; whoever plays the same story again
    finds the same parcels delivered.
    """
    receiver = hashlib.sha256(phone.encode()).hexdigest()[:12]
    return f"{receiver}-{1 + sum(fate.startswith(receiver) for fate in earlier)}"


def draw(fate: str, question: str) -> float:
    """Return a number in [0, 1) that depends only on a parcel's fate and on what is asked."""
    digest = hashlib.sha256(f"{fate}/{question}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / 256**7


def story_of(fate: str) -> Story:
    chance = draw(fate, "story")
    return next(story for limit, story in UP_TO_SHARE if chance < limit)


def life(fate: str, ordered_at: datetime, story: Story) -> tuple[Moment, ...]:
    """Return the parcel's life in domain time, oldest first, each moment later than the one before."""
    moments: list[Moment] = []
    now = ordered_at.astimezone(LOCAL).replace(microsecond=0)
    for index, code in enumerate(STEPS[story]):
        again = any(moment.code is code for moment in moments)
        now = _when(code, story, again)(now, draw(fate, f"when {index}"))
        moments.append(_moment(fate, story, code, now))
    return tuple(moments)


def hurried_life(fate: str, ordered_at: datetime, story: Story, step: timedelta) -> tuple[Moment, ...]:
    """Return the same life with one `step` between its moments, for watching it (`--auto`)."""
    return tuple(_moment(fate, story, code, ordered_at + (index + 1) * step) for index, code in enumerate(STEPS[story]))


def _moment(fate: str, story: Story, code: Code, at: datetime) -> Moment:
    if code is Code.DELIVERED:
        return Moment(code, at, place="post_office" if story is Story.POST_OFFICE else "address")
    if code is Code.ATTEMPT_FAILED:
        reasons = REASONS[story]
        return Moment(code, at, place="address", reason=reasons[int(draw(fate, "reason") * len(reasons))])
    return Moment(code, at)


def _when(code: Code, story: Story, again: bool) -> Callable[[datetime, float], datetime]:
    """Return how the time of a step follows from the step before and a chance in [0, 1)."""
    match code:
        case Code.COLLECTED:
            return lambda before, chance: _post_time_after(before, timedelta(hours=1 + 7 * chance))
        case Code.IN_TRANSIT:
            return lambda before, chance: _add(before, timedelta(hours=1 + 3 * chance))
        case Code.OUT_FOR_DELIVERY:
            # The first delivery round is 1–3 post days after the parcel left; a second attempt is on the next post day.
            return lambda before, chance: _morning(before, 1 if again else 1 + int(chance * 3), chance)
        case Code.DELIVERED if story is Story.POST_OFFICE:
            return lambda before, chance: _add(
                _morning(before, 2 + int(chance * 3), chance), timedelta(hours=6 * chance)
            )
        case Code.RETURNING:
            return lambda before, chance: _add(_morning(before, KEEPING_DAYS, chance), timedelta(hours=7))
        case Code.RETURNED:
            return lambda before, chance: _add(
                _morning(before, 1 + int(chance * 2), chance), timedelta(hours=1 + chance)
            )
        case _:  # delivered at the address, or an attempt that failed: some hours into the round
            return lambda before, chance: _add(before, timedelta(minutes=30 + 420 * chance))


def _add(before: datetime, length: timedelta) -> datetime:
    return (before + length).replace(microsecond=0)


def _morning(before: datetime, post_days: int, chance: float) -> datetime:
    """Return the start of a delivery round, `post_days` post days after `before`."""
    day = before.date()
    for _ in range(post_days):
        day = _next_post_day(day)
    return _add(datetime.combine(day, OPENS, LOCAL), timedelta(minutes=90 * chance))


def _post_time_after(moment: datetime, length: timedelta) -> datetime:
    """Return `moment` plus `length` of the post's opening hours."""
    while True:
        opens, closes = (datetime.combine(moment.date(), at, LOCAL) for at in (OPENS, CLOSES))
        if _is_post_day(moment.date()) and moment < closes:
            start = max(moment, opens)
            if start + length <= closes:
                return _add(start, length)
            length -= closes - start
        moment = datetime.combine(_next_post_day(moment.date()), OPENS, LOCAL)


def _next_post_day(day: date) -> date:
    day += timedelta(days=1)
    while not _is_post_day(day):
        day += timedelta(days=1)
    return day


def _is_post_day(day: date) -> bool:
    """Return whether the post works: from Monday to Saturday, except on days off."""
    return day.weekday() != SUNDAY and day not in _days_off()


@cache
def _days_off() -> frozenset[date]:
    with HOLIDAYS.open(encoding="utf-8", newline="") as rows:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(rows) if row["kind"] == "day_off")
