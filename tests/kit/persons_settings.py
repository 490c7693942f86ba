"""Network and AWS settings of a person, which the embedded run must ignore."""

from pathlib import Path

import pytest

NOWHERE = "http://127.0.0.1:9"
"""The discard port: nothing listens there."""

PROXIES = ("http_proxy", "https_proxy", "all_proxy")
AWS = {
    "AWS_PROFILE": "nope",
    "AWS_DEFAULT_PROFILE": "nope",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "mine",
    "AWS_SECRET_ACCESS_KEY": "mine",
    "AWS_SESSION_TOKEN": "mine",
    "AWS_ENDPOINT_URL": NOWHERE,
    "AWS_ENDPOINT_URL_DYNAMODB": NOWHERE,
    "AWS_CA_BUNDLE": "/none/there",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_USE_DUALSTACK_ENDPOINT": "true",
    "AWS_RETRY_MODE": "none such",
    "AWS_MAX_ATTEMPTS": "not a number",
    "AWS_DATA_PATH": "/none/there",
}


def set_against_us(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Set all of them, including files of AWS settings."""
    for name in PROXIES:
        monkeypatch.setenv(name, NOWHERE)
        monkeypatch.setenv(name.upper(), NOWHERE)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    settings = folder / "home" / ".aws" / "config"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[default]\nregion = eu-west-1\nendpoint_url = {NOWHERE}\nretry_mode = none such\n")
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(settings))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(settings))
