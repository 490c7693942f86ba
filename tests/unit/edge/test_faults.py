"""Whatever a caller sends, each fault has a pointer and a code with texts in two languages, and repeats no input."""

import json
import pkgutil
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

import motcua.contracts
from motcua.contracts.faults import faults_of
from motcua.contracts.fields import NoBody
from motcua.contracts.intake.receive_dossier import ReceiveDossierRequest
from motcua.contracts.model import Inward
from motcua.contracts.results.choose_by_link import LinkChoiceRequest
from motcua.domain.errors import Fault, InvalidError
from motcua.edge.duplicate_fields import duplicates_in
from motcua.edge.request import BODY_LIMIT, Request
from motcua.problems import PROBLEMS, words
from tests.kit.examples import examples

MODULES = [import_module(each.name) for each in pkgutil.walk_packages(motcua.contracts.__path__, "motcua.contracts.")]
MODELS = [
    each
    for module in MODULES
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Inward) and each.__module__ == module.__name__ and each is not Inward
]
OWNER = {"name": "Nguyễn Văn Mẫu", "number": "030099000001", "phone": "0912345678", "address": "Số 1, phố Mẫu"}
BODY: dict[str, object] = {
    "one_stop_id": "mc-tinh", "procedure_code": "2.001610", "channel_in": "counter", "owner": OWNER,
}  # fmt: skip


def read(body: bytes, model: type[BaseModel] = ReceiveDossierRequest, **headers: str) -> InvalidError | None:
    event = {"headers": {"content-type": "application/json"} | headers, "body": body.decode("latin-1")}
    request = Request(event)
    request.__dict__["raw_body"] = body  # byte for byte, as the gateway's base64 brings it
    try:
        request.read(model)
    except InvalidError as error:
        return error
    return None


def faults(**change: object) -> list[tuple[str, str]]:
    """Return the faults of a request that is right except for `change`. None leaves a field out."""
    body = {name: value for name, value in (BODY | change).items() if value is not None}
    error = read(json.dumps(body).encode())
    return [(fault.pointer, fault.code) for fault in error.faults] if error else []


def person(**change: object) -> dict[str, object]:
    return {name: value for name, value in (OWNER | change).items() if value is not None}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"one_stop_id": None}, [("/one_stop_id", "missing")]),
        ({"one_stop": "mc-tinh"}, [("/one_stop", "unknown_field")]),
        ({"a/b~c": 1}, [("/a~1b~0c", "unknown_field")]),
        ({"one_stop_id": "MC tỉnh"}, [("/one_stop_id", "malformed")]),
        ({"one_stop_id": 7}, [("/one_stop_id", "wrong_type")]),
        ({"channel_in": "online"}, [("/channel_in", "not_allowed")]),
        ({"channel_out": "pigeon"}, [("/channel_out", "not_allowed")]),
        ({"owner": "Nguyễn Văn Mẫu"}, [("/owner", "wrong_type")]),
        ({"owner": person(name="")}, [("/owner/name", "too_short")]),
        ({"owner": person(name="x" * 201)}, [("/owner/name", "too_long")]),
        ({"owner": person(number="123456789012345")}, [("/owner/number", "too_long")]),
        ({"owner": person(number="0300990000")}, [("/owner/number", "malformed_identity_number")]),
        ({"owner": person(kind="business")}, [("/owner/number", "malformed_tax_code")]),
        ({"owner": person(kind="ghost")}, [("/owner/kind", "not_allowed")]),
        ({"owner": person(phone="0212345678")}, [("/owner/phone", "malformed_phone")]),
        ({"owner": person(email="mau")}, [("/owner/email", "malformed")]),
        ({"owner": person(name=None)}, [("/owner/name", "missing")]),
        ({"owner": person(address=None), "channel_out": "post"}, [("/owner/address", "needed_for_post")]),
        ({"recipient": person(phone=None), "channel_out": "post"}, [("/recipient/phone", "needed_for_post")]),
        (
            {"one_stop_id": None, "channel_in": None, "extra": 1, "owner": person(phone="x")},
            [("/owner/phone", "malformed_phone"), ("/one_stop_id", "missing"), ("/channel_in", "missing"),
             ("/extra", "unknown_field")],
        ),
    ],
)  # fmt: skip
def test_every_fault_points_at_its_field_and_all_are_told_at_once(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert sorted(faults(**change)) == sorted(expected)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "malformed_json"),
        (b"not json", "malformed_json"),
        (b'{"owner": "\\ud800"}', "malformed_json"),
        (b"\xff\xfe{}", "not_utf8"),
        ('{"owner": "Nguyễn"}'.encode("utf-16"), "not_utf8"),
        (b"[" * 5000 + b"]" * 5000, "nested_too_deep"),
        (b'{"owner":' * 5000, "nested_too_deep"),
        (b"[]", "wrong_type"),
        (b"null", "wrong_type"),
        (b'"text"', "wrong_type"),
    ],
)
def test_a_body_that_is_no_object_is_one_fault_without_a_pointer(body: bytes, code: str) -> None:
    error = read(body)
    assert error is not None
    assert [(fault.pointer, fault.code) for fault in error.faults] == [("", code)]
    assert error.code == code


