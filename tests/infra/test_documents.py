"""The documents are correct: their commands exist, their links work, and they name no machine and no stub."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "data/README.md", "schemas/README.md")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _verbs() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", _text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_verb_that_a_document_names_exists(document: str) -> None:
    named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z]+)", _text(document)))
    named |= set(re.findall(r"^\$ make ([a-z]+)", _text(document), re.MULTILINE))
    assert named <= _verbs()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", _text(document)):
        if not target.startswith("http"):
            assert ((ROOT / document).parent / target).exists(), target


def test_the_readmes_first_screen_shows_the_two_commands_and_what_they_print() -> None:
    first_screen = _text("README.md")[:2500]
    assert re.findall(r"^\$ (make [a-z]+)", first_screen, re.MULTILINE) == ["make demo", "make test"]
    assert "Tự kiểm tra đạt · The self-check holds." in first_screen
    assert re.search(r"^[0-9]+ passed, 0 failed$", first_screen, re.MULTILINE)


def test_make_help_lists_every_verb() -> None:
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("  make ")]
    assert sorted(listed) == sorted(_verbs())


def test_contributing_names_the_folders_that_are_there() -> None:
    listed = re.findall(r"^    (?:  )?([a-z_]+(?:/[a-z_]+)*)/ ", _text("CONTRIBUTING.md"), re.MULTILINE)
    for folder in listed:
        assert (ROOT / folder).is_dir() or (ROOT / "functions/motcua" / folder).is_dir(), folder
