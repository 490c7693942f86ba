"""At the day's opening and hourly at work: report once what is near, late, expired, unanswered or uncollected.

Input: optionally `as_of` (ISO 8601 with zone, not in the future), the time to check at; else the clock.
"""

from typing import Any

from motcua import bootstrap
from motcua.contracts.schedules import SweepDeadlinesInput
from motcua.telemetry import count, note, note_failure, one_line, real_now
from motcua.usecases.deadline.sweep_deadlines import sweep_deadlines

SPARE_MS = 5000
"""Of the function's time, left for the dossier at hand and the answer; what is left over is the next sweep's."""


@one_line("sweep_deadlines")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    now = real_now()
    as_of = SweepDeadlinesInput.model_validate(event).moment(now)
    swept = sweep_deadlines(
        as_of,
        now,
        registry=bootstrap.registry(),
        dossiers=bootstrap.dossiers(),
        watched=bootstrap.next_checks(),
        enough=lambda: context.get_remaining_time_in_millis() < SPARE_MS,
    )
    for what, times in swept.said.items():
        count(f"said_{what}", times)
    if swept.failures:
        note_failure(swept.failures[0])
    if swept.unclear:
        count("unclear", swept.unclear)  # a calendar or rule is missing: a person must enter it
    if not swept.finished:
        count("cut_short")
    told = {
        "as_of": as_of.isoformat(),
        "said": dict(swept.said),
        "left": swept.left,
        "unclear": swept.unclear,
        "failed": len(swept.failures),
        "finished": swept.finished,
    }
    note(**told)
    return told
