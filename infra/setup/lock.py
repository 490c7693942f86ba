"""`make lock`: resolve requirements/*.in into locked lists with hashes, for every Python from 3.11 and every platform.

The function package and the mutation tools are resolved within the bounds of `dev`, so that tests and Lambda run the
same versions.
"""

import subprocess

from infra.engine.errors import run
from infra.engine.paths import FUNCTIONS_LOCK, LOCKS, ROOT, environment_python

HEADER = "# Locked by `make lock` from requirements/{name}.in; do not edit.\n"
FUNCTIONS_NOTE = (
    "# The package of every function. botocore is not bundled: the Lambda runtime brings its own (and so does the\n"
    "# embedded engine), and its 30 MB would only be unpacked at every cold start.\n"
)


def compile_list(name: str, target: str, constraint: str | None = None) -> None:
    """Write `target` (a path under the checkout) from requirements/`name`.in."""
    command = [str(environment_python("lock")), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-header"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    if constraint:
        command += ["--constraint", constraint]
    subprocess.run([*command, "--upgrade", f"requirements/{name}.in", "--output-file", target], cwd=ROOT, check=True)
    path = ROOT / target
    note = FUNCTIONS_NOTE if path == FUNCTIONS_LOCK else ""
    path.write_text(HEADER.format(name=name) + note + path.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """Compile every list; `dev` before `functions`."""
    for name in sorted(path.stem for path in LOCKS.glob("*.in") if path.stem != "functions"):
        print(f"requirements/{name}.txt")
        compile_list(name, f"requirements/{name}.txt", "requirements/dev.txt" if name == "mutation" else None)
    print("functions/requirements.txt")
    compile_list("functions", "functions/requirements.txt", "requirements/dev.txt")


if __name__ == "__main__":
    run(main)
