"""The only place where adapters meet use cases. Each part is made when it is first needed, once per process."""

import os
import random
import secrets
import time
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from motcua.adapters.clients import client
from motcua.ports.dossiers import DossierContext
from motcua.settings import SettingMissingError, setting, starts_ahead

if TYPE_CHECKING:  # what only some functions need is imported where it is made: a cold start pays for what it uses
    from motcua.adapters.dossier.dossiers import DynamoDossiers
    from motcua.adapters.dossier.finder import DynamoFinder
    from motcua.adapters.dossier.next_checks import DynamoNextChecks
    from motcua.adapters.dossier.tracking import DynamoTracking
    from motcua.adapters.dynamodb.cursor import Cursors
    from motcua.adapters.jobs.jobs import DynamoJobs
    from motcua.adapters.outbox.outbox import DynamoOutbox, Queues
    from motcua.adapters.post.callbacks import DynamoCallbacks
    from motcua.adapters.post.postal_partner import HttpPostalPartner
    from motcua.adapters.registry.ledger import DynamoLedger
    from motcua.adapters.registry.registry import DynamoRegistry
    from motcua.adapters.reports.figures import DynamoFigures, DynamoReports
    from motcua.adapters.secrets.link_signing import LinkSigner
    from motcua.adapters.secrets.partner_secret import PartnerSecrets
    from motcua.adapters.secrets.search_keys import SearchKeys

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_JITTER = random.SystemRandom()
"""No state to be found again in each environment that starts from one snapshot."""

if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
    # botocore's waits come from Python's own generator, whose state is part of the snapshot: all would wait the same. The
    # module is Lambda's, of Python 3.12 and newer.
    from snapshot_restore_py import register_after_restore  # type: ignore[import-not-found]

    register_after_restore(random.seed)


def new_id() -> str:
    """Return an id of a dossier or a job: sixteen characters, 80 random bits, without letters that people misread."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(16))


def pause(attempt: int) -> None:
    """Wait with full jitter before the next try in a crowd: up to 20, 40, 80 … 640 ms."""
    time.sleep(_JITTER.uniform(0, 0.02 * 2 ** min(attempt, 5)))


@cache
def dossiers() -> "DynamoDossiers":
    from motcua.adapters.dossier.dossiers import DynamoDossiers

    tables = setting("DOSSIER_TABLE"), setting("PERSON_TABLE")
    return DynamoDossiers(client("dynamodb"), *tables, search_keys=search_keys)


@cache
def search_keys() -> "SearchKeys":
    from motcua.adapters.secrets.search_keys import SearchKeys

    return SearchKeys(client("secretsmanager"), setting("SEARCH_SECRET_ARN"))


@cache
def links() -> "LinkSigner":
    from motcua.adapters.secrets.link_signing import LinkSigner

    return LinkSigner(client("secretsmanager"), setting("LINK_SECRET_ARN"))


@cache
def cursors() -> "Cursors":
    from motcua.adapters.dynamodb.cursor import Cursors

    return Cursors(client("secretsmanager"), setting("CURSOR_SECRET_ARN"))


@cache
def finder() -> "DynamoFinder":
    from motcua.adapters.dossier.finder import DynamoFinder

    return DynamoFinder(client("dynamodb"), setting("DOSSIER_TABLE"), setting("PERSON_TABLE"), search_keys)


@cache
def tracking() -> "DynamoTracking":
    from motcua.adapters.dossier.tracking import DynamoTracking

    return DynamoTracking(client("dynamodb"), setting("DOSSIER_TABLE"))


@cache
def registry() -> "DynamoRegistry":
    from motcua.adapters.registry.registry import DynamoRegistry

    remembered = int(setting("REGISTRY_MEMORY_SECONDS"))
    return DynamoRegistry(client("dynamodb"), setting("REGISTRY_TABLE"), remembered_seconds=remembered)


def read_ahead() -> None:
    """Begin to read what almost every command needs, at the end of a start that somebody waits for: Lambda's own, on demand.

    The connection, the call and its answer then cost no time of their own. A start ahead of a request reads nothing, for a
    snapshot should hold no connection and no rules; nor does a test that loads a handler.
    """
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ and not starts_ahead():
        with suppress(SettingMissingError):  # the request that needs it names it
            registry().read_ahead()


@cache
def ledger() -> "DynamoLedger":
    from motcua.adapters.registry.ledger import DynamoLedger

    seen = int(setting("CHANGE_IS_SEEN_SECONDS"))
    return DynamoLedger(client("dynamodb"), setting("REGISTRY_TABLE"), setting("DOSSIER_TABLE"), change_is_seen=seen)


@cache
def jobs() -> "DynamoJobs":
    from motcua.adapters.jobs.jobs import DynamoJobs

    return DynamoJobs(client("dynamodb"), setting("DOSSIER_TABLE"))


@cache
def next_checks() -> "DynamoNextChecks":
    from motcua.adapters.dossier.next_checks import DynamoNextChecks

    return DynamoNextChecks(client("dynamodb"), setting("DOSSIER_TABLE"))


@cache
def dossier_context() -> DossierContext:
    from motcua.adapters.dossier.dossiers import DynamoCounters

    counters = DynamoCounters(client("dynamodb"), setting("DOSSIER_TABLE"))
    return DossierContext(dossiers(), counters, registry(), new_id, pause)


@cache
def queues() -> "Queues":
    from motcua.adapters.outbox.outbox import Queues
    from motcua.domain.event import Queue

    urls = {queue.value: setting(f"{queue.name}_QUEUE_URL") for queue in Queue}
    return Queues(client("sqs"), urls | {"parking": os.environ.get("PARKING_QUEUE_URL", "")})


@cache
def outbox() -> "DynamoOutbox":
    from motcua.adapters.outbox.outbox import DynamoOutbox

    return DynamoOutbox(client("dynamodb"), setting("DOSSIER_TABLE"), queues)


@cache
def figures() -> "DynamoFigures":
    from motcua.adapters.reports.figures import DynamoFigures

    return DynamoFigures(client("dynamodb"), setting("FIGURE_TABLE"), setting("DOSSIER_TABLE"))


@cache
def reports() -> "DynamoReports":
    from motcua.adapters.reports.figures import DynamoReports

    return DynamoReports(client("dynamodb"), setting("FIGURE_TABLE"))


@cache
def callbacks() -> "DynamoCallbacks":
    from motcua.adapters.post.callbacks import DynamoCallbacks

    return DynamoCallbacks(client("dynamodb"), setting("PERSON_TABLE"), setting("DOSSIER_TABLE"))


@cache
def partner_secrets() -> "PartnerSecrets":
    from motcua.adapters.secrets.partner_secret import PartnerSecrets

    return PartnerSecrets(client("secretsmanager"), setting("PARTNER_SECRET_ARN"))


def postal_partner() -> "HttpPostalPartner":
    from motcua.adapters.post.postal_partner import HttpPostalPartner

    return HttpPostalPartner(setting("PARTNER_URL"), partner_secrets().get().api_key)
