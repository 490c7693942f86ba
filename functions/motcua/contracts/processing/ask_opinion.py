"""Whose opinion is asked, and until when."""

from pydantic import Field

from motcua.contracts.fields import UnitId
from motcua.contracts.model import Inward
from motcua.contracts.registry.procedure import LimitModel


class OpinionRequest(Inward):
    """Ask another agency for its opinion, within a limit by its own calendar."""

    agency_id: UnitId = Field(examples=["stp"])
    limit: LimitModel
