"""Build template.yaml with SAM and deploy it, unchanged, to a running embedded AWS."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from infra.engine.engine import REGION, Engine
from infra.engine.paths import API, BUILD, BUILD_CACHE, ROOT, TEMPLATE, WORK, architecture, environment_python
from infra.stack.package import pack_build
from infra.stack.sam import run_sam

STACK_NAME = "motcua"
ARTIFACTS = "motcua-artifacts"
SOURCE_TAG = "motcua-source"
SOURCES = ("functions", "functions_heavy")
MARK = ".complete"


def runtime() -> str:
    """Return Lambda's name for the Python of the project's environments."""
    return "python{}.{}".format(*sys.version_info[:2])


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def source_digest() -> str:
    """Return a digest that changes with every input of `sam build`."""
    digest = hashlib.sha256(f"{runtime()} {architecture()} {ROOT}".encode())
    for path in (TEMPLATE, API, ROOT / "samconfig.toml", *(file for name in SOURCES for file in _files(ROOT / name))):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


@contextmanager
def _one_at_a_time() -> Iterator[int]:
    """Hold the lock of the build folder, which all profiles share: `make test` waits here for a starting `make up`."""
    WORK.mkdir(exist_ok=True)
    with (WORK / "build.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield lock.fileno()


def build(digest: str, lock: int) -> None:
    """Run `sam build`, then compile and zip. Do nothing when the last finished build was of the same sources."""
    mark = BUILD / MARK
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return
    mark.unlink(missing_ok=True)
    run_sam(
        *("build", "--cached", "--template-file", str(TEMPLATE)),
        *("--build-dir", str(BUILD), "--cache-dir", str(BUILD_CACHE)),
        *("--parameter-overrides", f"Runtime={runtime()}", f"Architecture={architecture()}"),
        hold=(lock,),
    )
    # Compiled by the interpreter that will run it.
    python, module = str(environment_python("engine")), "infra.stack.bytecode"
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    subprocess.run([python, "-m", module, str(BUILD), runtime()], cwd=ROOT, env=environment, check=True)
    pack_build(BUILD)
    mark.write_text(digest, encoding="utf-8")


def _deployed_source(cloudformation: Any) -> str | None:
    """Return the digest that the deployed stack carries, or None when there is no finished stack."""
    try:
        stack = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    except cloudformation.exceptions.ClientError:
        return None
    if stack["StackStatus"] not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        return None
    return {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}.get(SOURCE_TAG)


def _make_bucket(s3: Any) -> None:
    if not any(bucket["Name"] == ARTIFACTS for bucket in s3.list_buckets()["Buckets"]):
        s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": REGION})


def deploy(engine: Engine, client: Any, parameters: Mapping[str, str]) -> dict[str, str]:
    """Update the stack to the sources and parameters, and return its outputs.

    `client` makes boto3 clients at the engine. A stack that is up to date, as after a restart, is left alone.
    """
    cloudformation = client("cloudformation")
    overrides = {"Runtime": runtime(), "Architecture": architecture(), **parameters}
    settings = sorted(f"{name}={value}" for name, value in overrides.items())
    with _one_at_a_time() as lock:
        source = source_digest()
        wanted = hashlib.sha256("\0".join([source, *settings]).encode()).hexdigest()[:32]
        if _deployed_source(cloudformation) != wanted:
            build(source, lock)
            # A bucket of its own, because --resolve-s3 would deploy a second stack first.
            _make_bucket(client("s3"))
            run_sam(
                *("deploy", "--template-file", str(BUILD / "template.yaml")),
                *("--stack-name", STACK_NAME, "--s3-bucket", ARTIFACTS, "--region", REGION),
                *("--tags", f"{SOURCE_TAG}={wanted}", "--parameter-overrides", *settings),
                environment={
                    "AWS_ENDPOINT_URL": engine.endpoint,
                    "AWS_ACCESS_KEY_ID": engine.access_key,
                    "AWS_SECRET_ACCESS_KEY": engine.secret_key,
                    "AWS_DEFAULT_REGION": REGION,
                },
                hold=(lock,),
            )
    stack = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
