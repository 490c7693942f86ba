"""Settings that the template puts into a function's environment. A missing one stops the function at once, by name."""

import os


class SettingMissingError(RuntimeError):
    """The template does not set a variable that this function needs."""


def setting(name: str) -> str:
    """Return the value of an environment variable. Raises SettingMissingError when it is missing or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise SettingMissingError(f"environment variable {name} is not set: see Environment in template.yaml")
    return value


def is_local() -> bool:
    """Return whether this is the embedded run, the only one where callers may set domain time."""
    return os.environ.get("STAGE") == "local"


def starts_ahead() -> bool:
    """Return whether Lambda starts this process before a request waits for it (SnapStart, provisioned concurrency)."""
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand") != "on-demand"
