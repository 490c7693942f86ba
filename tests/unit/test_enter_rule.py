"""A controller enters, replaces, changes and annuls rules; what would contradict another rule is refused, naming it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.domain.entry import Entry, EntryKind
from motcua.domain.errors import ConflictError, ForbiddenError, InvalidError, MotcuaError, NotFoundError, RefusedError
from motcua.domain.principal import Principal, Role
from motcua.domain.rule import Rule, Scope
from motcua.domain.rule_book import RuleBook, first_contradiction
from motcua.domain.rule_values import Closure, GoLive, ResultCarrier, Target
from motcua.domain.unit import UnitKind
from motcua.ports import IdempotencyKey
from motcua.ports.ledger import Amendments
from motcua.usecases.amending import Amend, Amended
from motcua.usecases.enter_rule import annul_rule, change_rule, enter_rule
from tests.unit.fakes import CONTROLLER, key, stamp
from tests.unit.ledger import MemoryLedger
from tests.unit.rule_samples import DAYS, FIRST, matters, rules, sample
from tests.unit.shipped import ENTRIES, UNITS

DEPARTMENTS = Scope(unit_kinds=frozenset({UnitKind.DEPARTMENT}))
NEXT_YEAR = sample("target", Target(Fraction(3, 5)), "target-2021", scope=DEPARTMENTS, first=date(2021, 1, 1))
CLOSED = sample("closure", Closure(), scope=Scope(units=frozenset({"mc-tinh"}), acts=frozenset({"reception"})))


@pytest.fixture
def ledger() -> MemoryLedger:
    """The registry as it ships."""
    return MemoryLedger.of(ENTRIES)


def command(
    version: int | None = None, *, by: Principal = CONTROLLER, idempotency: IdempotencyKey | None = None
) -> Amend:
    return Amend(by, stamp(), "Nhập theo văn bản mẫu", idempotency or key(), version)


def book(ledger: MemoryLedger) -> RuleBook:
    return RuleBook(tuple(entry.thing for entry in ledger.entries(EntryKind.RULE)))


def refused(act: Callable[[], Amended], ledger: MemoryLedger) -> MotcuaError:
    """The refusal of `act`, which must have written nothing."""
    before = (dict(ledger.now), list(ledger.log), dict(ledger.guards), dict(ledger.done))
    with pytest.raises(MotcuaError) as error:
        act()
    assert (ledger.now, ledger.log, ledger.guards, ledger.done) == before
    return error.value


def test_a_new_rule_is_an_entry_with_its_author_and_reason(ledger: MemoryLedger) -> None:
    done = enter_rule(command(), CLOSED, "", ledger)
    assert done == Amended(Entry(EntryKind.RULE, "sample-rule", 1, CLOSED))
    (told,) = ledger.history(EntryKind.RULE, "sample-rule")
    assert (told.entry, told.stamp.actor, told.why) == (done.entry, "staff-1", "Nhập theo văn bản mẫu")
    assert ledger.guard("rules#closure").version == 1
    assert ledger.guard("rules#target").version == 0


def test_a_rule_that_replaces_another_ends_it_on_the_day_before(ledger: MemoryLedger) -> None:
    done = enter_rule(command(), NEXT_YEAR, "target-departments", ledger)
    assert done.entry.id == "target-2021"
    former = ledger.entry(EntryKind.RULE, "target-departments")
    assert former is not None
    assert (former.version, former.thing.last) == (2, date(2020, 12, 31))
    assert [each.entry.version for each in ledger.history(EntryKind.RULE, "target-departments")] == [2]
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
    """A closure in August that claims to replace that of April would else have closed the counters from April on."""
    closed = ledger.now["rule#closure-counter-2020-04"].thing
    august = replace(closed, id="closure-sample-2020-08", first=date(2020, 8, 3), last=date(2020, 8, 5))
    error = refused(lambda: enter_rule(command(), august, "closure-counter-2020-04", ledger), ledger)
    assert error.code == "replaces_nothing"
    enter_rule(command(), august, "", ledger)
    assert ledger.now["rule#closure-counter-2020-04"].thing == closed


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


def test_a_twin_is_answered_as_the_first_one_was_and_writes_nothing(ledger: MemoryLedger) -> None:
    once = command(idempotency=key("enter-once"))
    first = enter_rule(once, NEXT_YEAR, "target-departments", ledger)
    annul_rule(command(1), "target-2021", ledger)
    written = list(ledger.log)
    assert enter_rule(once, NEXT_YEAR, "target-departments", ledger) == Amended(first.entry, repeated=True)
    assert ledger.log == written


def test_a_key_that_comes_again_with_another_rule_is_refused(ledger: MemoryLedger) -> None:
    enter_rule(command(idempotency=key("one-key")), NEXT_YEAR, "target-departments", ledger)
    other = command(idempotency=key("one-key", "another body"))
    assert refused(lambda: enter_rule(other, CLOSED, "", ledger), ledger).code == "idempotency_key_reused"


class Overtaken(MemoryLedger):
    """Somebody else writes between this ledger's reading and its writing, once."""

    meanwhile: Callable[[], object] | None = None

    def amend(self, amendments: Amendments) -> None:
        if first := self.meanwhile:
            self.meanwhile = None
            first()
        super().amend(amendments)


def test_of_two_controllers_at_once_one_passes_and_the_other_reads_again(ledger: MemoryLedger) -> None:
    """Neither sees the other's rule, and both would close the same counters: the guard of their kind lets one pass."""
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
    enter_rule(command(), NEXT_YEAR, "target-departments", ledger)
    earlier = replace(NEXT_YEAR, first=date(2020, 12, 31))
    error = refused(lambda: change_rule(command(1), earlier, ledger), ledger)
    assert (error.code, error.faults[0].params["other"]) == ("rule_contradicts", "target-departments")
    assert error.faults[0].params["last"] == "31/12/2020"


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
        assert error.faults[0].params == {"role": "controller", "unit": "tinh"}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(former=rules(("target", "closure", "closing"), annulled=False, id="former"), data=st.data())
def test_replacing_leaves_no_gap_and_no_overlap(former: Rule[Any], data: st.DataObject) -> None:
    """Whatever the former rule speaks of: it does so until the eve, and the new one from its first day."""
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
