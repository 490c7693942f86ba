"""The postal partner's simulator takes each order once, runs each parcel's life in order and signs its callbacks."""

import asyncio
import csv
import itertools
import json
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.simulator import signing
from infra.simulator.order_book import OrderBook
from infra.simulator.parcel_life import LOCAL, UP_TO_SHARE, Code, Story, fate_of, life, story_of
from tests.kit.postal_simulator import LATER, ORDERED, Receiver, move, order, partner_at, person

PROJECT = Path(__file__).parents[3]


def fates(count: int) -> list[str]:
    """Return the fates of the first parcels to the receiver of every order here."""
    known: list[str] = []
    for _ in range(count):
        known.append(fate_of(person("Nguyễn Văn A")["phone"], known))
    return known


def test_signature_agrees_with_the_published_example_of_standard_webhooks() -> None:
    signed = signing.headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "c2VjcmV0", "whsec_not base64!"])
def test_a_secret_of_another_form_is_refused(secret: str) -> None:
    with pytest.raises(signing.SecretError):
        signing.key_of(secret)


def test_whom_it_goes_to_decides_a_parcels_fate_and_no_order_number(tmp_path: Path) -> None:
    async def lives(numbers: list[str]) -> list[object]:
        receiver = Receiver()
        async with partner_at(tmp_path / numbers[0], receiver) as client:
            for number in numbers:
                await client.post("/orders", json=order(number))
            await move(client, LATER)
        return [
            [told | {"order_number": ""} for told in receiver.told if told["order_number"] == number]
            for number in numbers
        ]

    first, again = (asyncio.run(lives([f"{run}{index}-1" for index in range(20)])) for run in "AB")
    assert first == again
    assert len({json.dumps(life) for life in first}) > 10  # a receiver's parcels differ from one another


def test_four_of_five_parcels_reach_the_address_the_first_time() -> None:
    count = Counter(story_of(f"{number:016d}-1") for number in range(4000))
    assert count[Story.AT_ADDRESS] / 4000 == pytest.approx(0.80, abs=0.02)
    assert count[Story.SECOND_ATTEMPT] / 4000 == pytest.approx(0.10, abs=0.02)
    assert count[Story.POST_OFFICE] / 4000 == pytest.approx(0.05, abs=0.02)
    assert count[Story.RETURNED] / 4000 == pytest.approx(0.05, abs=0.02)
    assert UP_TO_SHARE[-1][0] == 1.0


@pytest.mark.parametrize("story", list(Story))
@pytest.mark.parametrize(
    "ordered", [ORDERED, datetime(2020, 4, 29, 16, 59, 59, tzinfo=LOCAL), datetime(2020, 5, 2, 23, tzinfo=LOCAL)]
)
def test_each_moment_comes_after_the_one_before_and_within_two_weeks(story: Story, ordered: datetime) -> None:
    for number in range(200):
        moments = life(f"{number}-1", ordered, story)
        times = [ordered, *(moment.occurred_at for moment in moments)]
        assert all(before < after for before, after in itertools.pairwise(times))
        assert times[-1] - ordered < timedelta(days=14)
        for moment in moments:
            assert (moment.reason is not None) == (moment.code is Code.ATTEMPT_FAILED)
            if moment.code is Code.DELIVERED:
                assert moment.place == ("post_office" if story is Story.POST_OFFICE else "address")
                assert moment.occurred_at.weekday() != 6
                assert moment.occurred_at.date().isoformat() not in {
                    "2020-04-30",
                    "2020-05-01",
                }


def test_every_code_is_in_the_shipped_list_under_the_same_state() -> None:
    with (PROJECT / "data" / "carrier_status.csv").open(encoding="utf-8", newline="") as file:
        states = {row["code"]: row["our_state"] for row in csv.DictReader(file) if row["carrier_system"] == "simulator"}
    assert {code.value: code.name.lower() for code in Code} | {"C90": "cancelled"} == states


def test_an_order_is_taken_once_and_its_repeat_is_already_there(tmp_path: Path) -> None:
    async def run() -> None:
        async with partner_at(tmp_path / "state.json", Receiver()) as client:
            assert (await client.post("/orders", json=order("A-1"))).json() == {"status": 100, "order_number": "A-1"}
            assert (await client.post("/orders", json=order("A-1"))).json() == {"status": 101, "order_number": "A-1"}
            assert (await client.get("/_control/orders")).json()["total"] == 1
            assert (await client.get("/orders/A-1")).json()["status_code"] == "C10"
            assert (await client.get("/orders/A-2")).status_code == 404

    asyncio.run(run())


def test_a_wrong_key_and_a_broken_order_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        async with partner_at(tmp_path / "state.json", Receiver()) as client:
            assert (
                await client.post("/orders", json=order("A-1"), headers={"Authorization": "Bearer no"})
            ).status_code == 401
            for broken in (
                b"{",
                b"[]",
                json.dumps(order("A 1")).encode(),
                json.dumps({"order_number": "A-1"}).encode(),
            ):
                answer = await client.post("/orders", content=broken)
                assert (answer.status_code, answer.json()["status"]) == (400, 400)
            assert (
                await client.post("/orders", json=order("A-1"), headers={"X-Motcua-Now": "2020-04-24"})
            ).status_code == 400
            assert (await client.get("/_control/orders")).json()["total"] == 0

    asyncio.run(run())


