"""Every 15 minutes: send messages pending for longer than ten minutes to their queue again, five times at most."""

from typing import Any

from motcua import bootstrap
from motcua.telemetry import count, note, one_line, real_now
from motcua.usecases.operations.sweep_stalled import sweep_stalled


@one_line("sweep_stalled")
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    swept = sweep_stalled(real_now(), bootstrap.outbox())
    note(sent_again=swept.sent_again, stuck=swept.stuck)
    if swept.sent_again:
        count("sent_again", swept.sent_again)
    if swept.stuck:
        count("stuck", swept.stuck)
    return {"sent_again": swept.sent_again, "stuck": swept.stuck}
