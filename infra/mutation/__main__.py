"""`make mutation`: make small changes to the rules of deadlines, days, numbers and targets. Does a test notice?

A change that no test notices must be explained by name in explained.txt, or the run fails. The figure is the share of
changes that a test noticed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.engine.errors import LocalRunError, run
from infra.engine.paths import ROOT, WORK, environment_python

DAYS = (
    *("deadline/test_working_calendar", "deadline/test_count_deadline", "reading/test_explain_deadline"),
    *("deadline/test_trace_steps", "deadline/test_deadlines", "deadline/test_deadline_reference"),
)
MUTATED = {
    "target": ("reports/target", ("reports/test_target",)),
    "number": ("dossier/number", ("dossier/test_number", "intake/test_give_number")),
    "calendar": ("deadline/working_calendar", (*DAYS, "reports/test_target_report")),
    "deadline": ("deadline/deadline", DAYS),
}
"""Name → the module of motcua.domain, and the tests in tests/unit that must notice, the quickest first."""

STAGE = WORK / "mutation"
EXPLAINED = Path(__file__).with_name("explained.txt")
NOTICED = ("killed", "timeout", "caught by type check")
"""mutmut's results for a noticed change. An endless loop counts as noticed."""

SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{mutated}]
also_copy = ["tests", "infra", "data", "pyproject.toml"]
pytest_add_cli_args_test_selection = [{tests}]
use_git_change_detection = false

[tool.pytest.ini_options]
pythonpath = ["src", "."]
addopts = ["--import-mode=importlib", "-p", "no:cacheprovider"]
"""


def stage(names: Sequence[str]) -> None:
    """Copy the code as mutmut needs it: below src/, in a folder that mutmut may write to."""
    shutil.rmtree(STAGE, ignore_errors=True)
    unread = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "functions", STAGE / "src", ignore=unread)
    for folder in ("tests", "infra", "data"):
        shutil.copytree(ROOT / folder, STAGE / folder, ignore=unread)
    (STAGE / "tests" / "conftest.py").unlink()  # it serves all tests; these need nothing of it
    mutated = ", ".join(f'"src/motcua/domain/{MUTATED[name][0]}.py"' for name in names)
    tests = ", ".join(
        f'"tests/unit/{test}.py"' for test in dict.fromkeys(test for name in names for test in MUTATED[name][1])
    )
    (STAGE / "pyproject.toml").write_text(SETTINGS.format(mutated=mutated, tests=tests), encoding="utf-8")


def mutmut(*arguments: str, show: bool = False) -> str:
    command = [str(environment_python("mutation")), "-m", "mutmut", *arguments]
    done = subprocess.run(command, cwd=STAGE, text=True, check=False, stdout=None if show else subprocess.PIPE)
    if done.returncode:
        raise LocalRunError(f"mutmut {arguments[0]} thất bại.", f"mutmut {arguments[0]} failed.")
    return done.stdout or ""


def explained() -> dict[str, str]:
    """Return name of a change → why no test can notice it."""
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines()
    told = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {name: why.strip() for name, _, why in told}


def main() -> None:
    stage(sys.argv[1:] or list(MUTATED))
    mutmut("run", "--max-children", os.environ.get("MUTATION_LANES", "2"), show=True)
    said = dict(line.strip().split(": ", 1) for line in mutmut("results", "--all", "true").splitlines() if ": " in line)
    known, passed = explained(), sorted(name for name, result in said.items() if result not in NOTICED)
    for name in passed:
        why = known.get(name, "")
        print(f"\n{name}: {said[name]}{': ' + why if why else ''}")
        if not why:
            print(mutmut("show", name))
    unexplained, noticed = [name for name in passed if name not in known], len(said) - len(passed)
    print(
        f"{len(said)} thay đổi · changes, {noticed} bị phát hiện · noticed ({noticed / len(said):.1%}), "
        f"{len(passed) - len(unexplained)} có giải thích · explained, {len(unexplained)} không · not"
    )
    if unexplained:
        raise LocalRunError(
            "Có thay đổi mà không bài kiểm thử nào phát hiện.", "There are changes that no test notices."
        )


if __name__ == "__main__":
    run(main)
