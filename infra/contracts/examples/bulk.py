"""Example of bulk work: an officer takes over the dossiers that came in the morning."""

from pydantic import BaseModel

from infra.contracts.examples import sample_life as life
from motcua.contracts.jobs.run_bulk import BulkItem, BulkRequest
from motcua.contracts.jobs.run_job import JobView
from motcua.domain.access.principal import Principal, Role
from motcua.domain.jobs.bulk import Bulk, BulkAct
from motcua.domain.jobs.job import Job, JobKind, Progress

ANOTHER = "0ZK3D8S6P1TQ9MVB"
OFFICER = Principal(life.stamp(life.at("04-24 10:00")).actor, frozenset({(Role.OFFICER, "skhdt")}))
BULK = Job(
    "4RN8X2VDK7QF5JTA",
    JobKind.BULK,
    BulkAct.TAKE_OVER.value,
    life.stamp(life.at("04-24 10:00")),
    bulk=Bulk(BulkAct.TAKE_OVER, OFFICER, 2),
)


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    selection = [BulkItem(dossier_id=life.DOSSIER_ID, version=2), BulkItem(dossier_id=ANOTHER)]
    return {"start_bulk": BulkRequest(act=BulkAct.TAKE_OVER, dossiers=selection)}


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    return {"start_bulk": JobView.of(BULK, Progress.of(BULK, {}))}
