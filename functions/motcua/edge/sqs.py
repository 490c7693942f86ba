"""Queue consumers: handle each message by itself, report failed ones to SQS, make them visible after 1, 2, 4 … 60 seconds.

There are two kinds of error. *Permanent*: the use case has recorded it, and the message is done. *Retryable*: everything
raised here; after five receives SQS moves the message to the dead-letter queue, where somebody must look at it.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from motcua.adapters.clients import client
from motcua.domain.record import dataclass
from motcua.ports.post import OrderUnknownError
from motcua.ports.refusals import AlreadySettledError, FactNotCountedError, StoreBusyError, VersionMovedError
from motcua.settings import setting
from motcua.telemetry import note, note_failure

EXPECTED = (VersionMovedError, StoreBusyError, OrderUnknownError, FactNotCountedError)
"""What a second try is for: somebody was first, the store was busy, the partner was silent, a reversal overtook what it takes
back. No failure of ours."""


PASSING = (*EXPECTED, AlreadySettledError)
"""What says nothing about the message itself: it may be tried again, or is done."""


@dataclass(frozen=True, slots=True)
class Message:
    """One SQS record: its JSON body, and how often it has been received, this time included."""

    body: str
    receives: int

    @property
    def came_before(self) -> bool:
        return self.receives > 1


def consume(event: dict[str, Any], queue_url: str, work: Callable[[Message], str]) -> dict[str, Any]:
    """Run `work` on every record and return the failed ones. `work` returns its outcome in one word."""
    longest_wait = int(setting("LONGEST_RETRY_SECONDS"))
    outcomes: dict[str, int] = {}
    failures = []
    for record in event["Records"]:
        message = Message(record["body"], int(record["attributes"]["ApproximateReceiveCount"]))
        try:
            outcome = work(message)
        except AlreadySettledError:
            outcome = "repeated"
        except Exception as error:
            outcome = "again" if isinstance(error, EXPECTED) else "failed"
            if outcome == "failed":
                note_failure(error)
            wait = min(longest_wait, 2 ** (message.receives - 1))
            _show_again(queue_url, record["receiptHandle"], wait)
            failures.append({"itemIdentifier": record["messageId"]})
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    note(outcomes=outcomes, correlation_ids=correlation_ids(record["body"] for record in event["Records"]))
    return {"batchItemFailures": failures}


def _show_again(queue_url: str, receipt: str, wait: int) -> None:
    try:
        client("sqs").change_message_visibility(QueueUrl=queue_url, ReceiptHandle=receipt, VisibilityTimeout=wait)
    except Exception as error:  # the message then comes again after the queue's own time-out: later, but not lost
        note(not_shown_again=type(error).__name__)


def correlation_ids(bodies: Iterable[str]) -> list[str]:
    """Return the distinct correlation ids of the messages, for the log line of an invocation."""
    return sorted({_correlation(body) for body in bodies})


def _correlation(body: str) -> str:
    try:
        return str(json.loads(body)["correlationid"])
    except (ValueError, KeyError, TypeError):
        return "unreadable"
