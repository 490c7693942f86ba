"""A controller enters, replaces, changes and annuls rules. One that contradicts another is refused, and names it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.domain.access.principal import Principal, Role
from motcua.domain.errors import ConflictError, ForbiddenError, InvalidError, MotcuaError, NotFoundError, RefusedError
from motcua.domain.local_time import LOCAL
from motcua.domain.registry.entry import Entry, EntryKind
from motcua.domain.registry.unit import UnitKind
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.rule import Replaced, Rule, Scope
from motcua.domain.rules.rule_book import RuleBook, first_contradiction
from motcua.domain.rules.values import Closure, GoLive, Reception, ResultCarrier, Target
from motcua.ports.changes import IdempotencyKey
from motcua.ports.ledger import Amendments
from motcua.usecases.registry_command import RegistryCommand, RegistryResult
from motcua.usecases.rules.enter_rule import annul_rule, change_rule, enter_rule
from tests.kit.examples import examples
from tests.kit.fakes import CONTROLLER, key, stamp
from tests.kit.memory_ledger import MemoryLedger
from tests.kit.rule_samples import DAYS, FIRST, matters, rules, sample
from tests.kit.shipped import ENTRIES, UNITS, things

DEPARTMENTS = Scope(unit_kinds=frozenset({UnitKind.DEPARTMENT}))
NEXT_YEAR = sample("target", Target(Fraction(3, 5)), "target-2021", scope=DEPARTMENTS, first=date(2021, 1, 1))
CLOSED_IN_MAY = sample(
    "closure",
    Closure(),
    "may",
    scope=Scope(units=frozenset({"mc-h288"})),
    first=date(2020, 5, 5),
    last=date(2020, 5, 31),
)
CLOSED = sample("closure", Closure(), scope=Scope(units=frozenset({"mc-tinh"}), acts=frozenset({"reception"})))

RULES_SHIPPED = things(EntryKind.RULE)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Return the registry as it ships."""
    return MemoryLedger.of(ENTRIES)


def command(
    version: int | None = None, *, by: Principal = CONTROLLER, idempotency: IdempotencyKey | None = None
) -> RegistryCommand:
    return RegistryCommand(by, stamp(), "Nhập theo văn bản mẫu", idempotency or key(), version)


def book(ledger: MemoryLedger) -> RuleBook:
    return RuleBook(tuple(entry.thing for entry in ledger.entries(EntryKind.RULE)))


def refused(act: Callable[[], RegistryResult], ledger: MemoryLedger) -> MotcuaError:
    """Return the refusal of `act`, which must have written nothing."""
    before = (dict(ledger.now), list(ledger.log), dict(ledger.guards), dict(ledger.done))
    with pytest.raises(MotcuaError) as error:
        act()
    assert (ledger.now, ledger.log, ledger.guards, ledger.done) == before
    return error.value


def test_a_new_rule_is_an_entry_with_its_author_and_reason(ledger: MemoryLedger) -> None:
    done = enter_rule(command(), CLOSED, "", ledger)
    assert done == RegistryResult(Entry(EntryKind.RULE, "sample-rule", 1, CLOSED))
    (told,) = ledger.history(EntryKind.RULE, "sample-rule").amendments
    assert (told.entry, told.stamp.actor, told.why) == (done.entry, "staff-1", "Nhập theo văn bản mẫu")
    assert ledger.guard("rules#closure").version == 1
    assert ledger.guard("rules#target").version == 0


def test_a_rule_that_replaces_another_ends_it_on_the_day_before(ledger: MemoryLedger) -> None:
    done = enter_rule(command(), NEXT_YEAR, "target-departments", ledger)
    assert done.entry.id == "target-2021"
    assert done.entry.thing == replace(NEXT_YEAR, replaced=Replaced("target-departments", None))
    former = ledger.entry(EntryKind.RULE, "target-departments")
    assert former is not None
    assert (former.version, former.thing.last) == (2, date(2020, 12, 31))
    assert [each.entry.version for each in ledger.history(EntryKind.RULE, "target-departments").amendments] == [2]
    shares = [book(ledger).target(UNITS["skhdt"], day) for day in (date(2020, 12, 31), date(2021, 1, 1))]
    assert [target and target.value.share for target in shares] == [Fraction(1, 2), Fraction(3, 5)]


