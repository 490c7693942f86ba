"""A good call of every operation for linked dossiers only, and the steps of such a dossier's life."""

from collections.abc import Callable
from typing import Any

from infra.registry.linked_sample import CODE, VERSIONS
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.kit.api_lives import act, in_process
from tests.kit.moto_cloud import Cloud, Reply

Owner = dict[str, Any]
OF_JUSTICE, OF_PROVINCE = "officer@stp", "officer@vp-ubnd"


def linked(cloud: Cloud, owner: Owner, **more: Any) -> str:
    """Return the id of a linked dossier at its first two agencies, version 2."""
    cloud.enter(new_entry(EntryKind.PROCEDURE, CODE, VERSIONS))
    cloud.restart()
    return in_process(cloud, owner, procedure_code=CODE, **more)


def finish(cloud: Cloud, dossier_id: str, agency_id: str, version: int) -> Reply:
    """Let an officer of the agency take over its part and finish it."""
    groups = f"officer@{agency_id}"
    taken = act(cloud, dossier_id, "takeover", version, groups)
    assert taken.status == 200, taken.body
    return act(cloud, dossier_id, f"legs/{agency_id}", version + 1, groups)


def finished(cloud: Cloud, owner: Owner) -> Reply:
    return finish(cloud, linked(cloud, owner), "stp", 2)


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {"finish_leg": finished}
