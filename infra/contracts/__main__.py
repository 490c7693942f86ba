"""`python -m infra.contracts` writes `schemas/`; `--check` compares it with the code and with the last commits,
`--breaking BASE` with one commit."""

import argparse
import difflib
import json
from pathlib import Path

from infra.contracts.base import NoBaseError, documents_at
from infra.contracts.breaking import breaks
from infra.contracts.published import FOLDER, texts
from infra.engine.errors import LocalRunError, run

BASES = ("HEAD", "HEAD~1")
"""The commit that is worked on, and the one before: a break is still found in the run that follows its commit."""

DIFF_LINES = 60


def write(folder: Path = FOLDER) -> list[str]:
    """Write every document that differs and remove what is no longer published; their names."""
    made = texts()
    changed = sorted({*_differing(folder, made), *_left_over(folder, made)})
    for name in changed:
        if name in made:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(made[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def check_drift(folder: Path = FOLDER) -> None:
    """Raise unless the files are what the code makes."""
    made = texts()
    wrong = sorted({*_differing(folder, made), *_left_over(folder, made)})
    if not wrong:
        return
    lines: list[str] = []
    for name in wrong:
        before, after = _read(folder / name).splitlines(), made.get(name, "").splitlines()
        lines += difflib.unified_diff(before, after, f"schemas/{name}", f"code/{name}", n=2, lineterm="")
    shown = "\n  ".join([*lines[:DIFF_LINES], *(["…"] if len(lines) > DIFF_LINES else [])])
    raise LocalRunError(
        f"schemas/ không khớp với mã ({', '.join(wrong)}). Hãy chạy: make schemas",
        f"schemas/ differs from the code. Mend it: run make schemas\n  {shown}",
    )


def check_breaking(*bases: str) -> None:
    """Raise when the code's contracts break those of one of the commits; say so where there is nothing to compare."""
    now = {name: json.loads(text) for name, text in texts().items() if name.endswith(".json")}
    found: list[str] = []
    for base in bases:
        try:
            before = documents_at(base)
        except NoBaseError as nothing:
            print(f"· Không có gì để so ở {base} · Nothing to compare with at {base} ({nothing})")
            continue
        broken = [each for name, document in before.items() for each in breaks(name, document, now.get(name))]
        found += [f"{base}: {each}" for each in broken]
    if found:
        lines = "\n  ".join(found[:DIFF_LINES])
        raise LocalRunError(
            "Hợp đồng đã công bố bị phá vỡ. Hãy giữ chỗ cũ, hoặc công bố phiên bản lớn mới (openapi.VERSION; tệp .v2.json)",
            f"A published contract breaks. Keep what was there, or publish a new major version\n  {lines}",
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.contracts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only: with the code, then with the last commits")
    parser.add_argument("--breaking", metavar="BASE", help="compare only: with the contracts of this commit")
    asked = parser.parse_args()
    if asked.breaking:
        check_breaking(asked.breaking)
    elif asked.check:
        check_drift()
        check_breaking(*BASES)
        print("✓ schemas/ khớp với mã, không phá vỡ · schemas/ equals the code, nothing broken")
    else:
        changed = write()
        print("\n".join(f"✓ schemas/{name}" for name in changed) or "✓ schemas/ không đổi · unchanged")


def _differing(folder: Path, made: dict[str, str]) -> list[str]:
    return [name for name, text in made.items() if _read(folder / name) != text]


def _left_over(folder: Path, made: dict[str, str]) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))
    return [name for name in names if name not in made]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    run(main)
