"""The review of procedures (R4) in the demo: officers prepare, heads propose, the controller announces and publishes.

One department is early, one ends on the last day in time, one three days late, one leaves part of its list undone. The
decisions are invented and say so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from infra.demo.office import CONTROLLER, Office
from infra.demo.verdict import Verdict, rows_of
from infra.stack.stack import Stack
from motcua.domain.local_time import LOCAL

Row = dict[str, Any]

ORDER = "review-order-1313"
LAST_DAY_IN_TIME, TOLD_ON = date(2020, 5, 29), date(2020, 6, 3)

ALL, ALL_BUT_ONE, THE_LAST = slice(None), slice(0, -1), slice(-1, None)


def _at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=LOCAL)


STORY = (
    # when, department, act, which codes of its list
    (_at(5, 5), "skhdt", "preparations", ALL_BUT_ONE),
    (_at(5, 8), "skhdt", "proposals", ALL_BUT_ONE),
    (_at(5, 11), "skhdt", "withdrawals", THE_LAST),
    (_at(5, 14), "skhdt", "announcements", ALL_BUT_ONE),
    (_at(5, 18), "skhdt", "publications", ALL_BUT_ONE),
    (_at(5, 12), "syt", "preparations", ALL),
    (_at(5, 20), "syt", "proposals", ALL),
    (_at(5, 27), "syt", "announcements", ALL),
    (_at(5, 29, 16), "syt", "publications", ALL),
    (_at(5, 19), "snv", "preparations", ALL),
    (_at(5, 26), "snv", "proposals", ALL),
    (_at(5, 29), "snv", "announcements", ALL),
    (_at(6, 1), "snv", "publications", ALL),
    (_at(5, 21), "stp", "preparations", slice(0, 8)),
    (_at(5, 25), "stp", "proposals", slice(0, 6)),
    (_at(5, 28), "stp", "announcements", slice(0, 4)),
    (_at(6, 2), "stp", "publications", slice(0, 2)),
)

CODES_PER_REQUEST = {"publications": 20, "withdrawals": 20}
WHY = "Rà soát theo công văn 1313/UBND-VP (chạy thử)"
MINISTERIAL = {
    "number": "01/QĐ-BỘ (mẫu)",
    "date": "2020-01-15",
    "title_vi": "Quyết định công bố thủ tục hành chính (mẫu)",
}
FOUND: dict[str, Row] = {
    "tthc": {"ministerial_decision": MINISTERIAL},
    "cong_viec": {"none_applies_because": "Công việc của tỉnh, không do Bộ công bố (mẫu)"},
}
WHO = {"preparations": "officer@{}", "proposals": "head@{}"}


def review(office: Office, since: datetime, until: datetime) -> None:
    """Do what is planned for the work-lists in (since, until], through the endpoints of departments and controller."""
    for at, department, act, which in STORY:
        if since < at <= until:
            here = f"/reviews/{ORDER}/departments/{department}"
            items = office.get(f"officer@{department}", here, {"limit": "100"})["items"][which]
            who = WHO.get(act, "").format(department) or CONTROLLER
            for some, said in _said(act, items, at):
                for codes in _lots(some, CODES_PER_REQUEST.get(act, 40)):
                    office.change(who, "POST", f"{here}/{act}", {"codes": codes, "why": WHY} | said, at)


def _said(act: str, items: list[Row], at: datetime) -> Iterator[tuple[list[str], Row]]:
    """Yield the codes that are sent together, and what the act says of them."""
    if act != "preparations":
        yield [item["code"] for item in items], _decided(act, at)
        return
    for kind, found in FOUND.items():
        yield [item["code"] for item in items if item["kind"] == kind], found


def _decided(act: str, at: datetime) -> Row:
    if act not in ("announcements", "withdrawals"):
        return {}
    number = f"{at:%d%m}/QĐ-UBND (mẫu)"
    return {"decision": {"number": number, "date": f"{at:%Y-%m-%d}", "document": "Công báo tỉnh (mẫu)"}}


def _lots(codes: list[str], most: int) -> Iterator[list[str]]:
    for start in range(0, len(codes), most):
        yield codes[start : start + most]


def tracker(office: Office) -> Row:
    """Return the progress of the review at the end of the demo."""
    return office.get(CONTROLLER, f"/reviews/{ORDER}", {"on": TOLD_ON.isoformat()})


STATES = {
    "to_review": "Rà soát\nto review",
    "proposed": "Trình\nproposed",
    "announced": "Công bố\nannounced",
    "published": "Công khai\npublished",
    "withdrawn": "Bãi bỏ\nwithdrawn",
}


def show_tracker(console: Console, told: Row) -> None:
    """Print the tracker as a table."""
    title = (
        f"Rà soát, công bố, công khai thủ tục đến {day_of(told['on'])} · Review of procedures by that day\n"
        f"xong trước {day_of(told['before'])} · finished before that day ({told['rule']})"
    )
    table = Table(title=title, title_justify="left", header_style="bold", expand=True, box=SIMPLE_HEAD)
    table.add_column("Cơ quan · Department", ratio=1)
    for name in STATES.values():
        table.add_column(name, justify="right")
    table.add_column("Kết quả · Result", no_wrap=True)
    listed = [line for line in told["departments"] if line["complete"] is not None]
    for line in listed:
        color = "red" if not line["in_time"] else "green" if line["complete"] else "yellow"
        counts = (str(line["counts"][state] or "·") for state in STATES)
        table.add_row(line["department_vi"], *counts, f"[{color}]{result(line)}[/{color}]")
    totals = told["totals"]
    table.add_section()
    table.add_row(
        f"[bold]{len(listed)} cơ quan · departments[/bold]",
        *(f"[bold]{totals['counts'][state]}[/bold]" for state in STATES),
        f"xong (complete) {totals['complete']} · trễ (late) {totals['late']}",
    )
    console.print(table)
    silent = ", ".join(line["department_vi"] for line in told["departments"] if line["complete"] is None)
    if silent:
        console.print(f"[dim]Không có thủ tục trong danh mục · No procedures in the catalogue: {silent}[/dim]\n")


def result(line: Row) -> str:
    """Return, in both languages, whether the line is in time or by how many days it is late."""
    late = f"trễ {line['days_late']} ngày · {line['days_late']} days late"
    if line["not_listed"]:
        late = f"thiếu {line['not_listed']} trong danh mục (not listed), {late}"
    if line["complete"]:
        return f"{day_of(line['completed_on'])[:5]} {'đúng hạn · in time' if line['in_time'] else late}"
    return "còn hạn · still in time" if line["in_time"] else f"chưa xong, {late}"


def day_of(text: str) -> str:
    """Return a date such as 2020-05-30 as people write it."""
    return "/".join(reversed(text.split("-")))


@dataclass
class _Recount:
    """A department's list, counted from its rows: the states, the open items, and the last day of the closed ones."""

    counts: Counter[str]
    open: int = 0
    last: str = ""

    @property
    def days_late(self) -> int:
        until = TOLD_ON if self.open else date.fromisoformat(self.last)
        return max(0, (until - LAST_DAY_IN_TIME).days)


