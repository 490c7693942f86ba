"""To whom a dossier is assigned."""

from motcua.contracts.fields import StaffId
from motcua.contracts.model import Inward


class Assignment(Inward):
    """Which officer of the agency works on it."""

    officer: StaffId
