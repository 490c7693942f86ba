"""A rule as data: its kind, its scope, its days, what it says, and the document on which it rests."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Generic, TypeVar

from motcua.domain.record import dataclass
from motcua.domain.registry.legal_basis import LegalBasis
from motcua.domain.registry.unit import Unit, UnitKind
from motcua.domain.rules.kinds import ACTS, CHANNELS, KINDS

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Scope:
    """To whom a rule applies: named units, else kinds of units, else everybody; and to which of their acts.

    An empty `channels`, `acts` or `carriers` leaves nothing out. A rule for named units beats one for their kind, which
    beats one for everybody.
    """

    units: frozenset[str] = frozenset()
    unit_kinds: frozenset[UnitKind] = frozenset()
    channels: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    carriers: frozenset[str] = frozenset()

    @property
    def rank(self) -> int:
        """How closely the scope names its units: 2 by name, 1 by kind, 0 not at all."""
        return 2 if self.units else 1 if self.unit_kinds else 0

    def names(self, unit: Unit | None) -> bool:
        if self.units:
            return unit is not None and unit.id in self.units
        return not self.unit_kinds or (unit is not None and unit.kind in self.unit_kinds)

    def covers(self, unit: Unit | None, *, channel: str = "", act: str = "", carrier: str = "") -> bool:
        """Whether a rule of this scope applies to `unit`, and to the channel, act or carrier that is asked for."""
        asked = ((self.channels, channel), (self.acts, act), (self.carriers, carrier))
        return self.names(unit) and all(not known or not one or one in known for known, one in asked)

    def meets(self, other: "Scope") -> bool:
        """Whether something falls under both scopes at the same rank, so that two rules of one kind would apply to it."""
        pairs = zip(self._parts.values(), other._parts.values(), strict=True)
        return self.rank == other.rank and all(not mine or not theirs or mine & theirs for mine, theirs in pairs)

    def beyond(self, other: "Scope") -> dict[str, list[str]]:
        """Return what falls under this scope and not under `other` of the same rank: names by part of the scope."""
        every = {"channels": CHANNELS, "acts": ACTS}
        left: dict[str, list[str]] = {}
        for (part, mine), theirs in zip(self._parts.items(), other._parts.values(), strict=True):
            if not theirs:
                continue
            if not mine and part not in every:
                left[part] = [f"≠ {name}" for name in sorted(theirs)]
            elif names := sorted(set(mine or every[part]) - theirs):
                left[part] = names
        return left

    @property
    def _parts(self) -> Mapping[str, frozenset[str]]:
        """The five parts of the scope by name, each empty where it leaves nothing out."""
        return {
            "units": self.units,
            "unit_kinds": self.unit_kinds,
            "channels": self.channels,
            "acts": self.acts,
            "carriers": self.carriers,
        }


@dataclass(frozen=True, slots=True)
class Replaced:
    """The rule that another rule ended, and the last day that it had before."""

    id: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Rule(Generic[Value_co]):
    """A dated rule. Valid from `first` to `last`, both included; without `last` until another rule replaces it.

    `kind` is a name of `motcua.domain.rules.kinds.KINDS`, which gives the type of `value`. An annulled rule was entered
    by mistake: it stays readable but never applies, and the rule that it `replaced` lasts as long as it did before.
    """

    id: str
    kind: str
    scope: Scope
    first: date
    last: date | None
    value: Value_co
    says_vi: str
    says_en: str
    basis: LegalBasis
    also_see: tuple[LegalBasis, ...] = field(default=())
    annulled: bool = False
    replaced: Replaced | None = None

    def valid_on(self, day: date) -> bool:
        return not self.annulled and self.first <= day and (self.last is None or day <= self.last)

    def contradicts(self, other: "Rule[object]") -> bool:
        """Whether on some day both rules would apply to the same matter: one kind, overlapping scopes, common days."""
        if self.id == other.id or self.kind != other.kind or self.annulled or other.annulled:
            return False
        if KINDS[self.kind].several:
            return False
        together = (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)
        return together and self.scope.meets(other.scope)

    @property
    def cited(self) -> str:
        return f"{self.id} · {self.basis}"