def test_a_rule_that_would_apply_beside_another_is_refused_naming_it(ledger: MemoryLedger) -> None:
    error = refused(lambda: enter_rule(command(), NEXT_YEAR, "", ledger), ledger)
    assert isinstance(error, RefusedError)
    assert (error.code, error.faults[0].pointer) == ("rule_contradicts", "/rule/scope")
    assert error.rule == "target-departments · 1313/UBND-VP (2020-04-22)"
    assert error.faults[0].params | {"other": "target-departments", "first": "01/01/2020", "last": "…"} == (
        error.faults[0].params
    )


def test_replacing_one_rule_does_not_excuse_the_contradiction_of_another(ledger: MemoryLedger) -> None:
    both = replace(NEXT_YEAR, scope=Scope(unit_kinds=frozenset({UnitKind.DEPARTMENT, UnitKind.DISTRICT})))
    error = refused(lambda: enter_rule(command(), both, "target-departments", ledger), ledger)
    assert error.faults[0].params["other"] == "target-district-committees"


@pytest.mark.parametrize(
    ("rule", "replaces"),
    [
        (NEXT_YEAR, "no-such-rule"),
        (NEXT_YEAR, "closing-third-working-day"),
        (NEXT_YEAR, "target-district-committees"),
        (replace(NEXT_YEAR, first=date(2020, 1, 1)), "target-departments"),
        (replace(NEXT_YEAR, first=date(2019, 1, 1)), "target-departments"),
    ],
    ids=["unknown", "another kind", "another scope", "the same first day", "before it"],
)
def test_a_rule_replaces_only_what_stands_in_its_way(ledger: MemoryLedger, rule: Rule[Any], replaces: str) -> None:
    error = refused(lambda: enter_rule(command(), rule, replaces, ledger), ledger)
    assert (error.code, error.faults[0].pointer) == ("replaces_nothing", "/replaces")


def test_a_rule_that_has_ended_is_not_lengthened_by_its_successor(ledger: MemoryLedger) -> None:
    """Otherwise a closure in August that replaces that of April would close the counters from April on."""
    closed = ledger.now["rule#closure-counter-2020-04"].thing
    august = replace(closed, id="closure-sample-2020-08", first=date(2020, 8, 3), last=date(2020, 8, 5))
    error = refused(lambda: enter_rule(command(), august, "closure-counter-2020-04", ledger), ledger)
    assert error.code == "replaces_nothing"
    enter_rule(command(), august, "", ledger)
    assert ledger.now["rule#closure-counter-2020-04"].thing == closed


EVERY_CHANNEL = frozenset({"counter", "post", "online"})


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"channels": {"counter"}}, "channels: online, post"),
        ({"unit_kinds": {"vertical"}}, "unit_kinds: one_stop"),
        ({"last": date(2020, 5, 2)}, "03/05/2020 – …"),
        ({"channels": {"post", "online"}, "last": date(2020, 5, 2)}, "channels: counter; 03/05/2020 – …"),
        ({"channels": EVERY_CHANNEL}, ""),
        ({"channels": ()}, ""),
        ({"unit_kinds": {"one_stop", "vertical"}}, ""),
    ],
)
def test_who_takes_a_rules_place_speaks_of_all_that_it_spoke_of(
    ledger: MemoryLedger, more: dict[str, Any], left: str
) -> None:
    """“The counter opens on two Saturdays” must not end reception by post for ever."""
    scope = {"unit_kinds": {"one_stop"}, "channels": EVERY_CHANNEL} | more
    new = sample(
        "reception",
        Reception(allowed=True),
        scope=Scope(unit_kinds=frozenset(map(UnitKind, scope["unit_kinds"])), channels=frozenset(scope["channels"])),
        first=date(2020, 5, 1),
        last=more.get("last"),
    )
    former = ledger.now["rule#reception-one-stop-open"]
    if more.get("unit_kinds") == {"vertical"}:
        both = replace(former.thing.scope, unit_kinds=frozenset({UnitKind.ONE_STOP, UnitKind.VERTICAL}))
        ledger.now[former.subject] = replace(former, thing=replace(former.thing, scope=both))
    if not left:
        assert enter_rule(command(), new, "reception-one-stop-open", ledger).entry.thing.replaced
        return
    error = refused(lambda: enter_rule(command(), new, "reception-one-stop-open", ledger), ledger)
    assert (error.code, error.faults[0].pointer, error.faults[0].params["left"]) == ("replaces_less", "/replaces", left)


