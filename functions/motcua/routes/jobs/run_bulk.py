"""Start one command on many dossiers."""

from motcua import bootstrap
from motcua.contracts.jobs.run_bulk import BulkRequest
from motcua.contracts.jobs.run_job import JobView
from motcua.domain.jobs.job import Progress
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.jobs import run_bulk as bulk


def start_bulk(request: Request, body: BulkRequest) -> Answer:
    by, jobs = staff(request.event), bootstrap.jobs()
    key = request.idempotency_key(by.subject, "start_bulk")
    started = bulk.start_bulk(body.to_domain(), by, request.stamp(by.subject), key, jobs, bootstrap.new_id)
    job = started.job
    note(job=job.id, selected=len(body.dossiers), replayed=started.replayed)
    progress = jobs.progress(job) if started.replayed else Progress.of(job, {})
    replayed = {"Idempotency-Replayed": "true"} if started.replayed else {}
    return Answer(JobView.of(job, progress), 201, {"Location": f"/jobs/{job.id}"} | replayed)


OPERATIONS = (
    Operation(
        "POST",
        "/bulk",
        start_bulk,
        JobView,
        "staff",
        "Làm một việc với nhiều hồ sơ: giao, nhận hồ sơ giấy, chuyển, nhận xử lý, trả kết quả",
        "Do one act on many dossiers: hand over or take paper, transfer, take over, return",
        body=BulkRequest,
        status=201,
        command=True,
        refusals=("role_needed_somewhere",),
    ),
)
