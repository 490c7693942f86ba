"""`make test`: three lanes at once. What needs an engine mostly waits, so it runs beside what computes.

Each lane is a pytest process of its own, because tests of one deployed stack must stay together. pytest-xdist's groups would
keep them together too, but xdist 3.8 writes `_nodeid`, which pytest 9.2 no longer reads. To go back: one call of pytest with
`--dist loadgroup`, once a group's tests are seen in one worker.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

LANES = {
    "e2e": ["-p", "no:xdist", "tests/e2e", "--ignore=tests/e2e/test_restart.py"],
    "adapters": ["-p", "no:xdist", "tests/adapters", "tests/e2e/test_restart.py"],
    "rest": ["-n", str(os.cpu_count() or 2), "--dist", "loadfile", "tests/handlers", "tests/infra", "tests/unit"],
}
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


def main() -> int:
    """Run all lanes, print what each said, and end with one line of counts. Return 1 when any lane failed."""
    running = []
    for lane, arguments in LANES.items():
        said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - read when the lane has ended
        command = [sys.executable, "-m", "pytest", "-q", *arguments]
        running.append((lane, subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT), said))
    counts: Counter[str] = Counter()
    failed = []
    for lane, process, said in running:
        if process.wait():
            failed.append(lane)
        said.seek(0)
        text = said.read()
        said.close()
        print(f"== {lane}\n{text}", flush=True)
        last = text.rstrip().rpartition("\n")[2]
        for number, what in COUNTED.findall(last):
            counts["failed" if what.startswith("error") else what] += int(number)
    if failed:
        print(f"✗ Làn không đạt · lanes that failed: {', '.join(failed)}")
    print(f"{counts['passed']} passed, {counts['failed'] or len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
