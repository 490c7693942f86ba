"""The demo's self-check: every dossier is accounted for, the figures equal a recount, and the queues are empty.

The recount reads the events directly from the tables and counts them in its own way, not with the product's code.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from infra.demo import actors
from infra.demo.forms import in_bulk
from infra.demo.office import Office
from infra.demo.plan import Case
from infra.demo.recount import counters, recounted, transitional
from infra.demo.simulation import Simulation
from infra.demo.verdict import Row, Verdict, rows_of
from infra.operate.replay import replay
from infra.stack.stack import Stack
from motcua.domain.status import Status

SILENT_QUEUES = (
    "RoutingQueueUrl",
    "DispatchQueueUrl",
    "ParcelEventsQueueUrl",
    "FiguresQueueUrl",
    "JobsQueueUrl",
    "RoutingDeadLetterQueueUrl",
    "DispatchDeadLetterQueueUrl",
    "ParcelEventsDeadLetterQueueUrl",
    "FiguresDeadLetterQueueUrl",
    "JobsDeadLetterQueueUrl",
    "RelayParkingQueueUrl",
    "RelayFailureQueueUrl",
    "ScheduleDeadLetterQueueUrl",
)


def verdicts(stack: Stack, simulation: Simulation, reports: dict[str, Row]) -> list[Verdict]:
    """Run every check on the tables and queues as they are now."""
    rows = list(rows_of(stack, "DossierTableName"))
    facts = list(rows_of(stack, "FigureTableName"))
    dossiers = {row["id"]: row for row in rows if row.get("kind") == "dossier"}
    events = [row for row in rows if row.get("kind") == "event"]
    registry = list(rows_of(stack, "RegistryTableName"))
    opening = [row["thing"] for row in registry if row["PK"] == "OPENING_FIGURE"]
    identifiers = {row["entry_id"]: row["thing"].get("identifier") for row in registry if row["PK"] == "UNIT"}
    return [
        _accounted(simulation, dossiers),
        _explained(simulation, dossiers),
        _replayed(stack),
        _numbered(rows),
        *(recounted(period, report, events, opening) for period, report in reports.items()),
        counters(facts),
        transitional(dossiers, facts, identifiers),
        in_bulk(simulation.papers, rows),
        _nothing_owed(rows),
        _queues(stack),
    ]


def tracked(stack: Stack, office: Office, cases: list[Case]) -> Verdict:
    """Track a sample of dossiers as citizens do, by their two numbers, and check that each sees the right status."""
    states = {row["id"]: row for row in rows_of(stack, "DossierTableName") if row.get("kind") == "dossier"}
    asked = [case for case in cases if states[case.id].get("number")][::20]
    wrong = 0
    for case in asked:
        state = states[case.id]
        seen = office.track(state["number"], actors.citizen(case.index)["number"])
        wrong += seen["status"]["code"] != Status(state["status"]).code or "owner" in seen
    return Verdict(
        "Người dân tra cứu thấy đúng hồ sơ của mình",
        "citizens who track their dossiers see where they are",
        bool(asked) and not wrong,
        f"{len(asked)} lượt tra cứu (look-ups), {wrong} sai (wrong)",
    )


def told(report: Row) -> Verdict:
    """Check that the demo shows all three results: a target reached, a target missed, and no results due."""
    results = Counter(str(line["reached"]) for line in report["lines"] if line["target"] is not None)
    return Verdict(
        "Có cơ quan đạt, có cơ quan chưa đạt, có cơ quan không phát sinh",
        "some agency reaches its target, some misses it, some has no results due",
        all(results[result] for result in ("True", "False", "None")),
        f"đạt (reached) {results['True']}, chưa (missed) {results['False']}, không phát sinh (none due) {results['None']}",
    )


def _accounted(simulation: Simulation, dossiers: dict[str, Row]) -> Verdict:
    statuses = Counter(row["status"] for row in dossiers.values())
    numbered = {dossier_id for dossier_id, row in dossiers.items() if row.get("number")}
    stuck = statuses[1] + statuses[2]
    holds = numbered == simulation.received and not stuck
    spread = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    return Verdict(
        "Mọi hồ sơ đã tiếp nhận đều có mặt, không hồ sơ nào kẹt",
        "every dossier received is accounted for, none is stuck",
        holds,
        f"{len(simulation.received)} tiếp nhận (received) = {len(numbered)} có số (numbered); trạng thái (status) {spread}",
    )


def _explained(simulation: Simulation, dossiers: Mapping[str, Row]) -> Verdict:
    """Check that every unfinished dossier has a reason: it waits for something, or its next step comes later."""
    why: Counter[str] = Counter()
    unexplained = []
    for case in simulation.cases:
        row = dossiers.get(case.id)
        if row and (reason := _why_not_ended(case, row, simulation)) is not None:
            why[f"{row['status']} {reason}"] += 1
            unexplained += [] if reason else [case.id]
    told = ", ".join(f"{reason}: {count}" for reason, count in sorted(why.items()))
    return Verdict(
        "Hồ sơ chưa xong nào cũng rõ vì sao",
        "of each dossier that is not at an end it is known why",
        not unexplained,
        f"{sum(why.values())} hồ sơ (dossiers); {told}; không rõ (unexplained): {', '.join(unexplained) or 0}",
    )


WAITS = {
    5: "chờ bổ sung (for a supplement)",
    6: "chờ nộp phí (for a payment)",
    8: "tạm dừng (paused)",
}
ENDS = (3, 7, 10)


def _why_not_ended(case: Case, row: Row, simulation: Simulation) -> str | None:
    """Return why the dossier has not ended: None when it has, an empty string when there is no reason."""
    status, later = row["status"], bool(case.steps) and case.steps[0].at > simulation.now
    if status in ENDS or (status == 80 and row.get("answered_at")):
        return None
    if status in WAITS:
        waits = row["waits"] and not row["waits"][-1].get("until")
        return WAITS[status] if waits and (case.outstanding or later) else ""
    if status == 9 and row.get("parcel_open"):
        return "đang ở bưu chính (with the post)"
    if not later:
        return ""
    return {4: "đang giải quyết (in process)", 9: "chờ nhận kết quả (to be fetched)", 80: "chờ trả lời (answer)"}.get(
        status, ""
    )


def _replayed(stack: Stack) -> Verdict:
    """Check the product's replay. This is the one check that uses the product's code, because it tests that code."""
    result = replay(stack)
    return Verdict(
        "Diễn lại các sự kiện cho đúng trạng thái hiện tại",
        "replaying the events gives the present state",
        not result.differing,
        f"{result.dossiers} hồ sơ (dossiers), {len(result.differing)} khác (differ)",
    )


def _numbered(rows: list[Row]) -> Verdict:
    given = [row for row in rows if row["PK"].startswith("NUMBER#") and row["SK"] != "FAILURES"]  # those to track it
    numbers = sorted(row["PK"].removeprefix("NUMBER#") for row in given)
    borne = sorted(row["number"] for row in rows if row.get("kind") == "dossier" and row.get("number"))
    series: dict[str, set[int]] = defaultdict(set)
    for number in numbers:
        prefix, _, counter = number.rpartition("-")
        series[prefix].add(int(counter))
    gaps = sum(counters != set(range(1, len(counters) + 1)) for counters in series.values())
    return Verdict(
        "Số hồ sơ liên tục, không trùng, theo từng đơn vị và ngày",
        "numbers run without gap or double, by unit and day",
        gaps == 0 and numbers == borne,
        f"{len(numbers)} số (numbers), {len(series)} dãy (series), {gaps} dãy hở (with gaps)",
    )


def _nothing_owed(rows: list[Row]) -> Verdict:
    owed = sum(row.get("kind") == "outbox" for row in rows)
    return Verdict("Không việc nào còn nợ", "nothing is owed", owed == 0, f"{owed} thông điệp (messages)")


def _queues(stack: Stack) -> Verdict:
    sqs, held = stack.client("sqs"), {}
    for name in SILENT_QUEUES:
        attributes = sqs.get_queue_attributes(
            QueueUrl=stack.outputs[name],
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )["Attributes"]
        if count := sum(int(value) for value in attributes.values()):
            held[name.removesuffix("QueueUrl")] = count
    return Verdict(
        "Không hàng đợi nào còn thông điệp",
        "no queue, dead-letter queue or parking queue holds a message",
        not held,
        f"{len(SILENT_QUEUES)} hàng đợi (queues); còn (held): {held or 0}",
    )
