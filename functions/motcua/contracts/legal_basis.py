"""The document that a rule rests on, as it crosses the wire."""

from dataclasses import fields
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.contracts.days import Day
from motcua.contracts.fields import LongText
from motcua.contracts.model import Inward
from motcua.domain.registry.legal_basis import LegalBasis

Certainty = Literal["order", "source", "practice", "unchecked", "ours"]


class LegalBasisModel(Inward):
    """The document that a rule rests on; `certainty` says how sure that is.

    What stands in an order or a source can be looked up: such a basis has number, date, clause, title and a link. That no
    link is known is said (`url` null), never left out.
    """

    number: LongText = Field(examples=["1313/UBND-VP"])
    date: Day | None = None
    clause: str = Field(default="", max_length=600)
    title_vi: str = Field(default="", max_length=600)
    url: str | None = Field(
        default=None,
        max_length=600,
        pattern=r"^https?://\S+$",
        description="null = chưa biết liên kết công khai · no public link is known",
    )
    certainty: Certainty

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> Self:
        if self.certainty in ("order", "source"):
            told = {"number": self.number, "date": self.date, "clause": self.clause, "title_vi": self.title_vi}
            left_out = [name for name, content in told.items() if not content or not str(content).strip()]
            if missing := left_out or [name for name in ("url",) if name not in self.model_fields_set]:
                raise PydanticCustomError("citation_incomplete", "not to be looked up", {"field": missing[0]})
        return self

    def to_domain(self) -> LegalBasis:
        return LegalBasis(self.number, self.date, self.clause, self.title_vi, self.url or "", self.certainty)

    @classmethod
    def from_domain(cls, basis: LegalBasis) -> "LegalBasisModel":
        named = {field.name: getattr(basis, field.name) for field in fields(LegalBasis)}
        return cls.model_construct(**named | {"url": basis.url or None})
