"""The errors by which a write tells that somebody else was first, or that the store could not decide."""


class CounterMovedError(Exception):
    """The number is taken; `last` is the counter's present value."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


class VersionMovedError(Exception):
    """What was read (a dossier, parcel, entry or guard) has changed since."""


class AlreadySettledError(Exception):
    """The outbox item is gone: this message has already had its effect."""


class FactNotCountedError(Exception):
    """The fact that a reversal takes back is not counted yet, because its own message has not come: try again."""


class AlreadyRegisteredError(Exception):
    """The agency's own receipt was registered before: it is counted once."""


class StoreBusyError(Exception):
    """The store could not decide under contention (`TransactionConflict`, throttling). Nothing was written; try again."""


class AlreadyDoneError(Exception):
    """A command with this idempotency key was done before.

    It made `version` of `subject` (a dossier's id) from the body with this digest.
    """

    def __init__(self, subject: str, version: int, body_digest: str) -> None:
        super().__init__(subject)
        self.subject, self.version, self.body_digest = subject, version, body_digest
