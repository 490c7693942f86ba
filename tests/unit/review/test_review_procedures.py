"""The use cases of the review (R4) in memory: one transaction's content, and races."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.domain.access.principal import PROVINCE, Principal, Role
from motcua.domain.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from motcua.domain.event import Stamp
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.entry import EntryKind
from motcua.domain.registry.procedure import Decision, ProcedureKind, ProcedureVersions
from motcua.domain.review.review_item import Content, MinisterialDecision, Preparation, ReviewItem, ReviewState
from motcua.ports.changes import IdempotencyKey
from motcua.ports.ledger import Amendments
from motcua.ports.refusals import VersionMovedError
from motcua.usecases.registry_command import RegistryCommand
from motcua.usecases.review.draft_procedure import draft_procedure
from motcua.usecases.review.enter_review_items import (
    ITEMS_PER_TRANSACTION,
    Named,
    ReviewList,
    enter_catalogue,
    enter_items,
)
from motcua.usecases.review.review_procedures import (
    announce_items,
    prepare_item,
    prepare_items,
    propose_items,
    publish_items,
    return_items,
    withdraw_items,
)
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.shipped import ENTRIES, PROCEDURES, VERSIONS, ShippedRegistry

LIST = ReviewList("review-order-1313", "skhdt")
OLD, NEW, WORK = "2.001610", "9.000001", "mau-cv-901"
OFFICER, HEAD = (
    Principal("officer", frozenset({(Role.OFFICER, "skhdt")})),
    Principal("head", frozenset({(Role.HEAD, "skhdt")})),
)
CONTROLLER = Principal("controller", frozenset({(Role.CONTROLLER, PROVINCE)}))
RESTS_ON = Preparation(MinisterialDecision("1/QĐ-BKHĐT", date(2020, 1, 2), "Mẫu"))
DAY = date(2020, 5, 20)
DECISION = Decision("100/QĐ-UBND", DAY, "Công báo (mẫu)")


def _command(by: Principal, key: str, day: date = DAY, version: int | None = None) -> RegistryCommand:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=LOCAL)
    stamp = Stamp(moment, moment, by.subject, "c")
    return RegistryCommand(by, stamp, "Theo công văn 1313", IdempotencyKey(key, "digest"), version)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Return the shipped registry with a work-list of ours: a published procedure, a draft and a work procedure."""
    ledger = MemoryLedger.of(entry for entry in ENTRIES if entry.kind is not EntryKind.REVIEW)
    draft = ProcedureVersions(NEW, (replace(PROCEDURES[OLD], code=NEW, published_on=None),))
    ledger.now[f"procedure#{NEW}"] = replace(ledger.now[f"procedure#{OLD}"], id=NEW, thing=draft)
    asked = [Named(OLD, ProcedureKind.PROCEDURE, ""), Named(NEW, ProcedureKind.PROCEDURE, "")]
    asked.append(Named(WORK, ProcedureKind.WORK, "Việc mẫu"))
    enter_items(_command(OFFICER, "enter", date(2020, 4, 23)), LIST, asked, ledger)
    return ledger


def _item(ledger: MemoryLedger, code: str) -> ReviewItem:
    entry = ledger.entry(EntryKind.REVIEW, LIST.id + code)
    assert entry is not None
    item: ReviewItem = entry.thing
    return item


def _versions(ledger: MemoryLedger, code: str) -> ProcedureVersions:
    entry = ledger.entry(EntryKind.PROCEDURE, code)
    assert entry is not None
    versions: ProcedureVersions = entry.thing
    return versions


def _announced(ledger: MemoryLedger, *codes: str) -> None:
    prepare_items(_command(OFFICER, "prepare"), LIST, codes, RESTS_ON, ledger)
    propose_items(_command(HEAD, "propose"), LIST, codes, ledger)
    announce_items(_command(CONTROLLER, "announce"), LIST, codes, DECISION, ledger)


def test_an_item_has_the_catalogue_s_name(ledger: MemoryLedger) -> None:
    assert _item(ledger, OLD).name_vi == PROCEDURES[OLD].name_vi
    assert _item(ledger, WORK).name_vi == "Việc mẫu"
    assert _item(ledger, WORK).entered_on == date(2020, 4, 23)