def test_an_id_is_given_once(ledger: MemoryLedger) -> None:
    error = refused(lambda: enter_rule(command(), replace(NEXT_YEAR, id="post-attempts"), "", ledger), ledger)
    assert isinstance(error, ConflictError)
    assert (error.code, error.faults[0].pointer) == ("entry_exists", "/rule/id")


@pytest.mark.parametrize(
    ("rule", "code", "pointer"),
    [
        (replace(NEXT_YEAR, scope=Scope(units=frozenset({"so-khong-co"}))), "unknown_unit", "/rule/scope/units"),
        (
            sample("public_postal_service", None, scope=Scope(carriers=frozenset({"ai-do"}))),
            "unknown_carrier",
            "/rule/scope/carriers",
        ),
        (sample("result_carrier", ResultCarrier("ai-do")), "unknown_carrier", "/rule/value/carrier"),
    ],
)
def test_a_name_that_nobody_has_is_told_instead_of_never_applying(
    ledger: MemoryLedger, rule: Rule[Any], code: str, pointer: str
) -> None:
    error = refused(lambda: enter_rule(command(), rule, "", ledger), ledger)
    assert isinstance(error, InvalidError)
    assert [(fault.code, fault.pointer) for fault in error.faults] == [(code, pointer)]


def test_a_retried_request_is_answered_as_the_first_one_was_and_writes_nothing(ledger: MemoryLedger) -> None:
    once = command(idempotency=key("enter-once"))
    first = enter_rule(once, NEXT_YEAR, "target-departments", ledger)
    annul_rule(command(1), "target-2021", ledger)
    written = list(ledger.log)
    assert enter_rule(once, NEXT_YEAR, "target-departments", ledger) == RegistryResult(first.entry, replayed=True)
    assert ledger.log == written


def test_a_key_that_comes_again_with_another_rule_is_refused(ledger: MemoryLedger) -> None:
    enter_rule(command(idempotency=key("one-key")), NEXT_YEAR, "target-departments", ledger)
    other = command(idempotency=key("one-key", "another body"))
    assert refused(lambda: enter_rule(other, CLOSED, "", ledger), ledger).code == "idempotency_key_reused"


class Overtaken(MemoryLedger):
    """A ledger in which somebody else writes once between reading and writing."""

    meanwhile: Callable[[], object] | None = None

    def amend(self, amendments: Amendments) -> None:
        if first := self.meanwhile:
            self.meanwhile = None
            first()
        super().amend(amendments)


def test_of_two_controllers_at_once_one_passes_and_the_other_reads_again(ledger: MemoryLedger) -> None:
    """Neither sees the other's rule, and both would close the same counters.

    The guard of their kind admits only one.
    """
    contested, theirs, mine = Overtaken(ledger.now), replace(CLOSED, id="theirs"), replace(CLOSED, id="mine")
    contested.meanwhile = lambda: enter_rule(command(), theirs, "", contested)
    with pytest.raises(ConflictError) as error:
        enter_rule(command(idempotency=key("second")), mine, "", contested)
    assert error.value.code == "entry_changed_meanwhile"
    assert [each.entry.id for each in contested.log] == ["theirs"]
    assert contested.entry(EntryKind.RULE, "mine") is None
    assert contested.done_before(key("second")) is None
    again = refused(lambda: enter_rule(command(), mine, "", contested), contested)
    assert again.faults[0].params["other"] == "theirs", "who reads again is told why"


def test_controllers_who_enter_rules_of_different_kinds_do_not_meet(ledger: MemoryLedger) -> None:
    contested = Overtaken(ledger.now)
    contested.meanwhile = lambda: enter_rule(command(), NEXT_YEAR, "target-departments", contested)
    enter_rule(command(), sample("go_live", GoLive(), first=date(2019, 1, 1), last=date(2019, 1, 1)), "", contested)
    assert len(contested.log) == 3


