"""However often an act is repeated, a dossier can still be written and can still be finished."""

from dataclasses import replace
from decimal import Decimal

import pytest

from motcua.adapters.dossier.items import dossier_item, persons_item
from motcua.adapters.dynamodb.item import MOST_BYTES, size
from motcua.domain.access.principal import Principal, Role
from motcua.domain.deadline.suspension import Suspension, WaitKind
from motcua.domain.dossier.components import Brought, PaperForm
from motcua.domain.dossier.dossier import Dossier
from motcua.domain.dossier.parts import LinkedLeg, Opinion
from motcua.domain.dossier.persons import Persons
from motcua.domain.dossier.size_limits import MOST_PARTS, MOST_REASONS, MOST_VERSIONS, MOST_WAITS
from motcua.domain.errors import RefusedError
from motcua.domain.registry.procedure import LimitUnit, TimeLimit
from motcua.domain.status import Status
from motcua.problems import words
from motcua.usecases.dossier_command import StaffCommand
from motcua.usecases.intake.correct_receipt import Correction, correct_receipt
from motcua.usecases.intake.withdraw_dossier import withdraw
from motcua.usecases.processing.ask_opinion import ask_opinion
from motcua.usecases.processing.assign_dossier import assign_dossier
from motcua.usecases.processing.pause_dossier import pause_dossier, resume_dossier
from motcua.usecases.processing.request_payment import confirm_payment, request_payment
from tests.kit.fakes import CLERK, MORNING, OFFICER, MemoryDossiers, dossier_context, key, stamp
from tests.kit.life import dossiers as lives

HEAD = Principal("head-1", frozenset({(Role.HEAD, "skhdt")}))
WEEK = TimeLimit(Decimal(7), LimitUnit.WORKING_DAY)


def grown(store: MemoryDossiers, **more: object) -> Dossier:
    """Return a large dossier at its agency. `more` sets what it holds a lot of."""
    dossier = lives.in_process(dossier_context(store))
    store.states[dossier.id] = replace(dossier, **more)  # type: ignore[arg-type]
    return store.states[dossier.id]


def act(dossier: Dossier, by: Principal) -> StaffCommand:
    return StaffCommand(dossier.id, dossier.version, by, stamp(MORNING, by.subject), key())


def waits(count: int) -> tuple[Suspension, ...]:
    return (Suspension(WaitKind.PAYMENT, MORNING, Status.IN_PROCESS, until=MORNING, amount_vnd=1000),) * count


def test_no_more_opinions_are_asked_than_one_transaction_holds_inbox_entries(store: MemoryDossiers) -> None:
    parts = tuple(Opinion(f"agency-{each}", MORNING, MORNING) for each in range(MOST_PARTS - 1))
    dossier = grown(store, opinions=parts, legs=(LinkedLeg(1, "stp", None),))
    with pytest.raises(RefusedError, match="dossier_full") as refused:
        ask_opinion(act(dossier, OFFICER), "vp-ubnd", WEEK, dossier_context(store))
    assert words(refused.value.faults[0]) == (
        f"Hồ sơ không ghi thêm được: mỗi hồ sơ có nhiều nhất {MOST_PARTS} phần việc và ý kiến.",
        f"The dossier can hold no more: {MOST_PARTS} parts and opinions are the most of one dossier.",
    )
    assert store.states[dossier.id] == dossier


def test_payments_are_asked_for_so_often_and_the_last_one_comes_in(store: MemoryDossiers) -> None:
    dossier = grown(store, waits=waits(MOST_WAITS - 1))
    dossier = request_payment(act(dossier, OFFICER), 1000, dossier_context(store)).dossier
    dossier = confirm_payment(act(dossier, CLERK), dossier_context(store)).dossier
    with pytest.raises(RefusedError, match="dossier_full") as refused:
        request_payment(act(dossier, OFFICER), 1000, dossier_context(store))
    assert f"{MOST_WAITS} lần chờ" in words(refused.value.faults[0])[0]


def test_so_many_reasons_are_kept_and_one_more_for_what_ends_the_dossier(store: MemoryDossiers) -> None:
    dossier = grown(store)
    kept = store.persons[dossier.id]
    store.persons[dossier.id] = replace(kept, reasons={-each: "Lý do mẫu" for each in range(MOST_REASONS)})
    with pytest.raises(RefusedError, match="dossier_full") as refused:
        pause_dossier(act(dossier, OFFICER), "Chờ xác minh", dossier_context(store))
    assert f"{MOST_REASONS} lý do" in words(refused.value.faults[0])[0]
    with pytest.raises(RefusedError, match="dossier_full"):
        correct_receipt(act(dossier, CLERK), Correction(owner=kept.owner), "Ghi sai họ tên", dossier_context(store))
    ended = withdraw(act(dossier, CLERK), "Không còn nhu cầu", dossier_context(store)).dossier
    assert ended.status is Status.WITHDRAWN


def test_who_assigns_and_assigns_stops_somewhere_and_the_dossier_still_moves(store: MemoryDossiers) -> None:
    dossier = grown(store, version=MOST_VERSIONS)
    with pytest.raises(RefusedError, match="dossier_full") as refused:
        assign_dossier(act(dossier, HEAD), "officer-2", dossier_context(store))
    assert f"{MOST_VERSIONS} sự kiện" in words(refused.value.faults[0])[0]
    dossier = pause_dossier(act(dossier, OFFICER), "Chờ xác minh", dossier_context(store)).dossier
    assert resume_dossier(act(dossier, OFFICER), dossier_context(store)).dossier.status is Status.IN_PROCESS


def test_the_fullest_dossier_fits_into_its_items_and_its_transaction(store: MemoryDossiers) -> None:
    opinions = tuple(Opinion("a" * 40, MORNING, MORNING, MORNING, by_hours=True) for _ in range(MOST_PARTS))
    papers = tuple(Brought(each % 100 + 1, PaperForm.CERTIFIED_COPY, 99) for each in range(400))
    said = tuple(f"opinion_late:{'a' * 40}@{MORNING.isoformat()}" for _ in range(MOST_PARTS + 3 * MOST_WAITS))
    dossier = grown(store, opinions=opinions, papers=papers, waits=waits(MOST_WAITS), warned=said)
    assert size(dossier_item(dossier)) * (MOST_PARTS + 1) < 4_000_000
    owner = replace(store.persons[dossier.id].owner, name="𠮷" * 200, address="𠮷" * 200, email="𠮷" * 200)
    reasons = dict.fromkeys(range(MOST_REASONS + 1), "𠮷" * 1030)
    assert size(persons_item(Persons(owner, owner, owner, "𠮷" * 500, reasons))) < MOST_BYTES
