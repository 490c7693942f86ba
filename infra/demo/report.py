"""The target report for people: a table in the terminal, an HTML page with a chart, and CSV."""

import csv
import html
from datetime import date
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

Report = dict[str, Any]
Line = dict[str, Any]

KINDS = {
    "department": "Sở, ban, ngành",
    "district": "UBND huyện, thị xã, thành phố",
    "commune": "UBND xã, phường, thị trấn",
    "vertical": "Cơ quan ngành dọc",
}
STATUSES = {"provisional": "tạm tính", "closed": "đã chốt", "restated": "đính chính"}

COLUMNS = (
    "Cơ quan · Agency",
    "D\ntháng/năm",
    "N\ntháng/năm",
    "Tháng",
    "Đầu kỳ N/D\nOpening",
    "Năm",
    "Chỉ tiêu",
    "Kết quả · Result",
)
"""Line breaks are those of the terminal; in HTML they become spaces."""

YEAR = COLUMNS.index("Năm")


def title(report: Report) -> str:
    return (
        f"Kết quả trả qua bưu chính công ích, tháng {report['period'][5:]}/{report['period'][:4]} "
        f"({STATUSES[report['status']]}, phiên bản {report['version']})"
    )


def opening(line: Line) -> str:
    """Return the opening figure, or the day from which the year counts. Unknown is not 0."""
    told = line["opening"]
    return f"{told['delivered_by_post']}/{told['returned']}" if told else f"từ {_day(line['year_from'])}"


def sources(report: Report) -> list[str]:
    """Return the document and the author of each opening figure."""
    return [
        f"{line['agency_vi']}: {_day(told['first'])} – {_day(told['last'])}, {told['document']['number']}, "
        f"{told['document']['title_vi']}; {told['author']}"
        for line in report["lines"]
        if (told := line["opening"])
    ]


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def result(line: Line) -> str:
    """Return the result in both languages: reached, how many are missing, no results, or no target."""
    if line["target"] is None:
        return "không có chỉ tiêu · no target"
    if line["reached"] is None:
        return "không phát sinh · none due"
    return "đạt · reached" if line["reached"] else f"thiếu {line['missing']} · {line['missing']} missing"


def shown(report: Report) -> list[Line]:
    """Return every agency with a target, and those without one that have results."""
    return [line for line in report["lines"] if line["target"] is not None or line["year"]["returned"]]


def show(console: Console, report: Report) -> None:
    """Print the report as a table."""
    table = Table(title=title(report), title_justify="left", header_style="bold", expand=True, box=SIMPLE_HEAD)
    for index, column in enumerate(COLUMNS):
        table.add_column(
            column,
            justify="right" if 0 < index < len(COLUMNS) - 1 else "left",
            no_wrap=index > 0,
            ratio=None if index else 1,
        )
    kind = ""
    for line in shown(report):
        if line["kind"] != kind:
            kind = line["kind"]
            table.add_section()
            table.add_row(f"[bold]{KINDS[kind]}[/bold]")
        color = {True: "green", False: "red", None: "dim"}[line["reached"]]
        table.add_row(*_cells(line)[:-1], f"[{color}]{result(line)}[/{color}]")
    console.print(table)
    silent = len(report["lines"]) - len(shown(report))
    if silent:
        console.print(
            f"[dim]… và {silent} cơ quan không có chỉ tiêu, không phát sinh · and {silent} without target or results[/dim]"
        )
    for source in sources(report):
        console.print(f"[dim]Số liệu đầu kỳ · Opening figures: {source}[/dim]")
    console.print(f"[dim]{report['method_vi']}[/dim]\n")


def _cells(line: Line) -> list[str]:
    month, year = line["month"], line["year"]
    return [
        line["agency_vi"],
        f"{month['returned']}/{year['returned']}",
        f"{month['delivered_by_post']}/{year['delivered_by_post']}",
        month["percent"],
        opening(line),
        year["percent"],
        line["target"] or "—",
        result(line),
    ]


