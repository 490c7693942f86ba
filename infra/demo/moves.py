"""Check that every kind of move happened: each act of the product's table, counted from the events and shown."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from infra.demo.incidents import INCIDENTS
from infra.demo.plan import Case
from infra.demo.verdict import Row, Verdict, rows_of
from infra.stack.stack import Stack
from motcua.domain.dossier.moves.table import MOVES
from motcua.domain.event import EventType

ENOUGH = 60
"""With fewer dossiers than this, not every incident finds one that suits it."""

WARNINGS = {
    "approaching": "sắp đến hạn",
    "late": "quá hạn",
    "paper_late": "hồ sơ giấy giao chậm",
    "leg_late": "cơ quan liên thông chậm",
    "opinion_late": "ý kiến chậm",
    "supplement_expired": "hết hạn bổ sung",
    "unanswered": "hồ sơ trực tuyến chưa trả lời",
}


def played(stack: Stack) -> tuple[Counter[str], Counter[str]]:
    """Count how often each act was done, and each reminder sent."""
    events = [row for row in rows_of(stack, "DossierTableName") if row.get("kind") == "event"]
    types = Counter(row["type"] for row in events)
    # A receipt at the counter opens a dossier; the same event after a submission is an acceptance.
    types[EventType.DOSSIER_RECEIVED] -= sum(_opens(row) for row in events)
    warned = Counter(row["data"]["warning"].partition("@")[0].partition(":")[0] for row in events if _warns(row))
    return Counter({act: types[move.event.value] for act, move in MOVES.items()}), warned


def _opens(row: Row) -> bool:
    return bool(row["type"] == EventType.DOSSIER_RECEIVED and row["version"] == 1)


def _warns(row: Row) -> bool:
    return bool(row["type"] == EventType.DOSSIER_WARNED)


def all_played(acts: Mapping[str, int], warned: Mapping[str, int], dossiers: int) -> Verdict:
    """Check that each act was done at least once, when there are enough dossiers."""
    missing = [act for act in MOVES if not acts.get(act)] + [what for what in WARNINGS if not warned.get(what)]
    said = f"; thiếu (missing): {', '.join(missing)}" if missing else ""
    few = f" · chỉ bắt buộc từ {ENOUGH} hồ sơ (asked of {ENOUGH} dossiers or more)" if dossiers < ENOUGH else ""
    return Verdict(
        "Mọi loại việc trong đời hồ sơ đều đã diễn ra",
        "every kind of move was played",
        not missing or dossiers < ENOUGH,
        f"{len(MOVES)} loại việc (acts), {sum(acts.values())} lần (times), {len(WARNINGS)} loại cảnh báo (warnings)"
        f"{said}{few}",
    )


def show_moves(console: Console, acts: Mapping[str, int], warned: Mapping[str, int], cases: Iterable[Case]) -> None:
    """Print how often each act was done, in two columns, then the reminders and the incidents."""
    title = "Mọi loại việc trong đời hồ sơ · Every kind of move"
    table = Table(title=title, title_justify="left", header_style="bold", expand=True, box=SIMPLE_HEAD)
    for _ in range(2):
        table.add_column("Việc · Act", ratio=1)
        table.add_column("lần", justify="right")
    lines = [(f"{move.vi} [dim]{act.replace('_', ' ')}[/dim]", str(acts[act])) for act, move in MOVES.items()]
    half = (len(lines) + 1) // 2
    for left, right in zip(lines[:half], [*lines[half:], ("", "")], strict=False):
        table.add_row(*left, *right)
    console.print(table)
    told = ", ".join(f"{vi} {warned[what]}" for what, vi in WARNINGS.items())
    console.print(f"[dim]Cảnh báo · Warnings: {told}[/dim]")
    counts = Counter(case.incident for case in cases)
    incidents = ", ".join(f"{each.vi} {counts[each.name]}" for each in INCIDENTS)
    console.print(f"[dim]Tình huống · Twists: {incidents}[/dim]\n")
