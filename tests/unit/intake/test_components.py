"""The papers of a dossier are checked against what its procedure asks for: which, in which form, how many."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from infra.contracts.examples.sample_registry import PROCEDURE
from motcua.domain.dossier.acts.results import check_post_offered
from motcua.domain.dossier.components import (
    Brought,
    PaperForm,
    brought_of,
    check_complete,
    check_papers,
    due_at_return,
    to_event_data,
)
from motcua.domain.dossier.dossier import ChannelOut
from motcua.domain.errors import InvalidError, RefusedError
from motcua.domain.registry.procedure import Component

FORM, COPIES, UNKNOWN = (
    Component("Đơn theo mẫu", originals=1),
    Component("Bản sao giấy tờ pháp lý", originals=0, copies=2),
    Component("Giấy tờ khác"),
)
ASKS = replace(PROCEDURE, components=(FORM, COPIES, UNKNOWN))
ALL = (Brought(1, PaperForm.ORIGINAL), Brought(2, PaperForm.CERTIFIED_COPY, 2))


def faults(papers: Sequence[Brought], channel: str = "counter") -> list[tuple[str, str]]:
    with pytest.raises(InvalidError) as refused:
        check_papers(ASKS, papers, channel)
    return [(fault.code, fault.pointer) for fault in refused.value.faults]


def test_what_the_procedure_asks_for_is_right_and_complete() -> None:
    check_papers(ASKS, ALL, "counter")
    check_complete(ASKS, ALL)


@pytest.mark.parametrize("place", [4, 100])
def test_a_paper_that_is_not_in_the_list_is_refused(place: int) -> None:
    assert faults([*ALL, Brought(place, PaperForm.COPY)]) == [("unknown_component", "/papers/2/component")]


@pytest.mark.parametrize("form", [PaperForm.COPY, PaperForm.CERTIFIED_COPY])
def test_a_copy_does_not_stand_for_an_original(form: PaperForm) -> None:
    assert faults([Brought(1, form)]) == [("form_not_asked", "/papers/0/form")]


def test_no_original_is_taken_where_only_copies_are_asked_for() -> None:
    assert faults([Brought(2, PaperForm.ORIGINAL)]) == [("form_not_asked", "/papers/0/form")]


def test_more_than_asked_for_goes_back() -> None:
    assert faults([Brought(1, PaperForm.ORIGINAL, 2)]) == [("too_many_papers", "/papers/0/count")]


def test_a_paper_is_told_once_in_each_form() -> None:
    twice = Brought(3, PaperForm.COPY)
    assert faults([twice, twice]) == [("paper_told_twice", "/papers/1")]
    check_papers(ASKS, [twice, Brought(3, PaperForm.ORIGINAL)], "counter")


@pytest.mark.parametrize(
    ("channel", "form"),
    [("post", PaperForm.ELECTRONIC), ("online", PaperForm.ORIGINAL), ("online", PaperForm.COPY)],
)
def test_a_form_that_cannot_come_by_a_channel_is_refused(channel: str, form: PaperForm) -> None:
    assert faults([Brought(3, form)], channel) == [("form_not_by_channel", "/papers/0/form")]


def test_every_fault_is_told_at_once() -> None:
    told_wrong = [Brought(9, PaperForm.COPY), Brought(1, PaperForm.COPY), Brought(2, PaperForm.COPY, 3)]
    assert [code for code, _ in faults(told_wrong)] == ["unknown_component", "form_not_asked", "too_many_papers"]


def test_what_is_missing_is_named() -> None:
    with pytest.raises(RefusedError) as refused:
        check_complete(ASKS, [Brought(2, PaperForm.COPY)])
    (fault,) = refused.value.faults
    assert (fault.code, fault.pointer) == ("papers_missing", "/papers")
    assert fault.params["papers"] == f"{FORM.name_vi}; {COPIES.name_vi}", "one copy of two is one too few"


def test_of_a_paper_whose_number_is_not_known_nothing_is_missing() -> None:
    check_complete(replace(PROCEDURE, components=(UNKNOWN, UNKNOWN)), [])


def test_plain_and_certified_copies_count_together() -> None:
    check_complete(ASKS, [ALL[0], Brought(2, PaperForm.COPY), Brought(2, PaperForm.CERTIFIED_COPY)])


def test_an_electronic_paper_stands_for_all_of_its_component() -> None:
    electronic = [Brought(1, PaperForm.ELECTRONIC), Brought(2, PaperForm.ELECTRONIC)]
    check_papers(ASKS, electronic, "online")
    check_complete(ASKS, electronic)


def test_an_event_holds_places_forms_and_numbers_and_no_names() -> None:
    assert to_event_data(ALL) == [[1, "original", 1], [2, "certified_copy", 2]]
    assert brought_of(to_event_data(ALL)) == ALL


def test_a_procedure_that_takes_an_original_at_the_return_is_not_returned_by_post() -> None:
    taken = replace(PROCEDURE, components=(replace(FORM, original_at_return=True), COPIES))
    assert due_at_return(taken) == FORM.name_vi
    with pytest.raises(RefusedError) as refused:
        check_post_offered(taken, ChannelOut.POST)
    assert refused.value.code == "originals_due_by_post"
    assert refused.value.faults[0].params["papers"] == FORM.name_vi
    check_post_offered(taken, ChannelOut.COUNTER)
    check_post_offered(ASKS, ChannelOut.POST)
