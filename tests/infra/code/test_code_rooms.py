"""Rooms: small folders, one theme each, that know each other in one direction only; drawn as they are in CONTRIBUTING.md."""

from collections import Counter

from infra.rooms.imports import MODULES, arrows, room
from infra.rooms.picture import DOCUMENT, drawn_into

LARGEST = 15
"""Modules in one folder of `functions/`."""

KNOWS: dict[str, set[str]] = {
    "adapters/dossier": {"adapters/dynamodb", "adapters/jobs", "adapters/outbox", "adapters/secrets"},
    "adapters/jobs": {"adapters/dynamodb", "adapters/outbox"},
    "adapters/outbox": {"adapters/dynamodb"},
    "adapters/post": {"adapters/dossier", "adapters/dynamodb", "adapters/outbox"},
    "adapters/registry": {"adapters/dynamodb", "adapters/jobs"},
    "adapters/reports": {"adapters/dynamodb"},
    "adapters/secrets": {"adapters/dynamodb"},
    "contracts/processing": {"contracts/registry"},
    "contracts/reading": {"contracts/dossier"},
    "contracts/results": {"contracts/dossier"},
    "contracts/review": {"contracts/registry"},
    "domain/deadline": {"domain/registry", "domain/rules"},
    "domain/dossier": {"domain/deadline", "domain/dossier/moves", "domain/registry"},
    "domain/dossier/acts": {
        "domain/deadline",
        "domain/dossier",
        "domain/dossier/moves",
        "domain/post",
        "domain/registry",
        "domain/rules",
    },
    "domain/jobs": {"domain/access", "domain/dossier"},
    "domain/reading": {"domain/dossier", "domain/dossier/moves", "domain/post"},
    "domain/reports": {"domain/deadline", "domain/registry", "domain/rules"},
    "domain/review": {"domain/access", "domain/registry", "domain/rules"},
    "domain/rules": {"domain/registry"},
    "domain/search": {"domain/dossier", "domain/registry"},
    "routes/deadline": {"routes/registry"},
    "routes/rules": {"routes/registry"},
    "usecases": {"usecases/access"},
    "usecases/deadline": {"usecases/registry"},
    "usecases/intake": {"usecases/access", "usecases/deadline", "usecases/processing", "usecases/registry"},
    "usecases/jobs": {
        "usecases/access",
        "usecases/deadline",
        "usecases/processing",
        "usecases/registry",
        "usecases/results",
    },
    "usecases/processing": {"usecases/access", "usecases/deadline", "usecases/registry", "usecases/results"},
    "usecases/reading": {"usecases/access", "usecases/deadline", "usecases/registry"},
    "usecases/results": {"usecases/access", "usecases/reading", "usecases/registry"},
}
"""Inside a layer, which other rooms a room may know, beside what the layer keeps outside its rooms."""


def test_a_room_knows_only_the_rooms_that_it_may_know() -> None:
    offending = [
        f"{module} imports {known}"
        for (here, there), found in arrows().items()
        if "/" in there and there not in KNOWS.get(here, set())
        for module, known in found
    ]
    assert offending == []


def test_an_arrow_that_nothing_uses_is_taken_out_of_the_table() -> None:
    used = {(here, there) for here, there in arrows() if "/" in there}
    assert {(here, there) for here, all_known in KNOWS.items() for there in all_known} - used == set()


def test_no_two_rooms_know_each_other_by_any_way() -> None:
    graph: dict[str, set[str]] = {}
    for here, there in arrows():
        graph.setdefault(here, set()).add(there)
    left = dict(graph)
    while left:  # take away rooms that know none of those left; what remains stands in a circle
        free = {here for here, known in left.items() if not known & set(left)}
        assert free, f"these rooms know each other in a circle: {sorted(left)}"
        left = {here: known for here, known in left.items() if here not in free}


def test_a_folder_is_seen_at_a_glance() -> None:
    count = Counter(path.parent for path in MODULES.values() if path.name != "__init__.py")
    assert {f"{folder.name}: {number}" for folder, number in count.items() if number > LARGEST} == set()


def test_every_room_says_what_it_is_for() -> None:
    """A folder without a docstring of its own is a corridor."""
    folders = {room(module) for module in MODULES} - {""}
    said = {room(module) for module, path in MODULES.items() if path.name == "__init__.py"}
    assert folders - said == set()


def test_the_picture_in_contributing_is_drawn_from_the_imports() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == drawn_into(text), "draw it anew: make rooms"
