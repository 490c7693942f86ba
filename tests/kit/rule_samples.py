"""Rules as a controller might enter them, drawn at random from few days, units and kinds so that they often meet."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st

from motcua.domain.registry.legal_basis import LegalBasis
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.domain.rules import values
from motcua.domain.rules.kinds import ACTS, KINDS
from motcua.domain.rules.rule import Rule, Scope
from motcua.domain.rules.values import LinkValidity
from tests.kit.shipped import RULES, UNITS

FIRST = date(2020, 4, 1)
DAYS = [FIRST + timedelta(days=count) for count in range(12)]
CHANNELS, CARRIERS = ("counter", "post", "online"), ("vnpost", "simulator")
SOME_UNITS = ("mc-tinh", "mc-h288", "skhdt", "stp", "h288")
SOME_KINDS = (UnitKind.ONE_STOP, UnitKind.DEPARTMENT, UnitKind.DISTRICT)

BASIS = LegalBasis("77/UBND-VP (mẫu)", date(2020, 3, 31), "mục 2", "Văn bản mẫu", "", "ours")

Matter = tuple[Unit, str, str, str]


def some(*names: Any) -> "st.SearchStrategy[frozenset[Any]]":
    return st.frozensets(st.sampled_from(names), max_size=2)


def scopes(kind: str) -> "st.SearchStrategy[Scope]":
    """Return a scope that rules of this kind may have: named units, or kinds of units, or neither."""
    known = KINDS[kind].scoped_by
    nobody, limits = st.just(frozenset[Any]()), {"channels": CHANNELS, "acts": ACTS, "carriers": CARRIERS}
    more = {name: some(*limits[name]) if name in known else nobody for name in limits}
    everybody = st.builds(Scope, **more)
    if "units" not in known:
        return everybody
    named = st.builds(Scope, units=some(*SOME_UNITS), **more)
    return everybody | named | st.builds(Scope, unit_kinds=some(*SOME_KINDS), **more)


SHARES = st.fractions(0, 1, max_denominator=10_000)
HOURS = st.times().map(lambda moment: moment.replace(microsecond=0))
SPANS = st.lists(HOURS, min_size=2, max_size=6, unique=True).map(
    lambda moments: tuple(zip(sorted(moments)[::2], sorted(moments)[1::2], strict=False))
)
SMALL = st.integers(1, 20)
OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "reception": st.builds(values.Reception, allowed=st.booleans()),
    "closure": st.builds(values.Closure, lifted=st.booleans()),
    "processing_closure": st.builds(values.ProcessingClosure, while_closed=st.sampled_from(values.WhileClosed)),
    "isolation_period": st.just(values.IsolationPeriod()),
    "target": st.builds(values.Target, share=SHARES, year=st.sampled_from(values.YearBasis)),
    "review_order": st.builds(values.ReviewOrder, st.dates(), st.sampled_from(values.CompletedBy)),
    "go_live": st.just(values.GoLive()),
    "closing": st.builds(values.Closing, SMALL, HOURS),
    "number_prefix": st.builds(
        values.NumberPrefix, at_provincial_centre=st.sampled_from(values.Whose), elsewhere=st.sampled_from(values.Whose)
    ),
    "result_carrier": st.builds(values.ResultCarrier, carrier=st.sampled_from(CARRIERS)),
    "public_postal_service": st.just(values.PublicPostalService()),
    "missing_place": st.builds(values.MissingPlace, taken_as=st.sampled_from(values.TakenAs)),
    "post_attempts": st.builds(values.PostAttempts, attempts=SMALL, days_kept=SMALL),
    "working_hours": st.builds(values.WorkingHours, intervals=SPANS),
    "reception_hours": st.builds(
        values.ReceptionHours,
        weekdays=st.lists(st.integers(1, 7), min_size=1, unique=True).map(tuple),
        intervals=SPANS,
    ),
    "same_day_cutoff": st.builds(values.SameDayCutoff, at=HOURS),
    "intake_hours": st.builds(values.IntakeHours, working_hours=SMALL),
    "supplement_limit": st.builds(values.SupplementLimit, at_intake=SMALL, during_appraisal=SMALL),
    "supplement_wait": st.builds(values.SupplementWait, days=SMALL),
    "apology": st.builds(values.Apology, times=SMALL, latest_working_days_before=SMALL, warn_from=SMALL),
    "uncollected_reminders": st.builds(
        values.UncollectedReminders, after_days=st.lists(SMALL, min_size=1, max_size=5).map(tuple)
    ),
    "link_validity": st.builds(LinkValidity, days=SMALL),
}
"""Possible values of rules of each kind."""


@st.composite
def rules(draw: st.DrawFn, /, kinds: tuple[str, ...] = tuple(OF_KIND), **fixed: Any) -> Rule[Any]:
    """Draw a rule of one of `kinds`. `fixed` sets fields that are not drawn."""
    kind = draw(st.sampled_from(kinds))
    first = draw(st.sampled_from(DAYS))
    last = draw(st.none() | st.sampled_from([day for day in DAYS if day >= first]))
    drawn = {
        "id": f"rule-{draw(st.integers(0, 10**9))}",
        "kind": kind,
        "scope": draw(scopes(kind)),
        "first": first,
        "last": last,
        "value": draw(OF_KIND[kind]),
        "says_vi": "Quy định mẫu",
        "says_en": "A sample rule",
        "basis": BASIS,
    }
    return Rule(**drawn | fixed)


def matters() -> Iterator[Matter]:
    """Yield every matter to which these rules can apply: a unit, a channel, an act and a carrier."""
    yield from product([UNITS[unit_id] for unit_id in SOME_UNITS], CHANNELS, ACTS, CARRIERS)


def speaks(rule: Rule[Any], matter: Matter, day: date) -> bool:
    """Return whether the rule applies to a matter on a day, exactly as the data file explains it."""
    unit, channel, act, carrier = matter
    scope = rule.scope
    if rule.annulled or day < rule.first or (rule.last is not None and day > rule.last):
        return False
    names = unit.id in scope.units if scope.units else not scope.unit_kinds or unit.kind in scope.unit_kinds
    return (
        names
        and (not scope.channels or channel in scope.channels)
        and (not scope.acts or act in scope.acts)
        and (not scope.carriers or carrier in scope.carriers)
    )


def shipped(rule_id: str) -> Rule[Any]:
    """Return a rule as it ships."""
    return next(rule for rule in RULES.rules if rule.id == rule_id)


def sample(kind: str, value: object, rule_id: str = "sample-rule", **more: Any) -> Rule[Any]:
    """Return a rule for everybody from 1 April 2020, unless `more` says otherwise."""
    told: dict[str, Any] = {"scope": Scope(), "first": FIRST, "last": None, "basis": BASIS}
    return Rule(id=rule_id, kind=kind, value=value, says_vi="Quy định mẫu", says_en="A sample rule", **told | more)
