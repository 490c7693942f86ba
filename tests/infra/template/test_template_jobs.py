"""What the code of jobs takes for granted of the template."""

from handlers.run_job import LAST_TRY
from tests.kit.template import properties


def test_a_job_gives_a_dossier_up_on_the_last_receive_and_not_before() -> None:
    assert properties("JobsQueue")["RedrivePolicy"]["maxReceiveCount"] == LAST_TRY
