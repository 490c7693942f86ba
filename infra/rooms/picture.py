"""The picture of the rooms in CONTRIBUTING.md, drawn from the imports: `make rooms` draws it, a test compares it.

Only arrows that no other path implies are drawn (the transitive reduction). None is drawn to the modules beside a
layer's rooms, which every room may import.
"""

from pathlib import Path

from infra.rooms.imports import MODULES, arrows, modules_in, room

DOCUMENT = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"
BEGIN, END = "<!-- rooms: drawn by `make rooms` -->", "<!-- end of rooms -->"
DRAWN = ("routes", "usecases", "domain", "contracts", "adapters")
"""The layers that have rooms, from the outside inwards."""


def picture() -> str:
    """Return the Mermaid diagram of all rooms, between its two marks in CONTRIBUTING.md."""
    lines, every = ["```mermaid", "flowchart TB"], arrows()
    for layer in DRAWN:
        rooms = sorted({place for module in MODULES if (place := room(module)).startswith(f"{layer}/")})
        known = {place: {there for here, there in every if here == place and "/" in there} for place in rooms}
        lines.append(f"  subgraph {layer}")
        lines += [f'    {_id(place)}["{place.partition("/")[2]} · {len(modules_in(place))}"]' for place in rooms]
        lines += [f"    {_id(here)} --> {_id(there)}" for here in rooms for there in sorted(_drawn(here, known))]
        lines.append("  end")
    return "\n".join([BEGIN, *lines, "```", END])


def _id(place: str) -> str:
    return place.replace("/", "_")


def _drawn(here: str, known: dict[str, set[str]]) -> set[str]:
    """Return the rooms that `here` imports and that no other room it imports leads to."""
    return {there for there in known[here] if not any(_leads(other, there, known) for other in known[here] - {there})}


def _leads(here: str, there: str, known: dict[str, set[str]]) -> bool:
    return there in known.get(here, ()) or any(_leads(each, there, known) for each in known.get(here, ()))


def drawn_into(text: str) -> str:
    """Return the document with the picture of the current imports."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + picture() + after


def main() -> None:
    """Write the picture into CONTRIBUTING.md."""
    DOCUMENT.write_text(drawn_into(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
