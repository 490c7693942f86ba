"""Days and moments as they cross the wire; days are of this century, so that the day before or after one is a day, too."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from motcua.domain.local_time import LOCAL

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
"""What is entered. A class with a field named `date` needs the type under another name anyway."""


def local(moment: datetime | None) -> datetime | None:
    """Return the moment in Asia/Ho_Chi_Minh, in which times are shown."""
    return moment.astimezone(LOCAL) if moment else None
