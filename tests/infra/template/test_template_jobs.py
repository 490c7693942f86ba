"""What the code of jobs takes for granted of the template and of the registry's memory."""

from handlers.run_job import LAST_TRY
from motcua.adapters.jobs.items import CHANGE_IS_SEEN
from motcua.adapters.registry.registry import REMEMBERED_SECONDS
from tests.kit.template import functions, properties

LONGEST_DELAY = 900
"""Seconds for which SQS keeps a message back at most."""


def test_a_job_gives_a_dossier_up_on_the_last_receive_and_not_before() -> None:
    assert properties("JobsQueue")["RedrivePolicy"]["maxReceiveCount"] == LAST_TRY


def test_a_change_is_carried_out_only_when_no_request_acts_by_what_was_before() -> None:
    """A request may begin just before its process reads anew, and takes as long as its function may."""
    receiving = ("DossierApiFunction", "PublicApiFunction")
    longest = max(functions()[name]["Timeout"] for name in receiving)
    assert REMEMBERED_SECONDS + longest < CHANGE_IS_SEEN <= LONGEST_DELAY
