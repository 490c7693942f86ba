"""Shared by all tests: no real AWS by accident, and invented people who look invented."""

import gc
import os
from collections.abc import Callable

import pytest

ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "ap-southeast-1",
    "AWS_REGION": "ap-southeast-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "POWERTOOLS_SERVICE_NAME": "motcua",
    "POWERTOOLS_METRICS_NAMESPACE": "Motcua",
    "STAGE": "local",
    "PARTNER_ID": "simulator",
    "DOSSIER_TABLE": "Dossier",
    "PERSON_TABLE": "Person",
    "REGISTRY_TABLE": "Registry",
    "FIGURE_TABLE": "Figure",
    "REGISTRY_MEMORY_SECONDS": "45",
    "CHANGE_IS_SEEN_SECONDS": "60",
    "LONGEST_RETRY_SECONDS": "60",
}


def pytest_configure() -> None:
    """Remove the person's own AWS settings and proxies before collection, because no test may depend on them."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


def pytest_collection_finish() -> None:
    """Freeze what is loaded by now, so that the collector does not look at it again and again.

    Looking took a quarter of the time of tests that make many small objects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the functions' environment as in the template, with credentials that open nothing."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def owner() -> dict[str, str]:
    """Return an invented citizen, as in a request."""
    return {
        "kind": "citizen",
        "name": "Nguyễn Văn Mẫu",
        "number": "030099000001",
        "phone": "0912345678",
        "address": "Số 1, phố Mẫu, thành phố Hải Dương",
    }


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print what was measured, whatever pytest captures."""

    def say(text: str) -> None:
        with capsys.disabled():
            print(f"\n    {text}", flush=True)  # noqa: T201

    return say
