"""`make schemas` and its check: the files equal what the code generates, and are compared with earlier commits."""

import functools
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.contracts import __main__ as contracts
from infra.contracts.base import NoBaseError, documents_at
from infra.contracts.published import texts
from infra.engine.errors import LocalRunError


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Kiểm thử", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


MADE = functools.cache(texts)
"""Generating the documents takes a second, so it is done once."""


@pytest.fixture(autouse=True)
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contracts, "texts", MADE)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository in which the contracts are committed once."""
    contracts.write(tmp_path / "schemas")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "contracts")
    return tmp_path


def test_the_published_files_are_what_the_code_makes() -> None:
    contracts.check_drift()
    contracts.check_gateway()


def test_the_same_code_makes_the_same_text() -> None:
    assert texts() == MADE()


def test_a_changed_file_fails_the_check_and_says_how_to_mend_it(tmp_path: Path) -> None:
    contracts.write(tmp_path)
    path = tmp_path / "messages" / "parcel.ready.v1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("carrier", "courier"), encoding="utf-8")
    with pytest.raises(LocalRunError) as failure:
        contracts.check_drift(tmp_path)
    assert "run make schemas" in failure.value.en
    assert '"courier": {' in failure.value.en


def test_a_route_changed_by_hand_fails_the_check_until_it_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    assert contracts.write_gateway(file)
    file.write_text(file.read_text(encoding="utf-8").replace("portal/submit", "portal/read"), encoding="utf-8")
    with pytest.raises(LocalRunError) as failure:
        contracts.check_gateway(file)
    assert "run make schemas" in failure.value.en
    assert "+      security: [{PortalAuthorizer: [portal/submit]}]" in failure.value.en
    assert contracts.write_gateway(file)
    contracts.check_gateway(file)
    assert not contracts.write_gateway(file)


def test_writing_mends_what_the_check_found(tmp_path: Path) -> None:
    contracts.write(tmp_path)
    (tmp_path / "openapi.json").unlink()
    (tmp_path / "messages" / "dossier.burnt.v1.json").write_text("{}", encoding="utf-8")
    assert contracts.write(tmp_path) == ["messages/dossier.burnt.v1.json", "openapi.json"]
    contracts.check_drift(tmp_path)
    assert contracts.write(tmp_path) == []


def test_the_committed_contracts_are_read_from_git(repository: Path) -> None:
    (repository / "schemas" / "openapi.json").unlink()
    committed = documents_at("HEAD", repository)
    assert committed["openapi.json"] == json.loads(MADE()["openapi.json"])
    assert not [name for name in committed if name.endswith(".example.json")]


def test_a_break_against_the_committed_contracts_fails_the_check(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poorer() -> dict[str, str]:
        api: dict[str, Any] = json.loads(MADE()["openapi.json"])
        del api["paths"]["/tracking"]
        return MADE() | {"openapi.json": json.dumps(api)}

    monkeypatch.setattr(contracts, "documents_at", lambda base: documents_at(base, repository))
    contracts.check_breaking("HEAD")
    monkeypatch.setattr(contracts, "texts", poorer)
    with pytest.raises(LocalRunError, match="HEAD: POST /tracking: removed"):
        contracts.check_breaking("HEAD")


def test_without_anything_to_compare_with_the_check_says_so_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NoBaseError):
        documents_at("HEAD", tmp_path)
    monkeypatch.setattr(contracts, "documents_at", lambda base: documents_at(base, tmp_path))
    contracts.check_breaking("HEAD", "HEAD~1")
    assert capsys.readouterr().out.count("Nothing to compare with") == 2
