"""Cursors: only our own are accepted, and each opens only its own list."""

import base64
import json
from typing import Any

import pytest

from motcua.adapters.dynamodb.cursor import LONGEST, SHORTEST_SECRET, Cursors
from motcua.domain.errors import InvalidError

OF = "inbox mc-tinh 2 "
AT = ("2020-04-23T01:00:00+00:00#0123456789ABCDEF", "và \n chữ có dấu")


class Secrets:
    """A readable secret, with a count of its reads."""

    def __init__(self, key: str = "k" * SHORTEST_SECRET) -> None:
        self.key, self.read = key, 0

    def get_secret_value(self, SecretId: str) -> dict[str, Any]:  # noqa: N803 - as AWS calls it
        assert SecretId == "arn"
        self.read += 1
        return {"SecretString": json.dumps({"key": self.key})}


def cursors(key: str = "k" * SHORTEST_SECRET) -> Cursors:
    return Cursors(Secrets(key), "arn")


def test_a_cursor_opens_the_list_that_gave_it_also_in_another_process() -> None:
    assert cursors().opened(cursors().cursor(OF, *AT), OF) == list(AT)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(cursors().cursor("inbox skhdt 2 ", *AT), id="another list's"),
        pytest.param(cursors().cursor("", *AT), id="no list's"),
        pytest.param(cursors("x" * SHORTEST_SECRET).cursor(OF, *AT), id="signed with another key"),
        pytest.param(cursors().cursor(OF, *AT)[:-1], id="cut"),
        pytest.param(cursors().cursor(OF, *AT) + "A", id="longer"),
        pytest.param("A" + cursors().cursor(OF, *AT), id="another place, the same signature"),
        pytest.param(cursors().cursor(OF, *AT).partition(".")[0], id="no signature"),
        pytest.param(cursors().cursor(OF, *AT).partition(".")[0] + ".", id="an empty signature"),
        pytest.param("." + cursors().cursor(OF, *AT).partition(".")[2], id="no place"),
        pytest.param(
            base64.urlsafe_b64encode(json.dumps({"of": "x", "at": ["a"]}).encode()).decode(), id="as they were"
        ),
        pytest.param(base64.urlsafe_b64encode(b"[" * 6000).decode() + ".x", id="nested without end"),
        pytest.param("x" * LONGEST + ".x", id="long"),
        pytest.param("ô.ô", id="not ASCII"),
        pytest.param("\ud800.x", id="half of a pair"),
        pytest.param(".", id="a dot"),
    ],
)
def test_any_other_text_opens_nothing(sent: str) -> None:
    with pytest.raises(InvalidError, match="malformed_cursor") as refused:
        cursors().opened(sent, OF)
    assert refused.value.faults[0].pointer == "/cursor"


def test_a_list_and_a_place_do_not_pass_for_others() -> None:
    content, _, signature = cursors().cursor("a\nb", "c").partition(".")
    with pytest.raises(InvalidError):
        cursors().opened(f"{content}\na.{signature}", "b")


def test_the_secret_is_read_once_and_only_when_a_list_goes_on() -> None:
    secrets = Secrets()
    known = Cursors(secrets, "arn")
    with pytest.raises(InvalidError):
        known.opened("no cursor", OF)
    assert secrets.read == 0, "what has no signature needs no key"
    known.opened(known.cursor(OF, "a"), OF)
    known.cursor(OF, "b")
    assert secrets.read == 1


def test_a_key_that_can_be_guessed_signs_nothing() -> None:
    with pytest.raises(ValueError, match="too short"):
        cursors("k" * (SHORTEST_SECRET - 1)).cursor(OF, "a")
