"""Procedures as a department drafts them and as a table holds them: the content of one version, field by field."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.fields import Line, LongText, Name, readable
from motcua.contracts.model import Inward
from motcua.domain.registry.procedure import (
    AfterSupplement,
    Component,
    Decision,
    Leg,
    LimitUnit,
    Procedure,
    ProcedureKind,
    TimeLimit,
)
from motcua.domain.registry.unit import Level

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", examples=["2.001610"])]
"""A procedure's code: national for a TTHC, the province's own for a work procedure."""

LongName = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(readable)]
"""The longest name that ships has 838 characters."""


class LimitModel(Inward):
    """How long the processing may take. 0 is the same day."""

    count: Decimal = Field(ge=0, le=10_000, decimal_places=2)
    unit: LimitUnit

    def to_domain(self) -> TimeLimit:
        return TimeLimit(self.count, self.unit)

    @classmethod
    def from_domain(cls, limit: TimeLimit) -> "LimitModel":
        return cls.model_construct(count=limit.count, unit=limit.unit)


class ComponentModel(Inward):
    """A paper to bring; how many originals and copies, null where that is not known."""

    name_vi: LongText
    originals: int | None = Field(default=None, ge=0, le=99)
    copies: int | None = Field(default=None, ge=0, le=99)
    original_at_return: bool = Field(
        default=False, description="Its original is handed in when the result is returned, which is then not by post"
    )

    def to_domain(self) -> Component:
        return Component(self.name_vi, self.originals, self.copies, self.original_at_return)

    @classmethod
    def from_domain(cls, component: Component) -> "ComponentModel":
        return cls.model_construct(**{name: getattr(component, name) for name in cls.model_fields})


class LegModel(Inward):
    """One agency's part of a linked procedure. Legs of the same step run in parallel, steps in sequence."""

    step: int = Field(ge=1, le=50)
    agency_id: Name
    limit: LimitModel

    def to_domain(self) -> Leg:
        return Leg(self.step, self.agency_id, self.limit.to_domain())

    @classmethod
    def from_domain(cls, leg: Leg) -> "LegModel":
        return cls.model_construct(step=leg.step, agency_id=leg.agency_id, limit=LimitModel.from_domain(leg.limit))


class DecisionModel(Inward):
    """The decision that announces a version (quyết định công bố)."""

    number: LongText = Field(examples=["1234/QĐ-UBND"])
    date: Day
    document: str = Field(default="", max_length=600, description="Where it is to be read")

    def to_domain(self) -> Decision:
        return Decision(self.number, self.date, self.document)

    @classmethod
    def from_domain(cls, decision: Decision) -> "DecisionModel":
        return cls.model_construct(number=decision.number, date=decision.date, document=decision.document)


class ProcedureModel(Inward):
    """What a version of a procedure says. null = not known, which readers are shown as such."""

    code: Code
    kind: ProcedureKind = ProcedureKind.PROCEDURE
    name_vi: LongName
    field_vi: Line = ""
    levels: list[Level] = Field(min_length=1, max_length=3)
    owner_vi: Line = ""
    agency_id: Name | None = Field(default=None, description="The department that issues the result, if one does")
    counts_in_department: bool = False
    limit: LimitModel | None = None
    after_supplement: AfterSupplement = AfterSupplement.RESTART
    fee_vnd: int | None = Field(default=None, ge=0, le=1_000_000_000_000)
    post_in: bool | None = None
    post_out: bool | None = None
    online_level: int | None = Field(default=None, ge=1, le=4)
    components: list[ComponentModel] = Field(default=[], max_length=100)
    legs: list[LegModel] = Field(default=[], max_length=50)
    sensitive: bool = False
    values_of: Line = Field(default="", description="The year or years that limit, fee and channels are of")
    evidence: Line = ""

    def to_domain(self, version: int = 1) -> Procedure:
        """Return the content as version `version`; a draft gets its number when it is entered."""
        named: dict[str, Any] = {name: getattr(self, name) for name in ProcedureModel.model_fields}
        return Procedure(
            **named
            | {
                "version": version,
                "levels": frozenset(self.levels),
                "agency_id": self.agency_id or "",
                "limit": self.limit.to_domain() if self.limit else None,
                "components": tuple(each.to_domain() for each in self.components),
                "legs": tuple(each.to_domain() for each in self.legs),
            }
        )

    @classmethod
    def from_domain(cls, procedure: Procedure) -> Self:
        return cls.model_construct(**_named(procedure, ProcedureModel))


class VersionModel(ProcedureModel):
    """A version as a table of the registry holds it: its content, its number, and since when it has been received."""

    version: int = Field(default=1, ge=1, le=9999)
    published_on: Day | None = None
    withdrawn_on: Day | None = None
    decision: DecisionModel | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.withdrawn_on and self.published_on and self.withdrawn_on < self.published_on:
            raise PydanticCustomError("ends_before_it_begins", "withdrawn before published", {"field": "withdrawn_on"})
        return self

    def to_version(self) -> Procedure:
        """Return the version with its number and its days."""
        return replace(
            self.to_domain(self.version),
            published_on=self.published_on,
            withdrawn_on=self.withdrawn_on,
            decision=self.decision.to_domain() if self.decision else None,
        )

    @classmethod
    def from_domain(cls, procedure: Procedure) -> Self:
        decision = DecisionModel.from_domain(procedure.decision) if procedure.decision else None
        return cls.model_construct(**_named(procedure, VersionModel) | {"decision": decision})


def _named(procedure: Procedure, model: type[ProcedureModel]) -> dict[str, Any]:
    return {name: getattr(procedure, name) for name in model.model_fields} | {
        "levels": sorted(procedure.levels),
        "agency_id": procedure.agency_id or None,
        "limit": LimitModel.from_domain(procedure.limit) if procedure.limit else None,
        "components": [ComponentModel.from_domain(each) for each in procedure.components],
        "legs": [LegModel.from_domain(each) for each in procedure.legs],
    }