def test_moving_the_clock_tells_what_is_due_in_order_and_only_once(tmp_path: Path) -> None:
    async def run() -> None:
        receiver = Receiver()
        async with partner_at(tmp_path / "state.json", receiver) as client:
            numbers = [f"P{index}-1" for index in range(40)]
            for number in numbers:
                await client.post("/orders", json=order(number))
            assert await move(client, ORDERED) == {"sent": 0, "accepted": 0, "failed": 0, "retried": 0}
            first = await move(client, ORDERED + timedelta(days=3))
            second = await move(client, LATER)
            lives = dict(zip(numbers, (life(fate, ORDERED, story_of(fate)) for fate in fates(40)), strict=True))
            assert first["sent"] + second["sent"] == len(receiver.told) == sum(map(len, lives.values()))
            assert first["failed"] == second["failed"] == 0
            assert first["sent"] > 40
            for number, moments in lives.items():
                assert receiver.codes(number) == [moment.code for moment in moments]
            assert (await move(client, LATER))["sent"] == 0
            assert len(receiver.ids) == len(set(receiver.ids))
            summary = (await client.get("/_control/orders")).json()
            assert summary["next_due"] is None
            assert sum(summary["by_state"].values()) == 40
            told = receiver.told[0]
            assert told.keys() == {"carrier_system", "order_number", "code", "occurred_at", "place", "reason", "note"}
            assert datetime.fromisoformat(told["occurred_at"]).tzinfo is not None

    asyncio.run(run())


def test_an_unaccepted_callback_is_retried_then_kept_for_the_next_move_under_the_same_id(tmp_path: Path) -> None:
    async def run() -> None:
        receiver = Receiver(answers=[503, 500, 429, 503])
        async with partner_at(tmp_path / "state.json", receiver) as client:
            await client.post("/_control/faults", json={"stories": {"A-1": "at_address"}})
            await client.post("/orders", json=order("A-1"))
            response = await client.post("/_control/clock", json={"now": LATER.isoformat()})
            assert response.json() == {
                "sent": 1, "accepted": 0, "failed": 1, "retried": 3,
                "failures": [{"order_number": "A-1", "code": "C20", "answer": "503"}],
            }  # fmt: skip
            assert (await client.get("/_control/orders")).json()["undelivered"] == {"503": 1}
            assert (await move(client, LATER))["accepted"] == 4
            assert receiver.codes("A-1") == ["C20", "C30", "C40", "C50"]
            assert len(set(receiver.ids[:5])) == 1
            assert len(set(receiver.ids)) == 4
            assert (await client.get("/_control/orders")).json()["undelivered"] == {}

    asyncio.run(run())


def test_faults_spoil_the_next_orders_and_name_what_they_refuse(tmp_path: Path) -> None:
    async def run() -> None:
        receiver = Receiver()
        async with partner_at(tmp_path / "state.json", receiver) as client:
            faults = {"answer_5xx_next": 1, "answer_429_next": 1, "refuse": ["A-2"], "duplicate_callbacks": True}
            await client.post("/_control/faults", json=faults | {"stories": {"*": "returned"}})
            assert [(await client.post("/orders", json=order("A-1"))).status_code for _ in range(3)] == [503, 429, 200]
            assert (await client.post("/orders", json=order("A-2"))).json() == {
                "status": 422,
                "message": "order refused",
            }
            assert (await move(client, LATER))["accepted"] == 8
            assert receiver.codes("A-1")[-1] == "C80"
            assert set(Counter(receiver.ids).values()) == {2}
            assert (await client.post("/_control/faults", json={"explode": 1})).status_code == 400
            assert (await client.post("/_control/faults", json={"stories": {"*": "eaten by a dog"}})).status_code == 400

    asyncio.run(run())


def test_the_memory_survives_a_restart_and_holds_no_person(tmp_path: Path) -> None:
    async def run() -> None:
        path, receiver = tmp_path / "state.json", Receiver()
        async with partner_at(path, receiver) as client:
            await client.post("/orders", json=order("A-1"))
            before = (await move(client, ORDERED + timedelta(days=1)))["sent"]
        assert "Nguyễn" not in path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o077 == 0
        async with partner_at(path, receiver) as client:
            assert (await client.post("/orders", json=order("A-1"))).json()["status"] == 101
            await move(client, LATER)
        assert before > 0
        assert receiver.codes("A-1") == [
            moment.code for (fate,) in [fates(1)] for moment in life(fate, ORDERED, story_of(fate))
        ]

    asyncio.run(run())


def test_left_to_itself_it_plays_a_life_in_seconds_from_the_orders_own_time(tmp_path: Path) -> None:
    async def run() -> None:
        receiver = Receiver()
        async with partner_at(tmp_path / "state.json", receiver, auto_step=0.2) as client:
            await client.post("/_control/faults", json={"stories": {"*": "at_address"}})
            await client.post("/orders", json=order("A-1"))
            for _ in range(40):
                if len(receiver.told) == 4:
                    break
                await asyncio.sleep(0.1)
        assert receiver.codes("A-1") == ["C20", "C30", "C40", "C50"]
        assert datetime.fromisoformat(receiver.told[0]["occurred_at"]) == ORDERED + timedelta(seconds=0.2)

    asyncio.run(run())


def test_real_time_stands_in_where_no_clock_was_set(tmp_path: Path) -> None:
    assert abs(OrderBook(tmp_path / "state.json").now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert os.listdir(tmp_path) == []
