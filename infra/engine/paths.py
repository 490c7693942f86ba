"""Where the embedded run keeps its things: all inside the checkout, all ignored by git, all safe to delete."""

import platform
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ROOT / ".venv"
WORK = ROOT / ".motcua"
WHEELS = ENVIRONMENTS / "wheels"
BUILD = WORK / "build"
BUILD_CACHE = WORK / "build-cache"
SAM_HOME = WORK / "sam-home"
LOCKS = ROOT / "requirements"
FUNCTIONS = ROOT / "functions"
FUNCTIONS_LOCK = FUNCTIONS / "requirements.txt"
TEMPLATE = ROOT / "template.yaml"
API = ROOT / "infra" / "api.yaml"


def environment_python(name: str) -> Path:
    """The interpreter of one of the project's virtual environments (`dev`, `engine`, `sam`, `checkov`, `lock`)."""
    return ENVIRONMENTS / name / "bin" / "python"


def architecture() -> str:
    """Lambda's name for this machine's processor, for building packages that run here."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


@dataclass(frozen=True, slots=True)
class Profile:
    """One embedded stack's own folder, so that `up`, `demo`, `test` and `bench` never meet."""

    name: str

    @property
    def folder(self) -> Path:
        return WORK / self.name

    @property
    def state(self) -> Path:
        """What the engine saves on a clean stop: tables, queues, functions, users, objects."""
        return self.folder / "state"

    @property
    def temporary(self) -> Path:
        """The engine's TMPDIR: unpacked functions, its pid file. Emptied before and after each run."""
        return self.folder / "tmp"

    @property
    def log(self) -> Path:
        return self.folder / "engine.log"

    @property
    def engine_pid(self) -> Path:
        return self.folder / "engine.pid"

    @property
    def lock(self) -> Path:
        """Held by the running program; it holds that program's pid."""
        return self.folder / "lock"

    @property
    def card(self) -> Path:
        """Endpoint and keys of the running stack, for `make redrive` and `make down` from another shell (mode 600)."""
        return self.folder / "stack.json"
