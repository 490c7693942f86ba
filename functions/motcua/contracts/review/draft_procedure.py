"""What a department drafts as a procedure's next version."""

from pydantic import Field

from motcua.contracts.fields import Why
from motcua.contracts.model import Inward
from motcua.contracts.registry.procedure import ProcedureModel


class DraftProcedureRequest(Inward):
    """The draft of a procedure's next version. It is received once it is announced and published, and not before."""

    procedure: ProcedureModel
    why: Why = Field(examples=["Rà soát theo công văn 1313/UBND-VP"])
