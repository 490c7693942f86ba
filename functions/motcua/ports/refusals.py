"""The ways in which a write finds that somebody else was first."""


class CounterMovedError(Exception):
    """The number was taken; `last` is the counter's present value."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


class VersionMovedError(Exception):
    """The dossier or parcel was changed since it was read."""


class AlreadySettledError(Exception):
    """The outbox item is gone: this message had its effect before."""


class FactNotCountedError(Exception):
    """What a reversal takes back is not counted: its own message has not come yet, so try again."""


class AlreadyRegisteredError(Exception):
    """What an agency received itself was registered before: it is counted once."""


class StoreBusyError(Exception):
    """The store could not decide under contention (`TransactionConflict`, throttling). Nothing was written; try again."""


class AlreadyDoneError(Exception):
    """A command with this idempotency key was done: it made `version` of `subject` (a dossier's id) out of this body."""

    def __init__(self, subject: str, version: int, body_digest: str) -> None:
        super().__init__(subject)
        self.subject, self.version, self.body_digest = subject, version, body_digest
