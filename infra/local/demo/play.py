"""Play the plan, half a day at a time: people act on what their inbox shows, and the queues run empty before each jump."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from infra.local.demo import cast
from infra.local.demo.office import Office
from infra.local.demo.plan import Case
from infra.local.errors import LocalRunError
from infra.local.partner.process import Partner
from infra.local.stack import Stack
from motcua.adapters.keys import OWED_SHARDS

AT_ONCE = 6
"""Requests at a time: each one more may start another worker process of the embedded Lambda."""

PATIENCE_SECONDS = 120


def wait_until_nothing_is_owed(stack: Stack, patience: float = PATIENCE_SECONDS) -> None:
    """Return once every consequence of what was written has happened: the index of owed messages is empty."""
    until = time.monotonic() + patience
    while owed := _owed(stack):
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


class Play:
    """The state of the play: which cases have come so far, and where each of them stands."""

    def __init__(self, stack: Stack, office: Office, partner: Partner, cases: list[Case]) -> None:
        self._stack, self._office, self._partner = stack, office, partner
        self._coming = sorted(cases, key=lambda case: case.arrives_at)
        self._here: list[Case] = []
        self.received: set[str] = set()

    def half_day(self, end: datetime) -> None:
        """Everything that people do until `end`, and everything that follows from it."""
        with ThreadPoolExecutor(AT_ONCE) as people:
            self._arrivals(end, people)
            self._clerks_decide(end, people)
            self._partner_moves(end)  # before the officers: what they pack now is ordered after this moment
            self._officers_work(end, people)
            self._settle()
            self._clerks_return(end, people)
            self._settle()

    def _arrivals(self, end: datetime, people: ThreadPoolExecutor) -> None:
        coming = [case for case in self._coming if case.arrives_at <= end]
        self._coming = self._coming[len(coming) :]

        def arrive(case: Case) -> None:
            case.id = self._office.arrive(case, cast.citizen(case.index))["id"]
            if case.channel_in != "online":
                self.received.add(case.id)

        list(people.map(arrive, coming))
        self._here += coming
        self._settle(coming)

    def _clerks_decide(self, end: datetime, people: ThreadPoolExecutor) -> None:
        waiting = [case for case in self._here if case.accept_at and case.accept_at <= end and not case.done]

        def decide(case: Case, dossier: dict[str, Any]) -> None:
            clerk = f"clerk@{case.agency.one_stop_id}"
            assert case.accept_at is not None
            if case.refused:
                reason = {"reason": "Thiếu bản chính theo thành phần hồ sơ (ví dụ)"}
                self._office.act(clerk, dossier, "refusal", case.accept_at, reason)
                case.done = "refused"
            else:
                self._office.act(clerk, dossier, "acceptance", case.accept_at)
                case.done = "accepted"
                self.received.add(case.id)

        self._on_desks(waiting, lambda case: case.agency.one_stop_id, "clerk", 1, decide, people)
        self._settle(waiting)

    def _officers_work(self, end: datetime, people: ThreadPoolExecutor) -> None:
        busy = [case for case in self._here if case.take_over_at <= end and case.id in self.received]
        busy = [case for case in busy if case.done != "taken" or case.resolve_at <= end]

        def work(case: Case, dossier: dict[str, Any]) -> None:
            officer = f"officer@{case.agency.id}"
            if case.done != "taken":
                dossier = self._office.act(officer, dossier, "takeover", case.take_over_at)
                case.done = "taken"
            if case.resolve_at <= end:
                self._office.act(officer, dossier, "resolution", case.resolve_at)
                case.done = "resolved"

        self._on_desks(
            [case for case in busy if case.done != "resolved"], lambda case: case.agency.id, "officer", 4, work, people
        )

    def _partner_moves(self, end: datetime) -> None:
        told = self._partner.move_clock(end)
        if told.get("failed"):
            raise LocalRunError(
                f"Đối tác bưu chính bị từ chối: {told}", f"The partner's callbacks were refused: {told}"
            )
        if told.get("sent"):
            self._settle()

    def _clerks_return(self, end: datetime, people: ThreadPoolExecutor) -> None:
        ready = [case for case in self._here if case.done == "resolved" and case.resolve_at + case.fetch_after <= end]

        def give(case: Case, dossier: dict[str, Any]) -> None:
            clerk, at = f"clerk@{case.agency.one_stop_id}", case.resolve_at + case.fetch_after
            if dossier["parcel_open"]:
                return
            if case.chooses_post_late and dossier["channel_out"] != "post":
                self._office.act(clerk, dossier, "return-channel", at, {"channel_out": "post"})
                return
            came_back = dossier["channel_out"] == "post"
            channel = "counter" if came_back else dossier["channel_out"]
            self._office.act(clerk, dossier, "return", end if came_back else at, {"channel": channel})
            case.done = "returned"

        self._on_desks(ready, lambda case: case.agency.one_stop_id, "clerk", 9, give, people)
        self._here = [case for case in self._here if case.done not in ("returned", "refused")]

    def _on_desks(
        self,
        cases: list[Case],
        desk: Callable[[Case], str],
        role: str,
        status: int,
        work: Callable[[Case, dict[str, Any]], None],
        people: ThreadPoolExecutor,
    ) -> None:
        """Open each unit's inbox and do the planned work on what lies there; what does not, waits."""
        by_desk: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            by_desk[desk(case)].append(case)

        def at_desk(unit_id: str) -> None:
            shown = self._office.inbox(f"{role}@{unit_id}", unit_id, status)
            for case in by_desk[unit_id]:
                if case.id in shown:
                    work(case, shown[case.id])

        list(people.map(at_desk, by_desk))

    def _settle(self, when: Iterable[Case] | None = None) -> None:
        if when is None or any(True for _ in when):
            wait_until_nothing_is_owed(self._stack)
