"""Read a job and its results, or abandon it."""

from motcua import bootstrap
from motcua.contracts.jobs.run_job import AbandonJobRequest, JobResultsView, JobView
from motcua.domain.errors import InvalidError, NotFoundError
from motcua.domain.jobs.job import Job, JobOutcome
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.routes.paging import asked_after, cursor_after, following
from motcua.routes.registry_command import controller


def _job(request: Request, job_id: str) -> Job:
    """Return the job to the person who started it as bulk work; otherwise only to the controller."""
    job = bootstrap.jobs().job(job_id)
    if job is None or job.bulk is None or job.started.actor != staff(request.event).subject:
        controller(request)
    if job is None:
        raise NotFoundError("job_not_found")
    return job


def read_job(request: Request, job_id: str) -> Answer:
    job = _job(request, job_id)
    return Answer(JobView.of(job, bootstrap.jobs().progress(job)))


def read_job_results(request: Request, job_id: str) -> Answer:
    _job(request, job_id)
    wanted = request.query.get("outcome", "")
    if wanted and wanted not in JobOutcome._value2member_map_:
        raise InvalidError("not_allowed", "/outcome", expected=", ".join(JobOutcome))
    limit, outcome = request.limit(), JobOutcome(wanted) if wanted else None
    of = f"results {job_id} {wanted}"
    results, last = bootstrap.jobs().results(job_id, asked_after(request, of), limit, outcome)
    cursor = cursor_after(last, of)
    more = {"outcome": wanted} if wanted else {}
    headers = following(f"/jobs/{job_id}/results", cursor, limit=limit, **more)
    return Answer(JobResultsView.of(job_id, results, cursor), headers=headers)


def abandon_job(request: Request, job_id: str, body: AbandonJobRequest) -> Answer:
    """Abandon the job. Its finished work stays; a job that cannot end must not block the next one."""
    by, job = staff(request.event), _job(request, job_id)
    request.idempotency_key(by.subject, f"abandon_job|{job_id}")  # abandoning a job twice is the same as once
    bootstrap.jobs().abandon(job, request.stamp(by.subject), body.why)
    return read_job(request, job_id)


OPERATIONS = (
    Operation(
        "GET",
        "/jobs/{job_id}",
        read_job,
        JobView,
        "staff",
        "Tiến độ của một việc hàng loạt",
        "How far a job is",
        refusals=("job_not_found", "role_needed"),
    ),
    Operation(
        "GET",
        "/jobs/{job_id}/results",
        read_job_results,
        JobResultsView,
        "staff",
        "Kết quả của một việc hàng loạt theo từng hồ sơ",
        "What a job did to each dossier",
        query=("outcome", "limit", "cursor"),
        refusals=("job_not_found", "role_needed"),
    ),
    Operation(
        "POST",
        "/jobs/{job_id}/abandonment",
        abandon_job,
        JobView,
        "staff",
        "Bỏ dở một việc hàng loạt không kết thúc được",
        "Give up a job that cannot end",
        body=AbandonJobRequest,
        command=True,
        refusals=("job_not_found", "role_needed"),
    ),
)
