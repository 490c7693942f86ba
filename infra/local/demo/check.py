"""The demo checks itself: everything received is accounted for, the figures equal a recount from the events, no queue
holds a message. The recount reads the tables directly and counts in its own way, not by the product's code."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from infra.local.demo import cast
from infra.local.demo.office import Office
from infra.local.demo.plan import Case
from infra.local.demo.play import Play
from infra.local.stack import Stack
from motcua.adapters.dossier_items import dossier_of, event_of
from motcua.adapters.item import fields
from motcua.domain.dossier import Dossier, evolve

Row = dict[str, Any]

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


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check: what was looked at, whether it held, and the numbers."""

    vi: str
    en: str
    holds: bool
    numbers: str


def verdicts(stack: Stack, play: Play, reports: dict[str, Row]) -> list[Verdict]:
    """Every check, on the tables and queues as they are now."""
    rows = list(rows_of(stack, "DossierTableName"))
    facts = list(rows_of(stack, "FigureTableName"))
    dossiers = {row["id"]: row for row in rows if row.get("kind") == "dossier"}
    events = [row for row in rows if row.get("kind") == "event"]
    opening = [row["thing"] for row in rows_of(stack, "RegistryTableName") if row["PK"] == "OPENING_FIGURE"]
    return [
        _accounted(play, dossiers),
        _replayed(dossiers, rows),
        _numbered(rows),
        *(_recounted(period, report, events, opening) for period, report in reports.items()),
        _counters(facts),
        _nothing_owed(rows),
        _queues(stack),
    ]


def tracked(stack: Stack, office: Office, cases: list[Case]) -> Verdict:
    """Some citizens look their dossiers up at home, by the two numbers they have, and see where they are."""
    states = {row["id"]: row for row in rows_of(stack, "DossierTableName") if row.get("kind") == "dossier"}
    asked = [case for case in cases if states[case.id].get("number")][::20]
    wrong = 0
    for case in asked:
        state = states[case.id]
        seen = office.track(state["number"], cast.citizen(case.index)["number"])
        wrong += seen["status"]["code"] != state["status"] or "owner" in seen
    return Verdict(
        "Người dân tra cứu thấy đúng hồ sơ của mình",
        "citizens who track their dossiers see where they are",
        bool(asked) and not wrong,
        f"{len(asked)} lượt tra cứu (look-ups), {wrong} sai (wrong)",
    )


def told(report: Row) -> Verdict:
    """The demo tells its story only if one agency reaches its target, one misses it and one has no results due."""
    results = Counter(str(line["reached"]) for line in report["lines"] if line["target"] is not None)
    return Verdict(
        "Có cơ quan đạt, có cơ quan chưa đạt, có cơ quan không phát sinh",
        "some agency reaches its target, some misses it, some has no results due",
        all(results[result] for result in ("True", "False", "None")),
        f"đạt (reached) {results['True']}, chưa (missed) {results['False']}, không phát sinh (none due) {results['None']}",
    )


def _accounted(play: Play, dossiers: dict[str, Row]) -> Verdict:
    statuses = Counter(row["status"] for row in dossiers.values())
    numbered = {dossier_id for dossier_id, row in dossiers.items() if row.get("number")}
    stuck = statuses[1] + statuses[2]
    holds = numbered == play.received and not stuck
    spread = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    return Verdict(
        "Mọi hồ sơ đã tiếp nhận đều có mặt, không hồ sơ nào kẹt",
        "every dossier received is accounted for, none is stuck",
        holds,
        f"{len(play.received)} tiếp nhận (received) = {len(numbered)} có số (numbered); trạng thái (status) {spread}",
    )