def test_item_and_draft_are_published_in_one_transaction(ledger: MemoryLedger) -> None:
    _announced(ledger, OLD, NEW, WORK)
    before = len(ledger.log)
    publish_items(_command(CONTROLLER, "publish"), LIST, [OLD, NEW, WORK], ledger)
    written = [each.entry.subject.removeprefix("review#review-order-1313#skhdt#") for each in ledger.log[before:]]
    assert written == [OLD, NEW, f"procedure#{NEW}", WORK]
    assert {_item(ledger, code).state for code in (OLD, NEW, WORK)} == {ReviewState.PUBLISHED}
    assert (_versions(ledger, NEW).latest.published_on, _versions(ledger, NEW).latest.decision) == (DAY, DECISION)
    assert _versions(ledger, NEW).in_force(DAY - timedelta(days=1)) is None
    assert _versions(ledger, OLD) == VERSIONS[OLD]


def test_a_new_version_is_received_from_its_publication_and_the_former_one_until_then(ledger: MemoryLedger) -> None:
    entry = ledger.now[f"procedure#{OLD}"]
    ledger.now[entry.subject] = entry.next(entry.thing.with_draft(replace(PROCEDURES[OLD], fee_vnd=1)))
    _announced(ledger, OLD)
    assert _versions(ledger, OLD).in_force(DAY) == PROCEDURES[OLD]
    publish_items(_command(CONTROLLER, "publish"), LIST, [OLD], ledger)
    day_before, that_day = (_versions(ledger, OLD).in_force(day) for day in (DAY - timedelta(days=1), DAY))
    assert (day_before and day_before.version, that_day and that_day.version) == (1, 2)


def test_a_withdrawal_ends_receipt_in_the_same_transaction(ledger: MemoryLedger) -> None:
    withdraw_items(_command(CONTROLLER, "withdraw"), LIST, [OLD, NEW, WORK], None, ledger)
    assert _versions(ledger, OLD).latest.withdrawn_on == DAY
    withdrawal = _item(ledger, OLD).last("withdraw")
    assert withdrawal is not None
    assert (withdrawal.because, withdrawal.decision) == ("Theo công văn 1313", None)


def test_a_withdrawn_draft_is_given_up_and_can_be_published_no_more(ledger: MemoryLedger) -> None:
    withdraw_items(_command(CONTROLLER, "withdraw"), LIST, [NEW], None, ledger)
    assert (_versions(ledger, NEW).draft, _versions(ledger, NEW).in_force(date.max)) == (None, None)
    return_items(_command(CONTROLLER, "reopen"), LIST, [NEW], ledger)
    _announced(ledger, NEW)
    with pytest.raises(RefusedError) as refused:
        publish_items(_command(CONTROLLER, "publish"), LIST, [NEW], ledger)
    assert refused.value.code == "review_nothing_to_publish"


def test_a_withdrawal_comes_before_one_that_was_foreseen_for_later(ledger: MemoryLedger) -> None:
    entry = ledger.now[f"procedure#{OLD}"]
    ledger.now[entry.subject] = entry.next(entry.thing.withdrawn(DAY + timedelta(days=30)))
    withdraw_items(_command(CONTROLLER, "withdraw"), LIST, [OLD], None, ledger)
    assert _versions(ledger, OLD).in_force(DAY) is None
    assert _versions(ledger, OLD).in_force(DAY - timedelta(days=1)) is not None


def test_what_was_withdrawn_before_keeps_its_day(ledger: MemoryLedger) -> None:
    entry = ledger.now[f"procedure#{OLD}"]
    ledger.now[entry.subject] = entry.next(entry.thing.withdrawn(date(2020, 5, 1)))
    withdraw_items(_command(CONTROLLER, "withdraw"), LIST, [OLD], DECISION, ledger)
    assert _versions(ledger, OLD).latest.withdrawn_on == date(2020, 5, 1)
    withdrawal = _item(ledger, OLD).last("withdraw")
    assert withdrawal is not None
    assert withdrawal.decision == DECISION


def test_what_nobody_can_receive_is_not_published(ledger: MemoryLedger) -> None:
    entry = ledger.now[f"procedure#{OLD}"]
    ledger.now[entry.subject] = entry.next(entry.thing.withdrawn(date(2020, 5, 1)))
    _announced(ledger, OLD)
    with pytest.raises(RefusedError) as refused:
        publish_items(_command(CONTROLLER, "publish"), LIST, [OLD], ledger)
    assert refused.value.code == "review_nothing_to_publish"


def test_one_that_is_not_ready_holds_all_others_back(ledger: MemoryLedger) -> None:
    _announced(ledger, NEW)
    before = dict(ledger.now)
    with pytest.raises(RefusedError) as refused:
        publish_items(_command(CONTROLLER, "publish"), LIST, [NEW, OLD, "lost"], ledger)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/codes/1", "review_move_not_allowed"),
        ("/codes/2", "review_item_unknown"),
    ]
    assert ledger.now == before


