"""People and the portal on the embedded stack: create sign-ins, and get the tokens that the API requires."""

import secrets
import string
from collections.abc import Iterable
from contextlib import suppress

from infra.engine.this_machine import http_client
from infra.stack.stack import Stack


def new_password() -> str:
    """Return a random password that meets the pool's policy, of characters that need no escaping in a shell or JSON."""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(16)) + "-aA1"


def create_person(stack: Stack, username: str, groups: Iterable[str], password: str | None = None) -> str:
    """Create or renew a person with these `role@unit` groups, and return the password."""
    cognito, pool = stack.client("cognito-idp"), stack.outputs["UserPoolId"]
    password = password or new_password()
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(UserPoolId=pool, Username=username, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=password, Permanent=True)
    for group in groups:
        with suppress(cognito.exceptions.GroupExistsException):
            cognito.create_group(UserPoolId=pool, GroupName=group)
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName=group)
    return password


def staff_token(stack: Stack, username: str, password: str) -> str:
    """Return the ID token of a person, for the Authorization header of the staff routes."""
    answer = stack.client("cognito-idp").initiate_auth(
        ClientId=stack.outputs["StaffClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )
    return str(answer["AuthenticationResult"]["IdToken"])


def portal_secret(stack: Stack) -> str:
    """Return the portal client's secret, as the province's IT centre would hand it to the portal."""
    described = stack.client("cognito-idp").describe_user_pool_client(
        UserPoolId=stack.outputs["UserPoolId"], ClientId=stack.outputs["PortalClientId"]
    )
    return str(described["UserPoolClient"]["ClientSecret"])


def portal_token(stack: Stack, scopes: Iterable[str] = ("portal/submit", "portal/read", "portal/choose")) -> str:
    """Return the portal's access token, by client credentials."""
    form = {"grant_type": "client_credentials", "scope": " ".join(scopes)}
    login = stack.outputs["PortalClientId"], portal_secret(stack)
    with http_client(timeout=30, auth=login) as client:
        return str(client.post(stack.token_url, data=form).raise_for_status().json()["access_token"])