def _replayed(dossiers: dict[str, Row], rows: list[Row]) -> Verdict:
    """The one check that uses the product's own code: it is that code which is checked."""
    lives: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("kind") == "event" and row["type"].startswith("dossier."):
            lives[row["subject"]].append(row)
    differing = 0
    for dossier_id, row in dossiers.items():
        state: Dossier | None = None
        for event in sorted(lives[dossier_id], key=lambda each: each["version"]):
            state = evolve(state, event_of(event["_item"]))
        differing += state != dossier_of(row["_item"])
    return Verdict(
        "Diễn lại các sự kiện cho đúng trạng thái hiện tại",
        "replaying the events gives the present state",
        differing == 0,
        f"{len(dossiers)} hồ sơ (dossiers), {differing} khác (differ)",
    )


def _numbered(rows: list[Row]) -> Verdict:
    numbers = sorted(row["PK"].removeprefix("NUMBER#") for row in rows if row["PK"].startswith("NUMBER#"))
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


def _recounted(period: str, report: Row, events: list[Row], opening: list[Row]) -> Verdict:
    """N and D of month and year, counted again from `dossier.returned` and the parcels' own deliveries.

    The year begins with what was entered of the months before go-live; who entered nothing is not counted as 0.
    """
    at_address = {
        row["subject"] for row in events if row["type"] == "parcel.delivered" and row["data"].get("place") == "address"
    }
    month: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    year: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in events:
        if row["type"] != "dossier.returned" or _day(row)[:7] > period or _day(row)[:4] != period[:4]:
            continue
        by_post = row["data"].get("order_number") in at_address
        for counted in [year, *([month] if _day(row)[:7] == period else [])]:
            counted[row["data"]["agency"]][0] += by_post
            counted[row["data"]["agency"]][1] += 1
    told = {row["agency_id"]: _counted(row) for row in opening if str(row["year"]) == period[:4]}
    for agency, share in told.items():
        year[agency] = [counted + before for counted, before in zip(year[agency], share, strict=True)]
    lines = {line["agency_id"]: line for line in report["lines"]}
    wrong = [
        agency
        for agency in sorted(lines.keys() | month.keys() | year.keys())
        if agency not in lines
        or _counted(lines[agency]["month"]) != month[agency]
        or _counted(lines[agency]["year"]) != year[agency]
        or (lines[agency]["opening"] and _counted(lines[agency]["opening"])) != told.get(agency)
    ]
    delivered, returned = (sum(each[index] for each in month.values()) for index in (0, 1))
    return Verdict(
        f"Báo cáo {period} bằng số đếm lại từ các sự kiện",
        f"the report of {period} equals a recount from the events",
        not wrong,
        f"{returned} kết quả trả (returned), {delivered} qua bưu chính (by post), {len(told)} cơ quan có số đầu kỳ "
        f"(with opening figures); sai (wrong): {', '.join(wrong) or 0}",
    )


def _counted(share: Row) -> list[int]:
    return [share["delivered_by_post"], share["returned"]]


def _counters(rows: list[Row]) -> Verdict:
    facts = Counter(
        (row["PK"], row["SK"].removeprefix("FACT#").rpartition("#")[0]) for row in rows if row.get("kind") == "fact"
    )
    counters = {(row["PK"], row["SK"].removeprefix("COUNT#")): row["counted"] for row in rows if "counted" in row}
    return Verdict(
        "Mỗi bộ đếm bằng số sự việc đứng sau nó",
        "each counter equals the facts behind it",
        dict(facts) == counters,
        f"{sum(facts.values())} sự việc (facts), {len(counters)} bộ đếm (counters)",
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


def _day(row: Row) -> str:
    """The local day of an event: seven hours ahead of UTC."""
    moment = datetime.fromisoformat(row["occurred_at"]).astimezone(UTC) + timedelta(hours=7)
    return moment.date().isoformat()


def rows_of(stack: Stack, table: str) -> Iterator[Row]:
    """Every item of a table, in plain values; `_item` is the item as it is stored."""
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs[table], ConsistentRead=True)
    for page in pages:
        for item in page["Items"]:
            yield {**fields(item), "_item": item}