def test_an_empty_body_is_an_empty_object() -> None:
    assert read(b"", NoBody) is None
    assert read(b"{}", NoBody) is None


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_another_content_type_is_refused(content_type: str) -> None:
    error = read(b"{}", NoBody, **{"content-type": content_type})
    assert error is not None
    assert error.code == "not_json"


def test_a_body_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(InvalidError, match="too_large"):
        _ = Request({"body": "x" * (BODY_LIMIT + 1)}).raw_body


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MARK = "kín-đáo-7391"


@examples(150)
@given(model=st.sampled_from(MODELS), data=st.data())
def test_any_json_in_any_field_has_words_for_every_fault_and_quotes_nothing(
    model: type[BaseModel], data: st.DataObject
) -> None:
    names = data.draw(st.lists(st.sampled_from([*model.model_fields, "unheard_of"]), unique=True))
    fields = {
        name: data.draw(JSON | st.fixed_dictionaries({"name": JSON, "number": JSON, "phone": JSON})) for name in names
    }
    fields |= {name: MARK for name in names[:1] if isinstance(fields[name], str)}
    error = read(json.dumps(fields).encode(), model)
    for fault in error.faults if error else ():
        assert fault.code in PROBLEMS
        said = "".join(words(fault))
        assert said
        assert MARK not in said


def test_a_kind_of_error_that_nobody_foresaw_is_still_a_wrong_type() -> None:
    class Odd(BaseModel):
        when: float

    with pytest.raises(ValueError) as odd:  # noqa: PT011 - pydantic's own
        Odd.model_validate({"when": "soon"})
    assert faults_of(odd.value) == [Fault("wrong_type", "/when", {"expected": "float"})]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [".", "ㅤ", "\u115f\u1160", "ﾠ", "- -", "1234", "’", "⠀"])
def test_a_name_without_a_letter_is_nobodys(name: str) -> None:
    assert faults(owner=person(name=name)) == [("/owner/name", "name_without_letter")]
    assert faults(recipient=person(name=name)) == [("/recipient/name", "name_without_letter")]


@pytest.mark.parametrize("name", ["Ế", "Y Mẫu", "K’Mẫu", "Công ty 36", "毛", "김 마우"])
def test_a_name_is_written_in_any_script(name: str) -> None:
    assert faults(owner=person(name=name)) == []


def test_a_link_names_a_person_as_a_receipt_does() -> None:
    body = {"token": "x" * 60, "channel_out": "post", "recipient": person(name="ㅤ", number=None)}
    refused = read(json.dumps(body).encode(), LinkChoiceRequest)
    assert refused is not None
    assert ("/recipient/name", "name_without_letter") in [(fault.pointer, fault.code) for fault in refused.faults]


@pytest.mark.parametrize(
    ("more", "pointers"),
    [
        ('"channel_in": "post"', ["/channel_in"]),
        ('"channel_in": "counter"', ["/channel_in"]),
        (r'"ch\u0061nnel_in": "post"', ["/channel_in"]),
        (
            '"recipient": {"name": "Ế", "name": "Y", "number": "1", "number": "1"}',
            ["/recipient/name", "/recipient/number"],
        ),
        ('"papers": [{}, {"form": "copy", "form": "copy"}]', ["/papers/1/form"]),
        ('"owner": {"a": 1, "a": 2}, "owner": {"a": 1}', ["/owner"]),
    ],
)
def test_a_field_that_stands_twice_is_refused_and_pointed_at(more: str, pointers: list[str]) -> None:
    """This holds even with the same value twice, because it is unclear which one was meant."""
    refused = read(f"{json.dumps(BODY)[:-1]}, {more}}}".encode())
    assert refused is not None
    assert refused.code == "invalid_fields"
    assert [fault.pointer for fault in refused.faults if fault.code == "duplicate_field"] == pointers


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 20000, b"[" * 900 + b"]" * 900, b"[]", b"7", b'{"a": [{"a": {"a": 1}}]}']
)
def test_where_nothing_stands_twice_nothing_is_refused_for_it(body: bytes) -> None:
    assert duplicates_in(body) == []


@examples(100)
@given(
    st.recursive(
        st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    )
)
def test_no_sound_json_has_a_field_twice(content: object) -> None:
    assert duplicates_in(json.dumps(content).encode()) == []
