"""Run the plan, half a day at a time.

People act on what their inbox shows, and the queues run empty before each step.
"""

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from infra.demo import actors
from infra.demo.forms import Papers
from infra.demo.office import LINK, PORTAL, Office
from infra.demo.plan import Case, Row, steps_of
from infra.engine.errors import LocalRunError
from infra.simulator.process import Partner
from infra.stack.stack import Stack
from motcua.adapters.dynamodb.keys import OWED_SHARDS
from motcua.domain.local_time import LOCAL

CONCURRENT_REQUESTS = 6
"""Each further one may start another worker process of the embedded Lambda."""

PATIENCE_SECONDS = 120
EVENING = 18
ROUTED = ("acceptance", "supplement", "payment")
"""Acts after which the queue carries the dossier to its agency. The next person there must wait for that."""


def wait_until_nothing_is_owed(stack: Stack, patience: float = PATIENCE_SECONDS) -> None:
    """Return once no message is pending, so that everything has happened that follows from what was written."""
    until = time.monotonic() + patience
    # Read twice: while one shard of the index is read, a pending message of another may put new work into it.
    while owed := _owed(stack) or _owed(stack):
        if time.monotonic() > until:
            raise LocalRunError(
                f"{owed} việc trong hàng đợi chưa xong sau {patience:.0f} giây; xem {stack.folder / 'engine.log'}",
                f"{owed} messages were still owed after {patience:.0f} s; see {stack.folder / 'engine.log'}",
            )
        time.sleep(0.05)


def _owed(stack: Stack) -> int:
    client, table = stack.client("dynamodb"), stack.outputs["DossierTableName"]
    return sum(
        client.query(
            TableName=table,
            IndexName="OwedIndex",
            KeyConditionExpression="owed_shard = :shard",
            ExpressionAttributeValues={":shard": {"S": str(shard)}},
            Select="COUNT",
        )["Count"]
        for shard in range(OWED_SHARDS)
    )


