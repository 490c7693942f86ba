"""Days as they cross the wire: of this century, so that the day before or after one is a day, too."""

from datetime import date
from typing import Annotated

from pydantic import Field

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
"""What is entered. A class with a field named `date` needs the type under another name anyway."""
