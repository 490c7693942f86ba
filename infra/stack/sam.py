"""Run SAM unmodified, but without network, telemetry, or the person's home folder and AWS settings."""

import json
import os
import subprocess
import time
from collections.abc import Mapping
from tempfile import TemporaryDirectory

from infra.engine.errors import LocalRunError
from infra.engine.paths import ROOT, SAM_HOME, WHEELS, WORK, environment_python


def _environment(temporary: str, extra: Mapping[str, str]) -> dict[str, str]:
    # SAM asks the package index for a newer version once a week. This says that it has just done so.
    state = {"lastVersionCheck": time.time(), "telemetryEnabled": False}
    (SAM_HOME / "metadata.json").write_text(json.dumps(state), encoding="utf-8")
    engine_programs = environment_python("engine").parent
    return {
        # SAM builds with the first python3.X it finds: the engine's, which also runs the functions.
        "PATH": f"{engine_programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(SAM_HOME),
        "TMPDIR": temporary,  # SAM leaves its packages there
        "LANG": "C.UTF-8",
        "__SAM_CLI_APP_DIR": str(SAM_HOME),
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.2",  # the default of 5 seconds is meant for AWS
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        # The functions' packages come from the wheels beside the project, whatever pip is configured to use. A URL,
        # because pip splits this variable at spaces.
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": WHEELS.as_uri(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        **extra,
    }


def run_sam(*arguments: str, environment: Mapping[str, str] | None = None, hold: tuple[int, ...] = ()) -> None:
    """Run one SAM command in the checkout, with its output in .motcua/sam-<command>.log; a failure shows its end.

    SAM inherits the open files in `hold`: a lock among them is held until SAM ends, even if this program is killed.
    """
    # Named, because otherwise SAM looks beside the template, which for `deploy` is the built one.
    config = ["--config-file", str(ROOT / "samconfig.toml"), "--config-env", "local"]
    command = [str(environment_python("sam")), "-m", "samcli", *arguments, *config]
    SAM_HOME.mkdir(parents=True, exist_ok=True)
    log = WORK / f"sam-{arguments[0]}.log"
    with log.open("wb") as output, TemporaryDirectory(prefix="tmp-", dir=SAM_HOME) as temporary:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=_environment(temporary, environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=hold,
            check=False,
        )
    if done.returncode:
        lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
        tail = "\n    ".join(lines[-20:])
        raise LocalRunError(
            f"`sam {arguments[0]}` thất bại. Chi tiết: {log}",
            f"`sam {arguments[0]}` failed. Details: {log}\n    {tail}",
        )
