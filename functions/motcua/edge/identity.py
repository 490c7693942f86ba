"""The caller, read from the claims that the gateway's authorizer has verified. Nothing of it is taken from the request."""

from collections.abc import Mapping
from typing import Any

from motcua.domain.access.principal import Principal, rights_of
from motcua.domain.errors import ForbiddenError, InvalidError
from motcua.domain.identity_numbers import is_identity_number, is_tax_code

CITIZEN_HEADER = "x-motcua-citizen"


def staff(event: Mapping[str, Any]) -> Principal:
    """Return the signed-in member of staff. Only an ID token will do: the gateway lets the portal's access token pass."""
    claims = _claims(event)
    if claims.get("token_use") != "id" or not claims.get("sub"):
        raise ForbiddenError("staff_only")
    return Principal(claims["sub"], rights_of(_groups(claims.get("cognito:groups", ""))))


def portal_citizen(event: Mapping[str, Any], scope: str, headers: Mapping[str, str]) -> tuple[str, str]:
    """Return the portal's client id, and the citizen for whom it vouches (identity number or tax code)."""
    claims = _claims(event)
    if claims.get("token_use") != "access" or scope not in str(claims.get("scope", "")).split():
        raise ForbiddenError("portal_only", scope=scope)
    citizen = headers.get(CITIZEN_HEADER, "").strip()
    if not (is_identity_number(citizen) or is_tax_code(citizen)):
        raise InvalidError("citizen_needed")
    return str(claims.get("client_id") or claims.get("sub")), citizen


def _claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    authorizer = (event.get("requestContext") or {}).get("authorizer") or {}
    claims = authorizer.get("claims") or {}
    return claims if isinstance(claims, Mapping) else {}


def _groups(claim: object) -> list[str]:
    """Return the group names in the claim: a list, `[a b]` on the embedded engine, `a,b` on AWS."""
    if isinstance(claim, list):
        return [str(each) for each in claim]
    return str(claim).strip("[]").replace(",", " ").split()
