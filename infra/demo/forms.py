"""Paper dossiers go from the one-stop unit to the agency.

Both sign for them: in bulk where there are several, else singly.
"""

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.demo.office import Office
from infra.demo.plan import Case, calendar
from infra.demo.verdict import Row, Verdict


@dataclass(frozen=True, slots=True)
class Signing:
    """One side's signature: who signs, by which act in bulk, and by which path for a single dossier."""

    who: str
    act: str
    path: str


HANDS_OVER = Signing("clerk", "hand_over_paper", "paper-handover")
TAKES = Signing("officer", "take_paper", "paper-receipt")


class Papers:
    """The papers still to be signed for.

    The clerk hands them over as planned; the agency takes them when it works next.
    """

    def __init__(self, office: Office, cases: list[Case]) -> None:
        self._office, self._calendar = office, calendar()
        self._to_hand = [case for case in cases if case.paper_at]
        self._to_take: list[tuple[datetime, Case]] = []
        self.jobs: set[str] = set()

    def sign(self, end: datetime, people: ThreadPoolExecutor) -> bool:
        """Start every signature due by `end` and return whether there was any.

        Bulk jobs end once no message is pending. When a dossier is decided before the agency would sign in bulk, both
        sides sign for it immediately.
        """
        piles: dict[tuple[Signing, str], list[tuple[datetime, Case]]] = defaultdict(list)
        for at, case in self._to_take:
            if at <= end:
                piles[TAKES, case.person(TAKES.who)].append((at, case))
        self._to_take = [(at, case) for at, case in self._to_take if at > end]
        handed = [(case.paper_at, case) for case in self._to_hand if case.paper_at and case.paper_at <= end]
        self._to_hand = [case for case in self._to_hand if case.paper_at and case.paper_at > end]
        at_once = [(at, case) for at, case in handed if _decided_at(case) <= end]
        for at, case in handed:
            if _decided_at(case) > end:
                piles[HANDS_OVER, case.person(HANDS_OVER.who)].append((at, case))
                self._to_take.append((self._calendar.opening(end) + timedelta(minutes=10), case))
        list(people.map(lambda each: self._both(*each), at_once))
        list(people.map(lambda pile: self._sign(pile[0], pile[1], piles[pile]), piles))
        return bool(handed or piles)

    def _both(self, at: datetime, case: Case) -> None:
        dossier = self._office.open(case.person(HANDS_OVER.who), case.id)
        for signing in (HANDS_OVER, TAKES):
            dossier = self._office.act(case.person(signing.who), dossier, signing.path, at)
        case.clock = at

    def _sign(self, signing: Signing, who: str, pile: list[tuple[datetime, Case]]) -> None:
        """Sign for a pile of papers at the time of the last one."""
        at = max(max(planned, case.clock or planned) for planned, case in pile)
        for _, case in pile:
            case.clock = at
        if len(pile) == 1:
            self._office.act(who, self._office.open(who, pile[0][1].id), signing.path, at)
        else:
            self.jobs.add(self._office.start_bulk(who, signing.act, [case.id for _, case in pile], at))


def _decided_at(case: Case) -> datetime:
    return min(case.resolve_at, case.ends_at or case.resolve_at)


def in_bulk(papers: Papers, rows: list[Row]) -> Verdict:
    """Check that every bulk job did its act on every dossier that it was given."""
    of_jobs = [row for row in rows if row.get("kind") in ("job", "job_result") and row["PK"][4:] in papers.jobs]
    given = sum(row["bulk"]["size"] for row in of_jobs if row["kind"] == "job")
    results = Counter(row["outcome"] for row in of_jobs if row["kind"] == "job_result")
    other = {outcome: count for outcome, count in results.items() if outcome != "done"}
    return Verdict(
        "Việc làm hàng loạt (giao, nhận hồ sơ giấy) xong với từng hồ sơ",
        "bulk work (paper handed over, signed for) was done on each dossier",
        results["done"] == given and not other,
        f"{len(papers.jobs)} lượt (jobs), {given} hồ sơ (dossiers), {results['done']} xong (done); khác (other): {other or 0}",
    )
