"""Jobs through the handlers: the controller's calls, and the queue run until no message is pending."""

from typing import Any

from tests.kit.moto_cloud import Cloud, Reply

CONTROLLER = "controller@tinh"

BASIS = {"number": "mẫu/UBND", "date": "2020-04-24", "title_vi": "Văn bản mẫu", "certainty": "ours"}


def control(cloud: Cloud, method: str, path: str, body: Any = None, **more: Any) -> Reply:
    """Send one call of the controller to the registry; `groups`, `version`, `key`, `query` as in `Cloud.call`."""
    return cloud.call("registry_api", method, path, body, **{"groups": CONTROLLER} | more)


def run(cloud: Cloud) -> int:
    """Deliver the pending messages of the jobs' queue until there are none. Returns how many there were."""
    steps = 0
    while owed := cloud.owed("jobs"):
        assert cloud.deliver("run_job", *owed[:10]) == {"batchItemFailures": []}
        steps += len(owed[:10])
    return steps


def results(cloud: Cloud, job_id: str, **query: str) -> list[dict[str, Any]]:
    reply = control(cloud, "GET", f"/jobs/{job_id}/results", query=query)
    assert reply.status == 200, reply.body
    found: list[dict[str, Any]] = reply.body["results"]
    return found


def job(cloud: Cloud, job_id: str) -> dict[str, Any]:
    reply = control(cloud, "GET", f"/jobs/{job_id}")
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.body
    return found
