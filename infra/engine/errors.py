"""A failure that the person at the keyboard can mend: said in Vietnamese, then in English, without a traceback."""

import sys
from collections.abc import Callable


class LocalRunError(Exception):
    """Carries both texts; `text` is what is printed."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en

    @property
    def text(self) -> str:
        return f"✗ {self.vi}\n  {self.en}"


def run(main: Callable[[], int | None]) -> None:
    """Run a program's `main` and leave with its exit code; a LocalRunError is printed and gives 1, Ctrl-C gives 130."""
    try:
        code = main() or 0
    except LocalRunError as error:
        print(error.text, file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
