"""The contracts of an earlier commit, read from git without touching the checkout."""

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class NoBaseError(Exception):
    """There is nothing to compare with: no git, no such commit, or no contracts in it."""


def documents_at(revision: str, root: Path = ROOT) -> dict[str, Any]:
    """Return path below `schemas/` → document, as of `revision`, without examples, on which nothing depends."""
    names = _git(root, "ls-tree", "-r", "--name-only", f"{revision}^{{commit}}", "--", "schemas/").split()
    kept = [name for name in names if name.endswith(".json") and not name.endswith(".example.json")]
    if not kept:
        raise NoBaseError(f"{revision}: no schemas/")
    return {name.removeprefix("schemas/"): json.loads(_git(root, "show", f"{revision}:{name}")) for name in kept}


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise NoBaseError("git") from error
    if done.returncode:
        raise NoBaseError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    return done.stdout.decode()
