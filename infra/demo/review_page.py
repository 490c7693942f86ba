"""The tracker of the review (R4) as a section of the demo's HTML page."""

import html
from typing import Any

from infra.demo.review import STATES, day_of, result

Row = dict[str, Any]


def section(told: Row) -> str:
    """Return the same table as in the terminal, and the departments without a work-list."""
    head = ("Cơ quan · Department", *STATES.values(), "Chưa đưa vào<br>not listed", "Kết quả · Result")
    rows = [_row(line) for line in told["departments"] if line["complete"] is not None]
    silent = [line["department_vi"] for line in told["departments"] if line["complete"] is None]
    note = f"<p>Không có thủ tục trong danh mục · No procedures: {html.escape(', '.join(silent))}</p>" if silent else ""
    return (
        f"<h2>Rà soát, công bố, công khai thủ tục đến {day_of(told['on'])} · Review of procedures by that day</h2>"
        f"<p>Xong trước {day_of(told['before'])} · finished before that day: {html.escape(told['rule'])}</p>"
        f"<table><thead><tr>{''.join(f'<th>{each}</th>' for each in head)}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{note}"
    )


def _row(line: Row) -> str:
    tone = "no" if not line["in_time"] else "yes" if line["complete"] else "none"
    counts = [line["counts"][state] or "" for state in STATES] + [line["not_listed"] or ""]
    return (
        f"<tr><td>{html.escape(line['department_vi'])}</td>{''.join(f'<td>{count}</td>' for count in counts)}"
        f'<td class="{tone}">{result(line)}</td></tr>'
    )