def test_who_comes_second_reads_again(ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody withdrew an item between reading and writing."""
    _announced(ledger, NEW)

    def overtaken(_: Amendments) -> None:
        raise VersionMovedError

    monkeypatch.setattr(ledger, "amend", overtaken)
    with pytest.raises(ConflictError) as refused:
        publish_items(_command(CONTROLLER, "publish"), LIST, [NEW], ledger)
    assert refused.value.code == "entry_changed_meanwhile"


def test_a_retried_request_is_answered_after_the_state_has_moved_on(ledger: MemoryLedger) -> None:
    _announced(ledger, NEW)
    publish_items(_command(CONTROLLER, "publish"), LIST, [NEW], ledger)
    again = propose_items(_command(HEAD, "propose"), LIST, [NEW], ledger)
    assert again.replayed
    assert again.entry.thing.state is ReviewState.PROPOSED


# what is announced is what is published

DRAFT = replace(PROCEDURES[OLD], fee_vnd=77_000)


def _draft(ledger: MemoryLedger, by: Principal, key: str = "draft") -> None:
    version = ledger.now[f"procedure#{OLD}"].version
    draft_procedure(_command(by, key, version=version), DRAFT, ledger)


def test_the_steps_name_the_content_that_they_were_about(ledger: MemoryLedger) -> None:
    _draft(ledger, OFFICER)
    _announced(ledger, OLD, WORK)
    publish_items(_command(CONTROLLER, "publish"), LIST, [OLD, WORK], ledger)
    for code, content in ((OLD, Content(2, 2)), (WORK, Content(0))):
        steps = [_item(ledger, code).last(act) for act in ("propose", "announce", "publish")]
        assert [step and step.content for step in steps] == [content] * 3


def test_what_changed_after_the_announcement_is_announced_again_before_it_is_published(ledger: MemoryLedger) -> None:
    _draft(ledger, OFFICER)
    _announced(ledger, OLD)
    _draft(ledger, CONTROLLER, "mended")
    with pytest.raises(RefusedError) as refused:
        publish_items(_command(CONTROLLER, "publish"), LIST, [OLD], ledger)
    assert refused.value.code == "review_content_changed"
    announce_items(_command(CONTROLLER, "again"), LIST, [OLD], DECISION, ledger)
    publish_items(_command(CONTROLLER, "publish"), LIST, [OLD], ledger)
    assert _versions(ledger, OLD).latest.published_on == DAY


@pytest.mark.parametrize("first", ["draft", "propose"])
def test_a_draft_and_the_proposal_of_it_never_cross(
    ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """One is decided but not yet written when the other is written, and must then read again."""
    prepare_items(_command(OFFICER, "prepare"), LIST, [OLD], RESTS_ON, ledger)
    acts: dict[str, Callable[[], object]] = {
        "draft": lambda: _draft(ledger, OFFICER),
        "propose": lambda: propose_items(_command(HEAD, "propose"), LIST, [OLD], ledger),
    }
    write, between = ledger.amend, [acts["propose" if first == "draft" else "draft"]]

    def amend(amendments: Amendments) -> None:
        if between:
            between.pop()()
        write(amendments)

    monkeypatch.setattr(ledger, "amend", amend)
    with pytest.raises(ConflictError) as refused:
        acts[first]()
    assert refused.value.code == "entry_changed_meanwhile"


def test_a_draft_reads_the_lists_of_its_department_alone(ledger: MemoryLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft does not read all items of all orders."""
    read = ledger.entries

    def entries(kind: EntryKind, prefix: str = "") -> object:
        assert kind is not EntryKind.REVIEW
        return read(kind, prefix)

    _announced(ledger, OLD)
    monkeypatch.setattr(ledger, "entries", entries)
    with pytest.raises(RefusedError) as refused:
        _draft(ledger, OFFICER)
    assert refused.value.code == "draft_under_review"


# the whole catalogue


def test_what_the_catalogue_has_is_listed_in_as_many_commands_as_it_takes(ledger: MemoryLedger) -> None:
    added = []
    for code in (f"9.1{number:05d}" for number in range(ITEMS_PER_TRANSACTION)):
        each = replace(VERSIONS[OLD], code=code, versions=(replace(PROCEDURES[OLD], code=code),))
        ledger.now[f"procedure#{code}"] = replace(ledger.now[f"procedure#{OLD}"], id=code, thing=each)
        added.append(each)
    registry = ShippedRegistry(procedures=added)
    missing = {
        each.code for each in registry.procedures() if (it := each.in_force(DAY)) and it.agency_id == "skhdt"
    } - {OLD}
    assert ITEMS_PER_TRANSACTION < len(missing) <= 2 * ITEMS_PER_TRANSACTION
    for key, by in (("first", OFFICER), ("second", HEAD)):
        enter_catalogue(_command(by, key), LIST, registry, ledger)
    assert {entry.thing.code for entry in ledger.entries(EntryKind.REVIEW, LIST.id)} == missing | {OLD, NEW, WORK}
    with pytest.raises(RefusedError) as refused:
        enter_catalogue(_command(CONTROLLER, "third"), LIST, registry, ledger)
    assert refused.value.code == "review_nothing_to_list"
    assert enter_catalogue(_command(OFFICER, "first"), LIST, registry, ledger).replayed


# the way back


def test_the_head_takes_back_what_is_not_announced_and_the_controller_sends_back(ledger: MemoryLedger) -> None:
    prepare_items(_command(OFFICER, "prepare"), LIST, [NEW, WORK], RESTS_ON, ledger)
    propose_items(_command(HEAD, "propose"), LIST, [NEW, WORK], ledger)
    return_items(_command(HEAD, "take back"), LIST, [NEW], ledger)
    announce_items(_command(CONTROLLER, "announce"), LIST, [WORK], DECISION, ledger)
    with pytest.raises(RefusedError) as refused:
        return_items(_command(HEAD, "too late"), LIST, [WORK], ledger)
    assert refused.value.code == "review_move_not_allowed"
    return_items(_command(CONTROLLER, "send back"), LIST, [WORK], ledger)
    for code, by in ((NEW, "head"), (WORK, "controller")):
        last = _item(ledger, code).steps[-1]
        assert (_item(ledger, code).state, last.by) == (ReviewState.TO_REVIEW, by)
        assert last.because == "Theo công văn 1313"
    draft_procedure(_command(OFFICER, "draft", version=1), replace(DRAFT, code=NEW), ledger)


def test_what_was_withdrawn_by_mistake_is_received_again_after_a_new_publication(ledger: MemoryLedger) -> None:
    withdraw_items(_command(CONTROLLER, "withdraw"), LIST, [OLD], None, ledger)
    later = DAY + timedelta(days=1)
    return_items(_command(CONTROLLER, "reopen", later), LIST, [OLD], ledger)
    stood = _item(ledger, OLD).as_of(DAY)
    assert stood is not None
    assert stood.state is ReviewState.WITHDRAWN
    draft_procedure(_command(OFFICER, "draft", version=2), DRAFT, ledger)
    prepare_items(_command(OFFICER, "prepare", later), LIST, [OLD], RESTS_ON, ledger)
    propose_items(_command(HEAD, "propose", later), LIST, [OLD], ledger)
    announce_items(_command(CONTROLLER, "announce", later), LIST, [OLD], DECISION, ledger)
    publish_items(_command(CONTROLLER, "publish", later), LIST, [OLD], ledger)
    assert [_versions(ledger, OLD).in_force(day) is not None for day in (DAY, later)] == [False, True]


Act = Callable[[RegistryCommand, MemoryLedger], object]
ACTS: dict[str, tuple[Principal, Act]] = {
    "prepare": (OFFICER, lambda command, ledger: prepare_item(command, LIST, NEW, RESTS_ON, ledger)),
    "prepare many": (OFFICER, lambda command, ledger: prepare_items(command, LIST, [NEW], RESTS_ON, ledger)),
    "propose": (HEAD, lambda command, ledger: propose_items(command, LIST, [NEW], ledger)),
    "announce": (CONTROLLER, lambda command, ledger: announce_items(command, LIST, [NEW], DECISION, ledger)),
    "publish": (CONTROLLER, lambda command, ledger: publish_items(command, LIST, [NEW], ledger)),
    "withdraw": (CONTROLLER, lambda command, ledger: withdraw_items(command, LIST, [NEW], None, ledger)),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_its_own_role_s(ledger: MemoryLedger, act: str) -> None:
    whose, do = ACTS[act]
    before = dict(ledger.now)
    elsewhere = Principal("elsewhere", frozenset((role, "stp") for role in Role))
    for by in {OFFICER, HEAD, CONTROLLER, elsewhere} - {whose}:
        with pytest.raises(ForbiddenError):
            do(_command(by, "forbidden", version=1), ledger)
    assert ledger.now == before


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_for_an_order_that_was_annulled(ledger: MemoryLedger, act: str) -> None:
    entry = ledger.now["rule#review-order-1313"]
    ledger.now[entry.subject] = entry.next(replace(entry.thing, annulled=True))
    by, do = ACTS[act]
    with pytest.raises(NotFoundError) as refused:
        do(_command(by, "annulled", version=1), ledger)
    assert refused.value.code == "review_order_unknown"