class Simulation:
    """The state of the simulation: which cases have come so far, and where each of them stands."""

    def __init__(self, stack: Stack, office: Office, partner: Partner, cases: list[Case]) -> None:
        self._stack, self._office, self._partner = stack, office, partner
        self._coming = sorted(cases, key=lambda case: case.arrives_at)
        self._here: list[Case] = []
        self.papers = Papers(office, cases)
        self._with_post = set[str]()
        self.cases, self.received = cases, set[str]()
        self.now = datetime.min.replace(tzinfo=LOCAL)
        for case in cases:
            case.steps = steps_of(case)

    def half_day(self, end: datetime) -> None:
        """Do everything that people do until `end`, and wait for everything that follows from it."""
        self.now = end
        with ThreadPoolExecutor(CONCURRENT_REQUESTS) as people:
            self._arrivals(end, people)
            signing = self.papers.sign(end, people)
            moved = self._partner_moves(end)  # before the officers, because what they pack now is ordered only later
            if signing or moved:
                self._settle()
            self._people_work(end, people)

    def _arrivals(self, end: datetime, people: ThreadPoolExecutor) -> None:
        coming = [case for case in self._coming if case.arrives_at <= end]
        self._coming = self._coming[len(coming) :]

        def arrive(case: Case) -> None:
            case.id = self._office.arrive(case, actors.citizen(case.index))["id"]
            if case.channel_in != "online" and case.way != "refusal":
                self.received.add(case.id)

        list(people.map(arrive, coming))
        self._here += [case for case in coming if case.steps]
        if coming:
            self._settle()

    def _partner_moves(self, end: datetime) -> bool:
        told = self._partner.move_clock(end)
        if told.get("failed"):
            raise LocalRunError(
                f"Đối tác bưu chính bị từ chối: {told}", f"The partner's callbacks were refused: {told}"
            )
        return bool(told.get("sent"))

    def _people_work(self, end: datetime, people: ThreadPoolExecutor) -> None:
        """Repeat rounds until every step due by `end` is done or waits for somebody else."""
        due = [case for case in self._here if case.steps and case.steps[0].at <= end and not self._rests(case, end)]
        while due:
            last = {case.id: case.steps[0].act for case in due}
            acted = self._round(due, end, people)
            due = [case for case in due if case.id in acted and case.steps and case.steps[0].at <= end]
            if any(last[case.id] in ROUTED for case in due):
                self._settle()
        self._settle()
        self._here = [case for case in self._here if case.steps]

    def _rests(self, case: Case, end: datetime) -> bool:
        """Return whether the case rests because the post has it. Such cases are looked at in the evening."""
        return case.id in self._with_post and end.hour < EVENING

    def _round(self, due: list[Case], end: datetime, people: ThreadPoolExecutor) -> set[str]:
        """Open each inbox in which something is due and act on it. Returns the ids of the cases that moved on."""
        inboxes: dict[tuple[str, str, int], list[Case]] = defaultdict(list)
        for case in due:
            step = case.steps[0]
            by_itself = case.id if not step.inbox else ""
            inboxes[case.person(step.who), step.inbox or by_itself, step.status].append(case)

        def at_inbox(inbox: tuple[str, str, int]) -> set[str]:
            who, unit, status = inbox
            shown = self._office.inbox(who, unit, status) if inboxes[inbox][0].steps[0].inbox else {}
            return {case.id for case in inboxes[inbox] if self._go_on(case, who, shown.get(case.id), end)}

        return set[str]().union(*people.map(at_inbox, inboxes))

    def _go_on(self, case: Case, who: str, dossier: Row | None, end: datetime) -> bool:
        """Do the first step and those that the same person does next.

        Returns False when the dossier is not there yet.
        """
        acted, dossier = False, dossier or self._opened(case)
        while dossier is not None and (dossier := self._do(case, dossier, end)):
            acted = True
            if not case.steps or not _same_hand(case, who, dossier, end):
                break
        return acted

    def _opened(self, case: Case) -> Row | None:
        """Open a dossier that is in no inbox of the person who acts. Returns None unless it is in the expected status.

        A result that is no longer at the one-stop unit was delivered, so that its return needs no step.
        """
        step = case.steps[0]
        if step.act == "return":
            case.steps.pop(0)
        if step.inbox:
            return None
        dossier = self._office.open(case.person(step.who), case.id, actors.citizen(case.index)["number"])
        return dossier if step.status in (0, dossier["status"]["code"]) else None

    def _do(self, case: Case, dossier: Row, end: datetime) -> Row | None:
        """Do the first step and return the dossier after it, or None when the post has the result."""
        step, act = case.steps[0], case.steps[0].act
        at = end if step.whenever else max(step.at, case.clock or step.at)
        body = step.body(dossier) if callable(step.body) else step.body
        if act == "return":
            if dossier["parcel_open"]:
                self._with_post.add(case.id)
                return None
            act, at, body = _giving(case, dossier, at, end)
        who, citizen = case.person(step.who), actors.citizen(case.index)["number"]
        if who == PORTAL:
            after = self._office.act_by_portal(citizen, dossier, act, at, body)
        elif act == LINK:
            after = self._office.choose_by_link(who, dossier, at)
        else:
            after = self._office.act(who, dossier, act, at, body)
        case.clock = at
        if act == "acceptance":
            self.received.add(case.id)
        if act == step.act:
            case.steps.pop(0)
        return after

    def _settle(self) -> None:
        wait_until_nothing_is_owed(self._stack)


def _same_hand(case: Case, who: str, dossier: Row, end: datetime) -> bool:
    """Return whether the same person does the next step now, on the dossier as it is.

    A return is always opened anew.
    """
    step = case.steps[0]
    fits = step.status == dossier["status"]["code"] and step.act != "return"
    return fits and step.at <= end and case.person(step.who) == who


def _giving(case: Case, dossier: Row, at: datetime, end: datetime) -> tuple[str, datetime, Row]:
    """Return act, time and body of the result's return: by its channel, by post after all, or at the counter.

    A result that the post brought back is collected at the counter.
    """
    if case.chooses_post_late and dossier["channel_out"] != "post":
        return "return-channel", at, {"channel_out": "post"}
    if dossier["channel_out"] == "post":
        return "return", end, {"channel": "counter"}
    return "return", at, {"channel": dossier["channel_out"]}