def reviewed(stack: Stack, told: Row) -> list[Verdict]:
    """Check that the tracker equals a recount, every planned case occurred, and published procedures are in use."""
    rows = list(rows_of(stack, "RegistryTableName"))
    items = [row["thing"] for row in rows if row["PK"] == "REVIEW"]
    lists = _recounted(items)
    lines = {line["department_id"]: line for line in told["departments"]}
    wrong = [name for name, line in lines.items() if line["items"] and not _equal(line, lists.get(name))]
    wrong += sorted(lists.keys() - lines.keys())
    results = {name: (lines[name]["complete"], lines[name]["days_late"]) for name in ("skhdt", "syt", "snv", "stp")}
    published = {item["code"] for item in items if "publish" in _days(item) and item["kind"] == "tthc"}
    in_force = {
        row["entry_id"]
        for row in rows
        if row["PK"] == "PROCEDURE" and any("published_on" in version for version in row["thing"]["versions"])
    }
    return [
        Verdict(
            "Bảng theo dõi rà soát bằng số đếm lại từ danh mục",
            "the review tracker equals a recount from the work-lists",
            not wrong and len(items) == told["totals"]["items"] and not told["totals"]["not_listed"],
            f"{len(items)} mục (items), {len(lists)} cơ quan (departments), {told['totals']['not_listed']} chưa đưa vào "
            f"danh mục (not listed); sai (wrong): {', '.join(wrong) or 0}",
        ),
        Verdict(
            "29/5 đúng hạn, 01/6 trễ 3 ngày, chưa xong thì trễ tính đến hôm nay",
            "29 May is in time, 1 June three days late, what is not finished is late as of today",
            results == {"skhdt": (True, 0), "syt": (True, 0), "snv": (True, 3), "stp": (False, 5)},
            "; ".join(f"{name}: {result(lines[name])}" for name in results),
        ),
        Verdict(
            "Thủ tục đã công khai thì tiếp nhận được, kể cả bản mới",
            "what was published can be asked for, new ones, too",
            bool(published) and published <= in_force,
            f"{len(published)} thủ tục (procedures)",
        ),
    ]


ACTS = {"proposed": "propose", "announced": "announce", "published": "publish", "withdrawn": "withdraw"}


def _days(item: Row) -> dict[str, str]:
    """Return the day of each act. In the demo no act is taken back."""
    return {step["act"]: step["on"] for step in item.get("steps", [])}


def _recounted(items: list[Row]) -> dict[str, _Recount]:
    lists: dict[str, _Recount] = {}
    for item in items:
        counted = lists.setdefault(item["department_id"], _Recount(Counter()))
        days = _days(item)
        reached = [state for state, act in ACTS.items() if act in days]
        counted.counts[reached[-1] if reached else "to_review"] += 1
        done = [days[act] for act in ("publish", "withdraw") if act in days]
        counted.open += not done
        counted.last = max(counted.last, *done) if done else counted.last
    return lists


def _equal(line: Row, counted: _Recount | None) -> bool:
    return counted is not None and (
        {state: count for state, count in line["counts"].items() if count} == dict(counted.counts)
        and line["complete"] is (counted.open == 0)
        and line["days_late"] == counted.days_late
    )