def test_a_change_is_the_rules_next_version(ledger: MemoryLedger) -> None:
    ended = replace(ledger.now["rule#target-departments"].thing, last=date(2020, 12, 31), says_en="Until 2020")
    done = change_rule(command(1), ended, ledger)
    assert (done.entry.version, done.entry.thing) == (2, ended)
    assert ledger.guard("rules#target").version == 1


def test_a_change_may_not_make_rules_meet(ledger: MemoryLedger) -> None:
    first, second = CLOSED_IN_MAY, replace(CLOSED_IN_MAY, id="june", first=date(2020, 6, 1), last=None)
    for rule in (first, second):
        enter_rule(command(), rule, "", ledger)
    for changed in (replace(second, first=date(2020, 5, 31)), replace(first, last=date(2020, 6, 1))):
        error = refused(partial(change_rule, command(1), changed, ledger), ledger)
        assert error.code == "rule_contradicts"
    assert error.faults[0].params | {"other": "june", "first": "01/06/2020", "last": "…"} == error.faults[0].params


def test_what_a_rule_in_force_says_is_settled_and_what_has_not_begun_is_not(ledger: MemoryLedger) -> None:
    """Rules of today and of the past were applied. A new one must be entered, or the mistake annulled."""
    known = ledger.now["rule#target-departments"].thing
    other = replace(known, scope=Scope(units=frozenset({"stp"})), value=Target(Fraction(1)), first=date(2020, 1, 2))
    error = refused(lambda: change_rule(command(1), other, ledger), ledger)
    assert [(fault.code, fault.pointer) for fault in error.faults] == [
        ("rule_settled", "/rule/scope"), ("rule_settled", "/rule/value"), ("rule_settled", "/rule/from"),
    ]  # fmt: skip
    enter_rule(command(), CLOSED_IN_MAY, "", ledger)
    moved = replace(CLOSED_IN_MAY, first=date(2020, 5, 4), scope=Scope(units=frozenset({"mc-h288"})))
    assert change_rule(command(1), moved, ledger).entry.thing == moved
    on_its_day = replace(command(2), stamp=stamp(datetime(2020, 5, 4, 0, 0, tzinfo=LOCAL)))
    assert refused(lambda: change_rule(on_its_day, CLOSED_IN_MAY, ledger), ledger).code == "invalid_fields"
    assert change_rule(replace(on_its_day, why="Kết thúc sớm"), replace(moved, last=date(2020, 5, 4)), ledger)


def test_a_last_day_may_move_into_the_past_and_the_history_tells(ledger: MemoryLedger) -> None:
    """An order that ends a rule may come late. A month that was closed meanwhile reports the difference."""
    ended = replace(ledger.now["rule#target-district-committees"].thing, last=date(2020, 3, 31))
    assert change_rule(command(1), ended, ledger).entry.thing == ended
    assert len(ledger.history(EntryKind.RULE, ended.id).amendments) == 1


def test_what_took_anothers_place_keeps_its_scope_and_first_day(ledger: MemoryLedger) -> None:
    """Otherwise January would have no target, because the former one ends on the eve of 1 January."""
    enter_rule(command(), NEXT_YEAR, "target-departments", ledger)
    for changed, pointer in (
        (replace(NEXT_YEAR, first=date(2021, 2, 1)), "/rule/from"),
        (replace(NEXT_YEAR, scope=Scope(units=frozenset({"stp"}))), "/rule/scope"),
    ):
        error = refused(partial(change_rule, command(1), changed, ledger), ledger)
        assert [(fault.code, fault.pointer) for fault in error.faults] == [("rule_settled", pointer)]
    changed = change_rule(command(1), replace(NEXT_YEAR, value=Target(Fraction(2, 3))), ledger).entry.thing
    assert changed.replaced == Replaced("target-departments", None)


def test_a_change_keeps_the_kind_and_is_of_the_version_that_was_seen(ledger: MemoryLedger) -> None:
    other_kind = sample("go_live", GoLive(), "target-departments")
    assert refused(lambda: change_rule(command(1), other_kind, ledger), ledger).code == "kind_stays"
    known = ledger.now["rule#target-departments"].thing
    error = refused(lambda: change_rule(command(2), known, ledger), ledger)
    assert (error.code, error.faults[0].params["version"]) == ("entry_version_differs", "1")
    assert isinstance(refused(lambda: change_rule(command(1), NEXT_YEAR, ledger), ledger), NotFoundError)


