"""A good call of every intake operation besides receipt and acceptance, with the contract's example request."""

from collections.abc import Callable

from infra.contracts import examples
from tests.kit.api_lives import act, in_process, submit
from tests.kit.moto_cloud import CLERK, Cloud, Reply

Owner = dict[str, str]
REQUESTS = examples.requests()


def registered(cloud: Cloud, _: Owner) -> Reply:
    body = REQUESTS["register_transitional"]
    return cloud.call("dossier_api", "POST", "/dossiers/transitional", body, groups=CLERK)


def refused(cloud: Cloud, _: Owner) -> Reply:
    return cloud.call("dossier_api", "POST", "/dossiers/refusals", REQUESTS["refuse_at_counter"], groups=CLERK)


def withdrawn(cloud: Cloud, owner: Owner) -> Reply:
    return act(cloud, in_process(cloud, owner), "withdrawal", 2, CLERK, REQUESTS["withdraw_dossier"])


def withdrawn_by_citizen(cloud: Cloud, owner: Owner) -> Reply:
    return withdraw_own(cloud, submit(cloud, owner).body["id"], owner["number"])


def withdraw_own(cloud: Cloud, dossier_id: str, citizen: str, version: int = 1) -> Reply:
    path, headers = f"/portal/dossiers/{dossier_id}/withdrawal", {"x-motcua-citizen": citizen}
    body = REQUESTS["withdraw_own_dossier"]
    return cloud.call("public_api", "POST", path, body, scopes="portal/choose", headers=headers, version=version)


def corrected(cloud: Cloud, owner: Owner) -> Reply:
    return act(cloud, in_process(cloud, owner), "receipt-correction", 2, CLERK, REQUESTS["correct_receipt"])


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "register_transitional": registered,
    "refuse_at_counter": refused,
    "withdraw_dossier": withdrawn,
    "withdraw_own_dossier": withdrawn_by_citizen,
    "correct_receipt": corrected,
}
