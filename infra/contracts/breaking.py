"""Find what a change of the contracts breaks: callers if requests get narrower, readers if answers lose parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

METHODS = ("get", "put", "post", "patch", "delete")
_LOWERED = ("maxLength", "maximum", "maxItems")
_RAISED = ("minLength", "minimum", "minItems")

WIDENED = {("^[0-9A-Za-z.]{1,30}$", "^[0-9A-Za-z._-]{1,40}$")}
"""Patterns before and after, where every text that matches the first also matches the second."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document, which resolves its own `$ref`s."""

    root: Schema

    def resolve(self, node: Schema) -> Schema:
        while "$ref" in node:
            found: Any = self.root
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node

    def variants(self, node: Schema) -> list[Schema]:
        """Return the alternatives that a schema allows, each without `$ref`, `anyOf` and `allOf`."""
        node = self.resolve(node)
        if several := node.get("anyOf") or node.get("oneOf"):
            return [variant for each in several for variant in self.variants(each)]
        whole = dict(node)
        for part in whole.pop("allOf", ()):
            for extra in self.variants(part):
                whole = {**whole, **extra, "properties": {**whole.get("properties", {}), **extra.get("properties", {})}}
        return [whole]


def breaks(name: str, old: Any, new: Any) -> Iterator[str]:
    """Yield every break between two versions of the document `name`. `new` is None when the document is gone."""
    if new is None:
        yield f"{name}: removed"
    elif name == "openapi.json":
        if _major(old) == _major(new):
            yield from _api(Side(old), Side(new))
    else:
        yield from _schema(Side(old), old, Side(new), new, name, inward=name.startswith("webhooks/"))


def _major(document: Any) -> str:
    return str(document["info"]["version"]).partition(".")[0]


def _api(old: Side, new: Side) -> Iterator[str]:
    for path, item in old.root["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            where = f"{method.upper()} {path}"
            if method in new.root["paths"].get(path, {}):
                yield from _operation(old, item[method], new, new.root["paths"][path][method], where)
            else:
                yield f"{where}: removed"


def _operation(old: Side, before: Any, new: Side, after: Any, where: str) -> Iterator[str]:
    if before["operationId"] != after["operationId"]:
        yield f"{where}: operationId {before['operationId']} is now {after['operationId']}"
    known = {(each["in"], each["name"]): each for each in map(old.resolve, before["parameters"])}
    for parameter in map(new.resolve, after["parameters"]):
        spot = f"{where} {parameter['in']} {parameter['name']}"
        earlier = known.get((parameter["in"], parameter["name"]))
        if parameter["required"] and not (earlier and earlier["required"]):
            yield f"{spot}: now required"
        if earlier:
            yield from _schema(old, earlier["schema"], new, parameter["schema"], spot, inward=True)
    if "requestBody" in after:
        if after["requestBody"]["required"] and not before.get("requestBody", {}).get("required"):
            yield f"{where} request: now required"
        if "requestBody" in before:
            bodies = (_content(before["requestBody"]), _content(after["requestBody"]))
            yield from _schema(old, bodies[0], new, bodies[1], f"{where} request", inward=True)
    for status, response in before["responses"].items():
        spot = f"{where} {status}"
        if status not in after["responses"]:
            yield f"{spot}: removed"
            continue
        earlier, later = old.resolve(response), new.resolve(after["responses"][status])
        yield from (f"{spot} header {name}: removed" for name in earlier["headers"] if name not in later["headers"])
        yield from _schema(old, _content(earlier), new, _content(later), spot, inward=False)


def _content(holder: Any) -> Any:
    (content,) = holder["content"].values()
    return content["schema"]


def _schema(old: Side, before: Any, new: Side, after: Any, where: str, *, inward: bool) -> Iterator[str]:
    """Yield the breaks of one schema. With `inward` it is what callers send, otherwise what readers get."""
    earlier, later = old.variants(before), new.variants(after)
    yield from _kinds(_types(earlier), _types(later), where, inward=inward)
    gone = (_values(earlier) or set()) - (_values(later) or _values(earlier) or set())
    if gone or (inward and _values(later) and not _values(earlier)):
        yield f"{where}: values no longer allowed: {', '.join(sorted(map(str, gone))) or 'all but a list'}"
    for first in earlier:
        counterparts = _counterparts(first, earlier, later)
        if inward and not counterparts and "title" in first:
            yield f"{where}: {first['title']} is no longer taken"
        for second in counterparts:
            if inward:
                yield from _limits(first, second, where)
            if "items" in first and "items" in second:
                yield from _schema(old, first["items"], new, second["items"], f"{where}/-", inward=inward)
            yield from _object(old, first, new, second, where, inward=inward)


def _counterparts(variant: Schema, earlier: list[Schema], later: list[Schema]) -> list[Schema]:
    """Return the later variants of the same type and, when there are several records, of the same title."""
    alike = [each for each in later if each.get("type") == variant.get("type")]
    several = len([each for each in earlier if each.get("type") == "object"]) > 1
    if variant.get("type") == "object" and several:
        return [each for each in alike if each.get("title") == variant.get("title")]
    return [variant] if variant.get("type") not in ("object", "array") and variant in alike else alike


def _object(old: Side, before: Schema, new: Side, after: Schema, where: str, *, inward: bool) -> Iterator[str]:
    fields, now = before.get("properties", {}), after.get("properties", {})
    must_before, must_now = set(before.get("required", ())), set(after.get("required", ()))
    changed = must_now - must_before if inward else (must_before - must_now) & set(now)
    word = "now required" if inward else "may be missing now"
    yield from (f"{where}/{name}: {word}" for name in sorted(changed))
    for name, schema in fields.items():
        if name in now:
            yield from _schema(old, schema, new, now[name], f"{where}/{name}", inward=inward)
        else:
            yield f"{where}/{name}: removed"


def _kinds(before: set[str], now: set[str], where: str, *, inward: bool) -> Iterator[str]:
    if inward and (lost := before - now):
        yield f"{where}: type no longer taken: {', '.join(sorted(lost))}"
    if not inward and (gained := now - before):
        yield f"{where}: may now be {', '.join(sorted(gained))}"


def _types(variants: list[Schema]) -> set[str]:
    return {str(variant["type"]) for variant in variants if "type" in variant}


def _values(variants: list[Schema]) -> set[Any] | None:
    """Return the closed list of values, or None when any value is allowed."""
    lists = [
        each.get("enum", [each["const"]] if "const" in each else None)
        for each in variants
        if each.get("type") != "null"
    ]
    return None if not lists or None in lists else {value for values in lists for value in values}


def _limits(before: Schema, after: Schema, where: str) -> Iterator[str]:
    for name in _LOWERED:
        if name in after and after[name] < before.get(name, after[name] + 1):
            yield f"{where}: {name} is now {after[name]}"
    for name in _RAISED:
        if name in after and after[name] > before.get(name, after[name] - 1):
            yield f"{where}: {name} is now {after[name]}"
    patterns = before.get("pattern"), after.get("pattern")
    if patterns[1] not in (None, patterns[0]) and patterns not in WIDENED:
        yield f"{where}: pattern is now {after['pattern']}"
