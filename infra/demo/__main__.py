"""`python -m infra.demo`: run the whole demo on the embedded AWS, from an empty stack to a checked report."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from datetime import time as time_of_day

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from infra.demo import actors, plan
from infra.demo.check import told, tracked, verdicts
from infra.demo.closing import close_months
from infra.demo.deadlines import Waited
from infra.demo.incidents import add_incidents
from infra.demo.moves import all_played, played, show_moves
from infra.demo.office import CONTROLLER, Office
from infra.demo.opening import tell_opening
from infra.demo.report import show, write_files
from infra.demo.review import review, reviewed, show_tracker, tracker
from infra.demo.review_page import section
from infra.demo.simulation import Simulation
from infra.engine.errors import LocalRunError, run
from infra.operate.sweep import sweep
from infra.registry.linked_sample import enter_until
from infra.registry.seed import seed
from infra.simulator.process import Partner, running_partner
from infra.stack.partner_link import link_partner
from infra.stack.stack import Stack, running_stack

PERIODS = ("2020-04", "2020-05")
OPENING, NOON = time_of_day(7), time_of_day(12)

console = Console(highlight=False, width=max(120, shutil.get_terminal_size((120, 24)).columns))


def main() -> int:
    dossiers = _wanted()
    agencies = actors.agencies(everybody=dossiers > 10 * actors.USUAL_DOSSIERS)
    started = time.monotonic()
    with running_stack("demo", fresh=True, schedules=False, say=_say) as stack:
        _say(f"Nạp đơn vị, thủ tục và quy định · Loading the registry: {seed(stack)} dòng (rows)")
        enter_until(plan.LAST_RECEIPT, stack)
        state = stack.folder / "partner.json"
        state.unlink(missing_ok=True)
        with running_partner(stack.partner_port, state) as partner:
            link_partner(stack, partner)
            return _play(stack, partner, agencies, dossiers, started)


def _play(stack: Stack, partner: Partner, agencies: list[actors.Agency], dossiers: int, started: float) -> int:
    office = Office(stack, agencies)
    cases = plan.plan(agencies, dossiers)
    add_incidents(cases, agencies)
    simulation = Simulation(stack, office, partner, cases)
    try:
        with _bars() as bars:
            for _ in bars.track(office.sign_in(), total=office.size, description="Đăng nhập · Sign-ins"):
                pass
            tell_opening(office)
            closings = _weeks(bars, stack, simulation, office)
        for line in closings:
            _say(f"Chốt tháng · Close: {line}")
        reports = {period: office.get(CONTROLLER, f"/reports/targets/{period}") for period in PERIODS}
        for report in reports.values():
            show(console, report)
        acts, warned = played(stack)
        show_moves(console, acts, warned, cases)
        waited = Waited(stack, cases)
        waited.show(console, office)
        progress = tracker(office)
        show_tracker(console, progress)
        files = write_files(stack.folder / "report", reports, section(progress))
        checks = [*verdicts(stack, simulation, reports), all_played(acts, warned, dossiers), waited.recounted()]
        checks += [tracked(stack, office, cases), told(reports["2020-05"])]
        checks += reviewed(stack, progress)
    finally:
        office.close()
    for check in checks:
        sign = "[green]✓[/green]" if check.holds else "[red]✗[/red]"
        console.print(f"{sign} {check.vi} · {check.en}\n    {check.numbers}")
    took = time.monotonic() - started
    console.print(f"\nBáo cáo · Report: {files[0]}\n                  {files[1]}")
    console.print(f"{dossiers} hồ sơ (dossiers), {len(agencies)} cơ quan (agencies), {took:.0f} s")
    broken = [check for check in checks if not check.holds]
    if broken:
        raise LocalRunError(
            "Tự kiểm tra KHÔNG đạt: " + "; ".join(check.vi for check in broken),
            "the self-check FAILED: " + "; ".join(check.en for check in broken),
        )
    console.print("[bold green]Tự kiểm tra đạt · The self-check holds.[/bold green]")
    return 0


def _weeks(bars: Progress, stack: Stack, simulation: Simulation, office: Office) -> list[str]:
    """Run all half days and, between them, the deadline sweeps, the review of procedures and the month closings."""
    lines: list[str] = []
    ends = plan.half_days()
    task = bars.add_task("23/4 → 3/6/2020", total=len(ends))
    before = datetime.combine(plan.FIRST, datetime.min.time(), ends[0].tzinfo)
    for end in ends:
        if end.time() == NOON:
            _sweep(stack, datetime.combine(end.date(), OPENING, end.tzinfo))
        simulation.half_day(end)
        if end.time() > NOON:
            _sweep(stack, end)
        review(office, before, end)
        lines += close_months(stack, before, end)
        bars.update(task, advance=1, description=f"{end:%d/%m/%Y %H:%M} · {len(simulation.received)} hồ sơ")
        before = end
    return lines


def _sweep(stack: Stack, at: datetime) -> None:
    swept = sweep(stack, at.isoformat())
    if swept["failed"] or not swept["finished"]:
        raise LocalRunError(
            f"Rà soát thời hạn không trọn: {swept}", f"the sweep of deadlines did not end well: {swept}"
        )


@contextmanager
def _bars() -> Iterator[Progress]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as bars:
        yield bars


def _wanted() -> int:
    text = os.environ.get("DOSSIERS") or str(actors.USUAL_DOSSIERS)
    if not text.isdecimal() or not 20 <= int(text) <= 100_000:
        raise LocalRunError(
            f"DOSSIERS={text}: phải là số từ 20 đến 100000", f"DOSSIERS={text}: must be a number from 20 to 100000"
        )
    return int(text)


def _say(text: str) -> None:
    console.print(f"[dim]{time.strftime('%H:%M:%S')}[/dim] {text}")


if __name__ == "__main__":
    run(main)
