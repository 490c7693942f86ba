"""The papers of a dossier (thành phần hồ sơ): what was brought, checked against what the procedure asks for.

Where a procedure's list states no numbers for a paper, they are not known, and nothing of it is missing. Where the list
states how many originals but says nothing of copies, or the other way round, none of the latter are asked for.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from motcua.domain.errors import Fault, InvalidError, RefusedError
from motcua.domain.record import dataclass
from motcua.domain.registry.procedure import Component, Procedure


class PaperForm(StrEnum):
    """The form in which a paper is brought."""

    ORIGINAL = "original"
    CERTIFIED_COPY = "certified_copy"
    COPY = "copy"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Brought:
    """One paper that was brought: its place in the procedure's list (from 1), its form, and how many of it."""

    component: int
    form: PaperForm
    count: int = 1


FORMS_BY_CHANNEL = {
    "counter": tuple(PaperForm),
    "post": (PaperForm.ORIGINAL, PaperForm.CERTIFIED_COPY, PaperForm.COPY),
    "online": (PaperForm.ELECTRONIC,),
}
"""The forms that can come by each channel: no paper comes online, and nothing electronic by post."""


def check_papers(procedure: Procedure, papers: Sequence[Brought], channel: str, pointer: str = "/papers") -> None:
    """Raise InvalidError, with a fault for each field, when `procedure` does not ask for the papers.

    A paper is at fault when it is not on the procedure's list, cannot come in its form, is more than asked for, or is
    named twice.
    """
    seen: set[tuple[int, PaperForm]] = set()
    faults = []
    for place, paper in enumerate(papers):
        at = f"{pointer}/{place}"
        if (paper.component, paper.form) in seen:
            faults.append(Fault("paper_told_twice", at))
        seen.add((paper.component, paper.form))
        if not 1 <= paper.component <= len(procedure.components):
            known = {"procedure": procedure.code, "count": str(len(procedure.components))}
            faults.append(Fault("unknown_component", f"{at}/component", known))
        else:
            faults += _faults_of(procedure.components[paper.component - 1], paper, channel, at)
    if faults:
        raise InvalidError.of(faults)


def check_complete(procedure: Procedure, papers: Sequence[Brought], pointer: str = "/papers") -> None:
    """Raise RefusedError, naming them, while papers of known number are missing.

    One electronic paper stands for all.
    """
    if absent := [each.name_vi for each in missing(procedure, papers)]:
        raise RefusedError("papers_missing", pointer, procedure=procedure.code, papers="; ".join(absent))


def missing(procedure: Procedure, papers: Sequence[Brought]) -> Iterator[Component]:
    """Yield the components of which there are fewer papers than asked for."""
    for place, component in enumerate(procedure.components, 1):
        of_it = [paper for paper in papers if paper.component == place]
        if any(paper.form is PaperForm.ELECTRONIC for paper in of_it):
            continue
        originals = sum(paper.count for paper in of_it if paper.form is PaperForm.ORIGINAL)
        copies = sum(paper.count for paper in of_it) - originals
        if originals < (component.originals or 0) or copies < (component.copies or 0):
            yield component


def due_at_return(procedure: Procedure) -> str:
    """Return a text with the papers whose originals are due when the result is returned; empty without any."""
    return "; ".join(each.name_vi for each in procedure.components if each.original_at_return)


def brought_of(data: object) -> tuple[Brought, ...]:
    """Return the papers from an event's data, where each stands as [place, form, count]."""
    rows = data if isinstance(data, list | tuple) else ()
    return tuple(Brought(int(str(row[0])), PaperForm(str(row[1])), int(str(row[2]))) for row in rows)


def to_event_data(papers: Sequence[Brought]) -> list[list[object]]:
    """Return the papers as an event holds them: places, forms and numbers, and nothing that is written on them."""
    return [[paper.component, paper.form.value, paper.count] for paper in papers]


def _faults_of(component: Component, paper: Brought, channel: str, at: str) -> Iterator[Fault]:
    forms = FORMS_BY_CHANNEL[channel]
    if paper.form not in forms:
        yield Fault("form_not_by_channel", f"{at}/form", {"channel": channel, "expected": ", ".join(forms)})
        return
    counted = component.originals is not None or component.copies is not None
    if paper.form is PaperForm.ELECTRONIC or not counted:
        return
    original = paper.form is PaperForm.ORIGINAL
    asked = (component.originals if original else component.copies) or 0
    wanted = {
        "paper": component.name_vi,
        "originals": str(component.originals or 0),
        "copies": str(component.copies or 0),
    }
    if asked == 0:
        yield Fault("form_not_asked", f"{at}/form", wanted)
    elif paper.count > asked:
        yield Fault("too_many_papers", f"{at}/count", wanted)
