"""`python -m infra.contracts`: write `schemas/` and `infra/api.yaml` from the code.

`--check` compares both with the code, and the contracts with the last commits. `--breaking BASE` compares the contracts
with one commit.
"""

import argparse
import difflib
import json
from pathlib import Path

from infra.contracts import gateway
from infra.contracts.base import NoBaseError, documents_at
from infra.contracts.breaking import breaks
from infra.contracts.published import FOLDER, texts
from infra.engine.errors import LocalRunError, run

BASES = ("HEAD", "HEAD~1")
"""The current commit and the one before it, so that the first run after a commit still finds its break."""

DIFF_LINES = 60


def write(folder: Path = FOLDER) -> list[str]:
    """Write every document that differs and remove those that are no longer published. Returns their names."""
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
    """Raise LocalRunError unless the files are what the code generates."""
    made = texts()
    wrong = sorted({*_differing(folder, made), *_left_over(folder, made)})
    if not wrong:
        return
    lines = [line for name in wrong for line in _difference(f"schemas/{name}", folder / name, made.get(name, ""))]
    raise LocalRunError(
        f"schemas/ không khớp với mã ({', '.join(wrong)}). Hãy chạy: make schemas",
        f"schemas/ differs from the code. Mend it: run make schemas\n  {_shown(lines)}",
    )


def write_gateway(file: Path = gateway.FILE) -> bool:
    """Write the API's definition and return whether it differed."""
    made = gateway.text()
    differed = _read(file) != made
    if differed:
        file.write_text(made, encoding="utf-8")
    return differed


def check_gateway(file: Path = gateway.FILE) -> None:
    """Raise LocalRunError unless the API's definition is what the operations generate."""
    if _read(file) != (made := gateway.text()):
        lines = _difference("infra/api.yaml", file, made)
        raise LocalRunError(
            "infra/api.yaml không khớp với mã. Hãy chạy: make schemas",
            f"infra/api.yaml differs from the code. Mend it: run make schemas\n  {_shown(lines)}",
        )


def check_breaking(*bases: str) -> None:
    """Raise LocalRunError when the code's contracts break those of a commit.

    Print it when there is nothing to compare.
    """
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
        check_gateway()
        check_breaking(*BASES)
        print("✓ schemas/, infra/api.yaml khớp với mã, không phá vỡ · both equal the code, nothing broken")
    else:
        changed = [f"schemas/{name}" for name in write()] + (["infra/api.yaml"] if write_gateway() else [])
        print("\n".join(f"✓ {name}" for name in changed) or "✓ schemas/, infra/api.yaml không đổi · unchanged")


def _differing(folder: Path, made: dict[str, str]) -> list[str]:
    return [name for name, text in made.items() if _read(folder / name) != text]


def _left_over(folder: Path, made: dict[str, str]) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))
    return [name for name in names if name not in made]


def _difference(name: str, path: Path, made: str) -> list[str]:
    before, after = _read(path).splitlines(), made.splitlines()
    return list(difflib.unified_diff(before, after, name, f"code/{name.rpartition('/')[2]}", n=2, lineterm=""))


def _shown(lines: list[str]) -> str:
    return "\n  ".join([*lines[:DIFF_LINES], *(["…"] if len(lines) > DIFF_LINES else [])])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    run(main)
