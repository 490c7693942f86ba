"""A reorganisation as it crosses the wire: which units end on which day, and who takes over which of their work."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from motcua.contracts.days import Day
from motcua.contracts.fields import LongText, ProcedureCode, UnitId, Why
from motcua.contracts.legal_basis import LegalBasisModel
from motcua.contracts.model import Inward, Outward
from motcua.domain.registry.reorganisation import Reorganisation, Succession

ReorganisationId = Field(pattern=r"^[a-z0-9-]{3,60}$", examples=["sap-xep-2025-07-01"])


class SuccessionModel(Inward):
    """Of the work of `from_unit`, that of this procedure and from this commune goes to `to_unit`; left out = of any."""

    from_unit: UnitId
    to_unit: UnitId
    procedure: ProcedureCode | None = None
    commune: UnitId | None = Field(default=None, description="Commune of the owner's address, as x10507")

    def to_domain(self) -> Succession:
        return Succession(self.from_unit, self.to_unit, self.procedure or "", self.commune or "")


class ReorganisationModel(Inward):
    """From the day `effective` the units of `ends` are no more."""

    id: str = ReorganisationId
    title_vi: LongText
    effective: Day
    legal_basis: LegalBasisModel
    ends: list[UnitId] = Field(min_length=1, max_length=600)
    rules: list[SuccessionModel] = Field(max_length=2000)
    is_sample: bool = Field(default=False, description="Invented, to try the operation with")

    def to_domain(self) -> Reorganisation:
        return Reorganisation(
            id=self.id,
            title_vi=self.title_vi,
            effective=self.effective,
            basis=self.legal_basis.to_domain(),
            ends=tuple(dict.fromkeys(self.ends)),
            rules=tuple(rule.to_domain() for rule in self.rules),
            is_sample=self.is_sample,
        )


class PlanReorganisationRequest(Inward):
    """Enter a reorganisation, or give it the rules that it lacked."""

    reorganisation: ReorganisationModel
    why: Why


class StartReorganisationRequest(Inward):
    """Why it is started now."""

    why: Why


class DecideTaskRequest(Inward):
    """Where a dossier goes that no rule covered, and why. Name no person in it."""

    agency_id: UnitId
    one_stop_id: UnitId
    why: Why


class ReorganisationView(Outward):
    """A reorganisation as it stands; `jobs` carried it to open dossiers, the latest last."""

    id: str
    title_vi: str
    effective: date
    legal_basis: LegalBasisModel
    ends: list[str]
    rules: list[SuccessionModel]
    is_sample: bool
    started: bool
    jobs: list[str]

    @classmethod
    def of(cls, known: Reorganisation) -> "ReorganisationView":
        return cls.model_construct(
            id=known.id,
            title_vi=known.title_vi,
            effective=known.effective,
            legal_basis=LegalBasisModel.from_domain(known.basis),
            ends=list(known.ends),
            rules=[
                SuccessionModel.model_construct(
                    from_unit=rule.from_unit,
                    to_unit=rule.to_unit,
                    procedure=rule.procedure or None,
                    commune=rule.commune or None,
                )
                for rule in known.rules
            ],
            is_sample=known.is_sample,
            started=known.started,
            jobs=list(known.jobs),
        )


class ReorganisationsView(Outward):
    """Every reorganisation that was entered, by id, without its rules."""

    reorganisations: list[ReorganisationView]

    @classmethod
    def of(cls, known: Iterable[Reorganisation]) -> "ReorganisationsView":
        views = [ReorganisationView.of(each).model_copy(update={"rules": []}) for each in known]
        return cls.model_construct(reorganisations=views)
