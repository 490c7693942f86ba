"""Clients of what runs on this machine. Each goes straight there: through no proxy, and by no AWS setting of the person's.

A proxy in the environment would send calls for 127.0.0.1 elsewhere; AWS_PROFILE, AWS_ENDPOINT_URL or ~/.aws/config would
change or break clients that get all they need here. Whoever talks to the embedded run gets the client from here; commands
for a stack on AWS (deployed.py) read all of these, as they should.
"""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx


def http_client(**options: Any) -> "httpx.Client":
    """An HTTP client; `options` as of httpx."""
    import httpx

    return httpx.Client(**options, trust_env=False)


def async_http_client(**options: Any) -> "httpx.AsyncClient":
    """The same for a program that runs on an event loop."""
    import httpx

    return httpx.AsyncClient(**options, trust_env=False)


def aws_client(service: str, endpoint: str, region: str, access_key: str, secret_key: str, **settings: Any) -> Any:
    """A boto3 client of the embedded AWS with these keys; `settings` as of botocore's Config."""
    import boto3
    from botocore.config import Config

    session: Any = boto3.Session(access_key, secret_key, region_name=region, botocore_session=_blank_session())
    # An empty table of proxies: without one botocore asks the environment.
    return session.client(service, endpoint_url=endpoint, config=Config(proxies={}, **settings))


def _blank_session() -> Any:
    """botocore's session with its defaults alone: it looks into no variable of the environment and into no file."""
    from botocore.session import Session

    settings = Session.SESSION_VARIABLES.items()
    blank = {name: (in_file, None, default, convert) for name, (in_file, _, default, convert) in settings}
    blank |= dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    return Session(session_vars=blank)
