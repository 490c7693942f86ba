"""A good call of every processing operation: suspensions, refusal, assignment, opinions, apology, handover of paper."""

from collections.abc import Callable
from typing import Any

from infra.contracts import examples
from tests.kit.api_lives import act, in_process, received
from tests.kit.moto_cloud import CLERK, OFFICER, Cloud, Reply

Owner = dict[str, Any]
HEAD, OF_JUSTICE = "head@skhdt", "officer@stp"
BODIES = examples.requests()

PLACES = {
    "request_supplement": ("supplement-request", OFFICER),
    "complete_supplement": ("supplement", CLERK),
    "request_payment": ("payment-request", OFFICER),
    "confirm_payment": ("payment", CLERK),
    "pause_dossier": ("pause", OFFICER),
    "resume_dossier": ("resumption", OFFICER),
    "refuse_after_appraisal": ("refusal-after-appraisal", OFFICER),
    "return_answer": ("answer-return", CLERK),
    "assign_dossier": ("assignment", HEAD),
    "ask_opinion": ("opinions", OFFICER),
    "give_opinion": ("opinions/stp", OF_JUSTICE),
    "apologise": ("apology", HEAD),
    "hand_over_paper": ("paper-handover", CLERK),
    "take_paper": ("paper-receipt", OFFICER),
}
"""Operation → its path below the dossier, and who calls it."""


def do(cloud: Cloud, dossier_id: str, operation: str, version: int, body: Any = None, groups: str = "") -> Reply:
    """Do one act, with the contract's example body unless the test has its own."""
    place, who = PLACES[operation]
    return act(cloud, dossier_id, place, version, groups or who, BODIES[operation] if body is None else body)


def taken_over(cloud: Cloud, owner: Owner, **more: Any) -> str:
    """Return the id of a dossier that an officer of the agency has taken over, version 3."""
    dossier_id = in_process(cloud, owner, **more)
    assert act(cloud, dossier_id, "takeover", 2).status == 200
    return dossier_id


def after(*operations: str) -> Callable[[Cloud, Owner], Reply]:
    """Return a call that does these acts in order on a dossier that an officer has, and returns the last answer."""

    def call(cloud: Cloud, owner: Owner) -> Reply:
        dossier_id, version = taken_over(cloud, owner), 3
        for operation in operations[:-1]:
            reply = do(cloud, dossier_id, operation, version)
            assert reply.status == 200, reply.body
            version = reply.body["version"]
        return do(cloud, dossier_id, operations[-1], version)

    return call


def handed_over(cloud: Cloud, owner: Owner) -> Reply:
    return do(cloud, received(cloud, owner), "hand_over_paper", 1)


GOOD: dict[str, Callable[[Cloud, Owner], Reply]] = {
    "request_supplement": after("request_supplement"),
    "complete_supplement": after("request_supplement", "complete_supplement"),
    "request_payment": after("request_payment"),
    "confirm_payment": after("request_payment", "confirm_payment"),
    "pause_dossier": after("pause_dossier"),
    "resume_dossier": after("pause_dossier", "resume_dossier"),
    "refuse_after_appraisal": after("refuse_after_appraisal"),
    "return_answer": after("refuse_after_appraisal", "return_answer"),
    "assign_dossier": after("assign_dossier"),
    "ask_opinion": after("ask_opinion"),
    "give_opinion": after("ask_opinion", "give_opinion"),
    "apologise": after("apologise"),
    "hand_over_paper": handed_over,
    "take_paper": after("hand_over_paper", "take_paper"),
}
