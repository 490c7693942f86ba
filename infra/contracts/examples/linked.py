"""Examples of linked dossiers: an agency's part is done, and the next one begins."""

from pydantic import BaseModel

from infra.contracts import other_lives
from motcua.contracts.dossier.views import DossierView
from motcua.contracts.fields import NoBody


def bodies() -> dict[str, BaseModel]:
    """Return operation → example request body."""
    return {"finish_leg": NoBody()}


def views() -> dict[str, BaseModel]:
    """Return operation → example answer."""
    return {"finish_leg": DossierView.from_domain(other_lives.linked().dossier)}
