"""The dossiers behind a figure, page by page, for the agency's own people and the controller."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.kit.api_lives import act, resolved
from tests.kit.moto_cloud import CLERK, Cloud, Reply

PATH = "/reports/targets/2020-04/agencies/skhdt/facts"


@pytest.fixture
def returned(cloud: Cloud, owner: dict[str, str]) -> set[str]:
    """Five dossiers whose results were returned, and counted."""
    dossiers = {resolved(cloud, owner) for _ in range(5)}
    for dossier_id in dossiers:
        act(cloud, dossier_id, "return", 4, CLERK, {"channel": "counter"})
        cloud.deliver("update_figures", *cloud.owed("figures", dossier_id))
    return dossiers


def _facts(cloud: Cloud, **query: str) -> Reply:
    return cloud.call("report_api", "GET", PATH, groups="head@skhdt", query=query)


def test_the_pages_hold_every_dossier_once(cloud: Cloud, returned: set[str]) -> None:
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = _facts(cloud, **query)
        seen += [fact["dossier_id"] for fact in page.body["facts"]]
        if "link" not in page.headers:
            break
        link = urlsplit(page.headers["link"].partition(">")[0][1:])
        assert link.path == PATH
        query = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert page.body["next_cursor"] is None
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == returned


@pytest.mark.parametrize("kind", ["received", "became_ready"])
def test_a_cursor_opens_no_other_figure(cloud: Cloud, returned: set[str], kind: str) -> None:
    assert returned
    cursor = _facts(cloud, limit="2").body["next_cursor"]
    answer = _facts(cloud, cursor=cursor, kind=kind)
    assert (answer.status, answer.body["type"]) == (400, "urn:motcua:problem:malformed-cursor")
