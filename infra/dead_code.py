"""Find what nothing in functions and infra uses: `make lint` runs it, with the settings of pyproject.toml.

Vulture compares names. Fields of records, models and enums are variables to it, which pydantic, JSON and databases read;
they are left out. What only a test uses is dead, too: tests are not looked at.
"""

from vulture import Vulture
from vulture.config import make_config

from infra.engine.errors import LocalRunError, run
from infra.engine.paths import ROOT


def unused() -> list[str]:
    """Return what is unused, each with its file and line."""
    settings = make_config(["--config", str(ROOT / "pyproject.toml")])
    search = Vulture(ignore_names=settings["ignore_names"], ignore_decorators=settings["ignore_decorators"])
    search.scavenge([ROOT / path for path in settings["paths"]], exclude=settings["exclude"])
    found = search.get_unused_code(min_confidence=settings["min_confidence"])
    return [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: {item.message}"
        for item in found
        if item.typ != "variable"
    ]


def main() -> None:
    """Name all that is unused."""
    if found := unused():
        names = "".join(f"\n    {each}" for each in found)
        raise LocalRunError(
            f"Có mã không nơi nào dùng ({len(found)}); hãy xoá đi.",
            f"Some code is used nowhere ({len(found)}); delete it:{names}",
        )
    print("✓ Không có mã thừa · no dead code")


if __name__ == "__main__":
    run(main)
