"""What the code waits for, as deployed and as the tests of the embedded run set it: the order that promises rest upon."""

from motcua.adapters.jobs.items import CHANGE_IS_SEEN
from motcua.adapters.registry.registry import REMEMBERED_SECONDS
from motcua.usecases.operations.sweep_stalled import PATIENCE
from tests.e2e.system import SHORT_DELAYS
from tests.kit.template import functions, properties, resources, target, written

DELAYS = ("RegistryMemorySeconds", "ChangeIsSeenSeconds", "LongestRetrySeconds")
REAL = {name: int(written()["Parameters"][name]["Default"]) for name in DELAYS}
SHORT = {name: int(value) for name, value in SHORT_DELAYS.items()}
BACKLOGS = [name for name in resources("AWS::CloudWatch::Alarm") if name.endswith("BacklogAlarm")]
LONGEST_DELAY = 900
"""Seconds for which SQS keeps a message back at most."""

SLOWEST_REQUEST_HERE = 3
"""Seconds, on the embedded engine."""


def until_dead(longest: int) -> int:
    """Seconds of waiting from a message's first receive until it is moved to its dead-letter queue."""
    (receives,) = {
        queue["Properties"]["RedrivePolicy"]["maxReceiveCount"]
        for queue in resources("AWS::SQS::Queue").values()
        if "RedrivePolicy" in queue["Properties"]
    }
    return sum(min(longest, 2**before) for before in range(receives))


def test_what_is_deployed_is_what_operators_commands_go_by() -> None:
    """They write with the same adapters, without a function's environment."""
    assert (REAL["RegistryMemorySeconds"], REAL["ChangeIsSeenSeconds"]) == (REMEMBERED_SECONDS, CHANGE_IS_SEEN)


def test_every_function_is_told_what_to_wait_for() -> None:
    told = written()["Globals"]["Function"]["Environment"]["Variables"]
    assert [target(told[name]) for name in told if name.endswith("_SECONDS")] == list(DELAYS)


def test_a_change_is_carried_out_only_when_no_request_acts_by_what_was_before() -> None:
    """A request may begin just before its process reads anew, and takes as long as its function may."""
    longest = max(functions()[name]["Timeout"] for name in ("DossierApiFunction", "PublicApiFunction"))
    assert REAL["RegistryMemorySeconds"] + longest < REAL["ChangeIsSeenSeconds"] <= LONGEST_DELAY


def test_a_message_that_fails_is_dead_before_anybody_takes_it_for_lost() -> None:
    """Else the sweep would send it again, and the alarm of a backlog would tell of what is being tried."""
    assert until_dead(REAL["LongestRetrySeconds"]) == 31
    stalled = min(PATIENCE.total_seconds(), *(properties(name)["Threshold"] for name in BACKLOGS))
    assert stalled / 2 > 31


def test_a_retry_comes_no_later_than_without_us() -> None:
    """A message comes again by itself when its queue's time-out is over."""
    hidden = [queue["Properties"].get("VisibilityTimeout", 60) for queue in resources("AWS::SQS::Queue").values()]
    assert REAL["LongestRetrySeconds"] <= min(hidden)


def test_what_tests_wait_for_is_short_and_in_the_same_order() -> None:
    assert set(SHORT) == set(DELAYS)
    assert all(SHORT[name] < REAL[name] for name in DELAYS)
    assert SHORT["RegistryMemorySeconds"] + SLOWEST_REQUEST_HERE < SHORT["ChangeIsSeenSeconds"]
    assert until_dead(SHORT["LongestRetrySeconds"]) < 10
