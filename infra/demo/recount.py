"""Recount the figures from the events in a way of its own, not with the product's code."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from infra.demo.verdict import Row, Verdict

RETURNS = {"dossier.returned": 1, "dossier.return_reversed": -1}


def recounted(period: str, report: Row, events: list[Row], opening: list[Row]) -> Verdict:
    """Check N and D of month and year against a recount from `dossier.returned` and the parcels' deliveries.

    A reversal is subtracted on the day that its result counted for; a delivery by post is never reversed. The year
    begins with the opening figures of the months before go-live. An agency without one is not counted as 0.
    """
    at_address = {
        row["subject"] for row in events if row["type"] == "parcel.delivered" and row["data"].get("place") == "address"
    }
    month: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    year: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in events:
        if row["type"] not in RETURNS:
            continue
        day = row["data"].get("of_day") or _day(row)
        if day[:7] > period or day[:4] != period[:4]:
            continue
        by_post = row["data"].get("order_number") in at_address
        for counted in [year, *([month] if day[:7] == period else [])]:
            counted[row["data"]["agency"]][0] += by_post
            counted[row["data"]["agency"]][1] += RETURNS[row["type"]]
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


def counters(rows: list[Row]) -> Verdict:
    """Check the counters against their facts.

    A fact that reverses another counts −1; a cell that sums to 0 is left out.
    """
    sums: Counter[tuple[str, str]] = Counter()
    facts = [row for row in rows if row.get("kind") == "fact"]
    for row in facts:
        cell = row["PK"], row["SK"].removeprefix("FACT#").rpartition("#")[0]
        sums[cell] += -1 if row.get("reverses") else 1
    found = {(row["PK"], row["SK"].removeprefix("COUNT#")): row["counted"] for row in rows if "counted" in row}
    taken_back = sum(bool(row.get("reverses")) for row in facts)
    return Verdict(
        "Mỗi bộ đếm bằng số sự việc đứng sau nó",
        "each counter equals the facts behind it",
        _not_zero(sums) == _not_zero(found) and min(found.values(), default=0) >= 0,
        f"{len(facts)} sự việc (facts), {taken_back} trong đó hủy việc trước (take one back), {len(found)} bộ đếm (counters)",
    )


def _not_zero(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {cell: count for cell, count in counts.items() if count}


def transitional(dossiers: Mapping[str, Row], facts: list[Row], identifiers: Mapping[str, str]) -> Verdict:
    """Check transitional dossiers (R3): received on the original day, numbered in the series of the registration day.

    The number is of the one-stop unit's own series.
    """
    former = {dossier_id: row for dossier_id, row in dossiers.items() if row.get("transitional")}
    days = {
        row["dossier_id"]: row["day"]
        for row in facts
        if row.get("kind") == "fact" and row["PK"].endswith("#received") and row["dossier_id"] in former
    }
    wrong = 0
    for dossier_id, row in former.items():
        series, _, _ = row["number"].rpartition("-")
        own = f"{identifiers[row['one_stop_id']]}-{_local(row['registered_at']):%y%m%d}"
        wrong += series != own or days.get(dossier_id) != row["transitional"]["received_on"]
    return Verdict(
        "Hồ sơ chuyển tiếp: tính vào ngày cơ quan tiếp nhận, mang số của Bộ phận Một cửa",
        "transitional dossiers count on the day of the original receipt, under the one-stop unit's own numbers",
        not wrong,
        f"{len(former)} hồ sơ (dossiers), {wrong} sai (wrong)",
    )


def _day(row: Row) -> str:
    """Return the local day of an event."""
    return _local(row["occurred_at"]).date().isoformat()


def _local(moment: str) -> datetime:
    """Return the moment in local time, seven hours ahead of UTC."""
    return datetime.fromisoformat(moment).astimezone(UTC) + timedelta(hours=7)