def test_an_annulled_rule_stays_to_be_read_and_never_applies(ledger: MemoryLedger) -> None:
    done = annul_rule(command(1), "target-departments", ledger)
    assert (done.entry.version, done.entry.thing.annulled) == (2, True)
    for day in (date(2020, 1, 1), date(2020, 5, 31), date(2030, 1, 1)):
        assert book(ledger).target(UNITS["skhdt"], day) is None
    enter_rule(command(), replace(NEXT_YEAR, first=date(2020, 1, 1)), "", ledger)
    target = book(ledger).target(UNITS["skhdt"], date(2020, 5, 31))
    assert target is not None
    assert target.id == "target-2021"


@pytest.mark.parametrize("again", ["annul", "change"])
def test_what_was_annulled_is_not_touched_again(ledger: MemoryLedger, again: str) -> None:
    known = ledger.now["rule#target-departments"].thing
    annul_rule(command(1), "target-departments", ledger)
    acts = {
        "annul": lambda: annul_rule(command(2), "target-departments", ledger),
        "change": lambda: change_rule(command(2), known, ledger),
    }
    assert refused(acts[again], ledger).code == "rule_annulled"


@pytest.mark.parametrize(
    "right",
    [
        (Role.CONTROLLER, "stp"),
        (Role.HEAD, "tinh"),
        (Role.ADMIN, "tinh"),
        (Role.OFFICER, "skhdt"),
        (Role.CLERK, "mc-tinh"),
    ],
)
def test_only_the_provincial_controller_enters_changes_or_annuls(ledger: MemoryLedger, right: tuple[Role, str]) -> None:
    somebody = Principal("staff-9", frozenset({right}))
    known = ledger.now["rule#target-departments"].thing
    for act in (
        lambda: enter_rule(command(by=somebody), NEXT_YEAR, "target-departments", ledger),
        lambda: change_rule(command(1, by=somebody), known, ledger),
        lambda: annul_rule(command(1, by=somebody), "target-departments", ledger),
    ):
        error = refused(act, ledger)
        assert isinstance(error, ForbiddenError)
        assert error.faults[0].params == {
            "role": "controller",
            "role_vi": "cán bộ kiểm soát thủ tục hành chính",
            "unit": "tinh",
        }


# Annulment: a replaced rule is in force again, and a required rule stays.


def test_annulling_a_replacement_brings_the_former_rule_back_in_the_same_transaction(ledger: MemoryLedger) -> None:
    enter_rule(command(), NEXT_YEAR, "target-departments", ledger)
    done = annul_rule(command(1), "target-2021", ledger)
    assert (done.entry.id, done.entry.thing.annulled) == ("target-2021", True)
    former = ledger.now["rule#target-departments"]
    assert (former.version, former.thing.last) == (3, None)
    target = book(ledger).target(UNITS["stp"], date(2021, 6, 1))
    assert target is not None
    assert target.id == "target-departments"


@pytest.mark.parametrize("order", [("second", "third"), ("third", "second")])
def test_of_three_rules_in_a_row_each_may_be_the_mistake(ledger: MemoryLedger, order: tuple[str, ...]) -> None:
    second, third = (
        replace(NEXT_YEAR, id=name, first=date(year, 1, 1)) for name, year in (("second", 2021), ("third", 2022))
    )
    enter_rule(command(), second, "target-departments", ledger)
    enter_rule(command(), third, "second", ledger)
    annul_rule(command(ledger.now[f"rule#{order[0]}"].version), order[0], ledger)
    stood = [book(ledger).target(UNITS["stp"], date(year, 12, 31)) for year in (2020, 2021, 2022)]
    left = {
        "second": ["target-departments", "target-departments", "third"],
        "third": ["target-departments", "second", "second"],
    }
    assert [target and target.id for target in stood] == left[order[0]]
    annul_rule(command(ledger.now[f"rule#{order[1]}"].version), order[1], ledger)
    assert ledger.now["rule#target-departments"].thing == RULES_SHIPPED["target-departments"]


