"""What the public routes of the registry share: names shown with ids, tags, and checked query parameters."""

from motcua import bootstrap
from motcua.domain.errors import InvalidError
from motcua.domain.registry.directory import Directory
from motcua.domain.registry.entry import Entry
from motcua.domain.registry.unit import Unit
from motcua.edge.request import Request
from motcua.routes.query import asked_day, asked_text


def directory_on(request: Request) -> Directory:
    """Return all units as they stand on the day that is asked for."""
    return Directory.of(bootstrap.registry().units(), asked_day(request))


def etag_of(entry: Entry[object] | None) -> dict[str, str]:
    """Return the ETag that a person who may change the entry sends in If-Match."""
    return {"ETag": f'"{entry.version}"'} if entry else {}


def named_unit(request: Request, name: str, directory: Directory) -> Unit | None:
    """Return the unit that a parameter names, valid or not."""
    sent = asked_text(request, name)
    if sent and sent not in directory.units:
        raise InvalidError("unknown_unit", f"/{name}", unit=sent)
    return directory.units[sent] if sent else None


def name_query(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    """Return the filters of a list, for its next page."""
    return {name: sent for name in names if name not in ("limit", "cursor") and (sent := request.query.get(name))}
