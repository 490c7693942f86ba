"""Rules as they cross the wire: what an order says, for whom, from when to when, and the document that it rests on."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.fields import LongText, Name
from motcua.contracts.legal_basis import LegalBasisModel
from motcua.contracts.model import Inward, Outward
from motcua.contracts.rules.kinds import value_of, view_of
from motcua.domain.registry.unit import UnitKind
from motcua.domain.rules.kinds import KINDS
from motcua.domain.rules.rule import Replaced, Rule, Scope

Channel = Literal["counter", "post", "online"]
RuleId = Annotated[str, Field(pattern=r"^[a-z0-9-]{3,60}$", examples=["target-departments"])]
RULE = "/rule"
"""Where the rule stands in a request."""


class ScopeModel(Inward):
    """To whom a rule applies. Named units beat kinds of units, which beat everybody (both empty)."""

    units: list[Name] = Field(default=[], max_length=600)
    unit_kinds: list[UnitKind] = Field(default=[])
    channels: list[Channel] = Field(default=[])
    acts: list[Literal["reception", "return"]] = Field(default=[])
    carriers: list[Name] = Field(default=[])

    def to_domain(self) -> Scope:
        return Scope(**{name: frozenset(getattr(self, name)) for name in ScopeModel.model_fields})

    @classmethod
    def from_domain(cls, scope: Scope) -> "ScopeModel":
        named: dict[str, Any] = {name: sorted(getattr(scope, name)) for name in cls.model_fields}
        return cls.model_construct(**named)


class RuleModel(Inward):
    """A dated rule, from the day `from` to the day `to`, both included; `to` null = until another takes its place."""

    id: RuleId
    kind: Literal[tuple(KINDS)]  # type: ignore[valid-type]  # mypy wants them written out again
    scope: ScopeModel = Field(default_factory=ScopeModel)
    first: Day = Field(alias="from")
    last: Day | None = Field(default=None, alias="to")
    value: dict[str, Any] = Field(default={}, description="What the rule says; which fields depends on its kind")
    says_vi: LongText
    says_en: LongText
    legal_basis: LegalBasisModel
    also_see: list[LegalBasisModel] = Field(default=[], max_length=10)

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise PydanticCustomError("ends_before_it_begins", "ends before it begins", {"field": "to"})
        known = KINDS[self.kind].scoped_by
        for name in ScopeModel.model_fields:
            if getattr(self.scope, name) and name not in known:
                raise PydanticCustomError("unknown_field", "not a scope of this kind", {"field": f"scope/{name}"})
        if self.scope.units and self.scope.unit_kinds:
            raise PydanticCustomError("units_or_kinds", "either or", {"field": "scope"})
        return self

    def to_domain(self, at: str = "") -> Rule[Any]:
        """Return the rule. Raises InvalidError, pointing into the value, when that does not fit. `at` points at the rule."""
        return Rule(
            id=self.id,
            kind=self.kind,
            scope=self.scope.to_domain(),
            first=self.first,
            last=self.last,
            value=value_of(self.kind, self.value, f"{at}/value"),
            says_vi=self.says_vi,
            says_en=self.says_en,
            basis=self.legal_basis.to_domain(),
            also_see=tuple(each.to_domain() for each in self.also_see),
        )


class ReplacedModel(Inward):
    """The rule that another one ended, and the last day that it had before: it has it again if that one is annulled."""

    id: RuleId
    last: Day | None = Field(alias="to")

    def to_domain(self) -> Replaced:
        return Replaced(self.id, self.last)

    @classmethod
    def from_domain(cls, replaced: Replaced) -> "ReplacedModel":
        return cls.model_construct(id=replaced.id, last=replaced.last)


class RuleView(Outward):
    """A rule as it stands, in the words and with the document that it rests on."""

    id: str
    kind: str
    kind_vi: str
    kind_en: str
    applied: bool = Field(
        description="false = mới được nhập và công bố, hệ thống chưa áp dụng · entered and shown, but the system does not "
        "act on rules of this kind yet"
    )
    scope: ScopeModel
    first: date = Field(serialization_alias="from")
    last: date | None = Field(serialization_alias="to")
    value: dict[str, Any]
    says_vi: str
    says_en: str
    legal_basis: LegalBasisModel
    also_see: list[LegalBasisModel]
    annulled: bool
    replaced: ReplacedModel | None

    @classmethod
    def of(cls, rule: Rule[Any]) -> "RuleView":
        kind = KINDS[rule.kind]
        return cls.model_construct(
            id=rule.id,
            kind=rule.kind,
            kind_vi=kind.vi,
            kind_en=kind.en,
            applied=kind.applied,
            scope=ScopeModel.from_domain(rule.scope),
            first=rule.first,
            last=rule.last,
            value=view_of(rule.kind, rule.value),
            says_vi=rule.says_vi,
            says_en=rule.says_en,
            legal_basis=LegalBasisModel.from_domain(rule.basis),
            also_see=[LegalBasisModel.from_domain(each) for each in rule.also_see],
            annulled=rule.annulled,
            replaced=ReplacedModel.from_domain(rule.replaced) if rule.replaced else None,
        )