def test_a_former_rule_that_was_changed_since_is_not_restored_in_silence(ledger: MemoryLedger) -> None:
    enter_rule(command(), NEXT_YEAR, "target-departments", ledger)
    former = ledger.now["rule#target-departments"].thing
    change_rule(command(2), replace(former, last=date(2020, 6, 30)), ledger)
    error = refused(lambda: annul_rule(command(1), "target-2021", ledger), ledger)
    assert (error.code, error.faults[0].params["other"]) == ("former_not_restored", "target-departments")
    annul_rule(command(1), "target-2021", ledger, without_former=True)
    assert ledger.now["rule#target-departments"].thing.last == date(2020, 6, 30)
    assert book(ledger).target(UNITS["stp"], date(2021, 6, 1)) is None


def test_a_former_rule_that_would_meet_another_now_is_not_restored(ledger: MemoryLedger) -> None:
    enter_rule(command(), replace(NEXT_YEAR, last=None), "target-departments", ledger)
    change_rule(command(1), replace(NEXT_YEAR, last=date(2021, 12, 31)), ledger)
    enter_rule(command(), replace(NEXT_YEAR, id="target-2022", first=date(2022, 1, 1)), "", ledger)
    assert refused(lambda: annul_rule(command(2), "target-2021", ledger), ledger).code == "former_not_restored"


@pytest.mark.parametrize(
    "rule_id",
    ["number-prefix", "working-hours", "same-day-cutoff", "closing-third-working-day", "result-carrier-vnpost"],
)
def test_what_nothing_works_without_is_neither_annulled_nor_ended(ledger: MemoryLedger, rule_id: str) -> None:
    known = ledger.now[f"rule#{rule_id}"].thing
    error = refused(lambda: annul_rule(command(1), rule_id, ledger), ledger)
    days = {"kind_vi": KINDS[known.kind].vi, "who": "tất cả · all", "first": "01/01/2020", "last": "…"}
    assert (error.code, error.faults[0].params | days) == ("rule_needed", error.faults[0].params)
    ended = replace(known, last=date(2020, 12, 31))
    error = refused(lambda: change_rule(command(1), ended, ledger), ledger)
    assert (error.code, error.faults[0].pointer, error.faults[0].params["first"]) == (
        *("rule_needed", "/rule/to", "01/01/2021"),
    )
    enter_rule(command(), replace(known, id="another", first=date(2021, 1, 1)), rule_id, ledger)
    assert change_rule(command(2), replace(ended, says_en="Until 2020"), ledger).entry.version == 3


def test_the_reception_that_opens_the_counters_stays_and_the_one_that_forbids_may_go(ledger: MemoryLedger) -> None:
    error = refused(lambda: annul_rule(command(1), "reception-one-stop-open", ledger), ledger)
    assert error.code == "rule_needed"
    assert error.faults[0].params["who"].endswith(" (counter)")
    assert annul_rule(command(1), "reception-agencies-never", ledger).entry.thing.annulled


@examples(100)
@given(former=rules(("target", "closure", "closing"), annulled=False, id="former"), data=st.data())
def test_replacing_leaves_no_gap_and_no_overlap(former: Rule[Any], data: st.DataObject) -> None:
    """The former rule applies until the eve, and the new one from its first day."""
    first = data.draw(st.sampled_from(DAYS))
    assume(first > former.first and (former.last is None or first <= former.last))
    new = replace(former, id="new", first=first, last=None)
    ledger = MemoryLedger.of([*ENTRIES, Entry(EntryKind.RULE, "former", 1, former)])
    ledger.now = {
        name: entry for name, entry in ledger.now.items() if not name.startswith("rule#") or name == "rule#former"
    }
    enter_rule(command(), new, "former", ledger)
    after = book(ledger)
    assert first_contradiction(after.rules) is None
    for day in [FIRST - timedelta(days=1), *DAYS]:
        for unit, channel, act, carrier in matters():
            spoken_of = former.first <= day and former.scope.covers(unit, channel=channel, act=act, carrier=carrier)
            applied = after.applying(type(former.value), day, unit, channel=channel, act=act, carrier=carrier)
            assert (applied.id if applied else "") == (("former" if day < first else "new") if spoken_of else "")
