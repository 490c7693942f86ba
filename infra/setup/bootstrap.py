"""Find a Python that is new enough and let it make the environments.

`make` runs this file with whatever `python3` is, so it must load on old versions (3.6): no newer syntax here, and only
the standard library.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11")
PROBE = "import sys, venv, ensurepip; sys.exit(sys.version_info < (%d, %d))" % OLDEST


def works(python: str) -> bool:
    """Return whether this command is a Python that is new enough and can make virtual environments."""
    try:
        return subprocess.call([python, "-c", PROBE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def choose(current: str, candidates: "tuple[str, ...]" = CANDIDATES) -> "str | None":
    """Return the running Python if it will do, else the newest candidate that will, else None."""
    for python in (current,) + tuple(candidates):
        if works(python):
            return python
    return None


def complaint(version: "tuple[int, ...]") -> str:
    """Return the message for when no Python will do. `version` is that of the running one."""
    found = ".".join(str(part) for part in version[:3])
    wanted = ".".join(str(part) for part in OLDEST)
    if version[:2] >= OLDEST:
        package = "python{}.{}-venv".format(*version[:2])
        return (
            f"✗ Python {found} không tạo được môi trường ảo: thiếu venv hoặc ensurepip. "
            f"Trên Debian/Ubuntu: sudo apt install {package}\n"
            f"  Python {found} cannot make virtual environments: venv or ensurepip is missing. "
            f"On Debian/Ubuntu: sudo apt install {package}"
        )
    return (
        f"✗ Cần Python {wanted} trở lên; python3 ở đây là {found}. Hãy cài bản mới, hoặc chỉ rõ: "
        "make PYTHON=/đường/dẫn/python3.12 …\n"
        f"  Python {wanted} or newer is needed; python3 here is {found}. Install a newer one, or name it: "
        "make PYTHON=/path/to/python3.12 …"
    )


def main() -> None:
    """Hand over to environments.py under the chosen interpreter, with the same arguments."""
    python = choose(sys.executable)
    if python is None:
        # An ASCII terminal must not turn the message into a traceback.
        sys.stderr.buffer.write((complaint(sys.version_info[:3]) + "\n").encode("utf-8"))
        sys.exit(1)
    os.chdir(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    os.execvp(python, [python, "-m", "infra.setup.environments"] + sys.argv[1:])


if __name__ == "__main__":
    main()
