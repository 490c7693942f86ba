"""The only place where adapters meet use cases. Each part is made when it is first needed, once per process."""

import os
import random
import secrets
import time
from functools import cache
from typing import TYPE_CHECKING

from motcua.adapters.clients import client
from motcua.adapters.dossier.dossiers import DynamoCounters, DynamoDossiers
from motcua.adapters.registry.registry import DynamoRegistry
from motcua.domain.event import Queue
from motcua.ports.dossiers import DossierContext
from motcua.settings import setting

if TYPE_CHECKING:  # what only some functions need is imported where it is made: a cold start pays for what it uses
    from motcua.adapters.dossier.finder import DynamoFinder
    from motcua.adapters.dossier.watch import DynamoNextChecks
    from motcua.adapters.jobs.jobs import DynamoJobs
    from motcua.adapters.outbox.outbox import DynamoOutbox, Queues
    from motcua.adapters.post.callbacks import DynamoCallbacks
    from motcua.adapters.post.postal_partner import HttpPostalPartner
    from motcua.adapters.registry.ledger import DynamoLedger
    from motcua.adapters.reports.figures import DynamoFigures, DynamoReports
    from motcua.adapters.secrets.link_signing import LinkSigner
    from motcua.adapters.secrets.partner_secret import PartnerSecrets
    from motcua.adapters.secrets.search_keys import SearchKeys

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Return an id of a dossier or a job: sixteen characters, 80 random bits, without letters that people misread."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(16))


def pause(attempt: int) -> None:
    """Wait with full jitter before the next try in a crowd: up to 20, 40, 80 … 640 ms."""
    time.sleep(random.uniform(0, 0.02 * 2 ** min(attempt, 5)))  # noqa: S311 - jitter is no secret


@cache
def dossiers() -> DynamoDossiers:
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
def finder() -> "DynamoFinder":
    from motcua.adapters.dossier.finder import DynamoFinder

    return DynamoFinder(client("dynamodb"), setting("DOSSIER_TABLE"), setting("PERSON_TABLE"), search_keys)


@cache
def registry() -> DynamoRegistry:
    return DynamoRegistry(client("dynamodb"), setting("REGISTRY_TABLE"))


@cache
def ledger() -> "DynamoLedger":
    from motcua.adapters.registry.ledger import DynamoLedger

    return DynamoLedger(client("dynamodb"), setting("REGISTRY_TABLE"), setting("DOSSIER_TABLE"))


@cache
def jobs() -> "DynamoJobs":
    from motcua.adapters.jobs.jobs import DynamoJobs

    return DynamoJobs(client("dynamodb"), setting("DOSSIER_TABLE"))


@cache
def next_checks() -> "DynamoNextChecks":
    from motcua.adapters.dossier.watch import DynamoNextChecks

    return DynamoNextChecks(client("dynamodb"), setting("DOSSIER_TABLE"))


@cache
def dossier_context() -> DossierContext:
    counters = DynamoCounters(client("dynamodb"), setting("DOSSIER_TABLE"))
    return DossierContext(dossiers(), counters, registry(), new_id, pause)


@cache
def queues() -> "Queues":
    from motcua.adapters.outbox.outbox import Queues

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