def write_files(folder: Path, reports: dict[str, Report], more: str = "") -> tuple[Path, Path]:
    """Write report.html, with `more` at its end, and report.csv into `folder`. Returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    page, sheet = folder / "report.html", folder / "report.csv"
    page.write_text(_page(reports, more), encoding="utf-8")
    with sheet.open(
        "w", encoding="utf-8-sig", newline=""
    ) as file:  # the mark (BOM) tells spreadsheets that it is UTF-8
        writer = csv.writer(file)
        writer.writerow(
            ("period", "status", "version", "agency_id", "agency_vi", "kind", "returned_month", "post_month",
             "percent_month", "opening_returned", "opening_post", "opening_document", "opening_author", "year_from",
             "returned_year", "post_year", "percent_year", "target", "reached", "missing",
             "became_ready", "registered_for_post", "handed_to_post", "rule")
        )  # fmt: skip
        for period, report in reports.items():
            for line in report["lines"]:
                writer.writerow((period, report["status"], report["version"], *_csv_cells(line)))
    return page, sheet


def _csv_cells(line: Line) -> tuple[object, ...]:
    month, year = line["month"], line["year"]
    return (
        line["agency_id"], line["agency_vi"], line["kind"],
        month["returned"], month["delivered_by_post"], month["percent"], *_opening_cells(line), line["year_from"],
        year["returned"], year["delivered_by_post"], year["percent"],
        line["target"] or "", line["reached"], line["missing"],
        line["became_ready"], line["registered_for_post"], line["handed_to_post"], line["rule"] or "",
    )  # fmt: skip


def _opening_cells(line: Line) -> tuple[object, ...]:
    """Return the cells of the opening figure, empty where none was entered. Unknown is not 0."""
    told = line["opening"]
    if told is None:
        return ("", "", "", "")
    document = f"{told['document']['number']}: {told['document']['title_vi']}"
    return told["returned"], told["delivered_by_post"], document, told["author"]


STYLE = """
:root { --ink: #1b1f24; --soft: #5b6570; --line: #d8dde3; --post: #1769aa; --no: #b3261e; --yes: #1b7f3b; --bar: #e8eef5 }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); margin: 2rem auto; max-width: 84rem; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.5rem } p { color: var(--soft) }
table { border-collapse: collapse; width: 100%; font-size: .95rem }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: middle }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left }
tr.kind td { font-weight: 600; padding-top: 1rem }
td.chart { width: 26%; min-width: 11rem } td.chart div { display: flex; gap: .6rem; align-items: center }
td.chart span { min-width: 3.5rem } svg { display: block; flex: 1; height: 16px }
td { white-space: nowrap } td:first-child { white-space: normal; min-width: 14rem } th.chart { text-align: left }
.yes { color: var(--yes) } .no { color: var(--no) } .none { color: var(--soft) }
"""


def _page(reports: dict[str, Report], more: str) -> str:
    parts = [_section(report) for report in reversed(reports.values())]
    first = next(iter(reports.values()))
    return (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Báo cáo chỉ tiêu trả kết quả qua bưu chính</title><style>{STYLE}</style>"
        "<h1>Báo cáo chỉ tiêu trả kết quả qua dịch vụ bưu chính công ích · Target report</h1>"
        "<p>Dữ liệu chạy thử: người và hồ sơ là ví dụ; đơn vị và thủ tục là thật, mã định danh đơn vị là mẫu. · "
        "Demo data: people and dossiers are invented; units and procedures are real, unit identifiers are samples.</p>"
        f"<p>{html.escape(first['method_vi'])}<br>{html.escape(first['method_en'])}</p>{''.join(parts)}{more}</html>"
    )


def _section(report: Report) -> str:
    rows, kind = [], ""
    for line in shown(report):
        if line["kind"] != kind:
            kind = line["kind"]
            rows.append(f'<tr class="kind"><td colspan="{len(COLUMNS)}">{KINDS[kind]}</td></tr>')
        rows.append(_row(line))
    against = (*COLUMNS[:YEAR], "Năm so với chỉ tiêu · Year against target", *COLUMNS[YEAR + 1 :])
    head = "".join(f"<th>{column}</th>" for column in against)
    told = "".join(f"<li>{html.escape(source)}</li>" for source in sources(report))
    notes = (
        f"<p>Số liệu đầu kỳ do cơ quan tự báo · Opening figures, as told by the agencies:</p><ul>{told}</ul>"
        if told
        else ""
    )
    return (
        f"<h2>{html.escape(title(report))}</h2><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{notes}"
    )


def _row(line: Line) -> str:
    cells = [html.escape(cell) for cell in _cells(line)]
    tone = {True: "yes", False: "no", None: "none"}[line["reached"]]
    return (
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells[:YEAR])}"
        f'<td class="chart">{_bar(line)}</td><td>{cells[YEAR + 1]}</td><td class="{tone}">{cells[YEAR + 2]}</td></tr>'
    )


def _bar(line: Line) -> str:
    """Return the year's share in words and as a bar with the target marked; no bar if nothing was to return."""
    year, target = line["year"], line["target"]
    if not year["returned"]:
        return ""
    share = 100 * year["delivered_by_post"] / year["returned"]
    mark = (
        f'<rect x="{float(target.split()[0].replace(",", "."))}" width=".6" height="16" fill="var(--ink)"/>'
        if target
        else ""
    )
    label = year["percent"] + (f", chỉ tiêu {target}" if target else "")
    return (
        f'<div><svg viewBox="0 0 100 16" preserveAspectRatio="none" role="img" aria-label="{label}"><title>{label}</title>'
        f'<rect width="100" height="16" fill="var(--bar)"/><rect width="{share:.1f}" height="16" fill="var(--post)"/>'
        f"{mark}</svg><span>{year['percent']}</span></div>"
    )
