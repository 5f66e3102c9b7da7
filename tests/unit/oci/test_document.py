import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.document import (
    InvalidDocument,
    Json,
    as_object,
    decode,
    flag,
    items,
    keys,
    member,
    optional_integer,
    optional_text,
    text,
    text_map,
    texts,
)

# Text without lone surrogates, which decode to U+FFFD.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


@given(documents)
def test_json_decodes_to_what_it_says(document: Json) -> None:
    assert decode(json.dumps(document).encode(), "manifest") == document


nearly_json = st.text('{}[]",:0123456789eE.+-\\unrltfas \ud800', max_size=80)


@given(st.binary(max_size=200) | nearly_json.map(lambda written: written.encode("utf-8", "surrogatepass")))
def test_any_bytes_decode_or_are_an_invalid_document(data: bytes) -> None:
    try:
        decoded = decode(data, "manifest")
    except InvalidDocument as error:
        decoded = error.reason
    # What comes out can be written as UTF-8 again.
    assert json.dumps(decoded, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not JSON at character 0"),
        (b"<html>", "is not JSON at character 0"),
        (b'{"a": 1', "is not JSON at character 7"),
        (b"{} {}", "is not JSON at character 3"),
        (b'"\xff"', "is not UTF-8 at byte 1"),
        ('"x"'.encode("utf-16"), "is not UTF-8 at byte 0"),
        (b"[NaN]", "has NaN, which is not JSON"),
        (b"[-Infinity]", "has -Infinity, which is not JSON"),
        (b"[1e999]", "has a number beyond 64 bits"),
        (b"9" * 5000, "has a number beyond 64 bits"),
        (b'{"a":{"digest":1,"digest":2}}', 'has the key "digest" twice in one object'),
        (b"[" * 101 + b"]" * 101, "is nested more than 100 deep"),
        (b'{"a":' * 200_000, "is nested more than 100 deep"),
    ],
)
def test_hostile_bytes_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        decode(data, "manifest")
    assert (caught.value.what, caught.value.path, caught.value.reason) == ("manifest", "", reason)


def test_more_bytes_than_the_limit_are_refused_unread() -> None:
    with pytest.raises(InvalidDocument, match="has 11 bytes, more than the 10 that are read"):
        decode(b"x" * 11, "manifest", 10)


def test_brackets_inside_strings_are_no_nesting() -> None:
    document = ["[" * 300, '{"\\' * 300]
    assert decode(json.dumps(document).encode(), "manifest") == document


def test_a_hundred_levels_decode() -> None:
    assert decode(b"[" * 100 + b"]" * 100, "manifest")


def test_a_byte_order_mark_is_skipped() -> None:
    assert decode(b"\xef\xbb\xbf{}", "manifest") == {}


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert decode(b'{"k\\ud800": ["\\udfff\\ud83d\\ude00"]}', "manifest") == {"k\ufffd": ["\ufffd\U0001f600"]}


@pytest.mark.parametrize(
    "data",
    [b'"' + b'\\"' * 500_000, b'["' * 500_000, b'"\\' * 500_000, b"[" * 1_000_000, b'[{"":' * 200_000, b"[]" * 500_000],
)
def test_a_megabyte_of_junk_is_refused_in_linear_time(data: bytes) -> None:
    start = time.perf_counter()
    with pytest.raises(InvalidDocument):
        decode(data, "manifest")
    assert time.perf_counter() - start < 1


def test_an_error_names_the_document_and_the_place() -> None:
    assert str(InvalidDocument("manifest", "layers[2].digest", "is missing")) == "manifest: layers[2].digest is missing"
    assert str(InvalidDocument("manifest", "", "is not JSON")) == "manifest is not JSON"


DOCUMENT: dict[str, Json] = {
    "null": None,
    "text": "t",
    "number": 7,
    "float": 7.5,
    "true": True,
    "negative": -1,
    "huge": 2**63,
    "list": ["a", "b"],
    "mixed": ["a", 1],
    "map": {"a": "b"},
    "bad map": {"a": 1},
}


def test_getters_take_null_for_absent() -> None:
    for key in ("null", "absent"):
        assert optional_text(DOCUMENT, key, "") is None
        assert optional_integer(DOCUMENT, key, "") is None
        assert member(DOCUMENT, key, "") is None
        assert texts(DOCUMENT, key, "") == ()
        assert text_map(DOCUMENT, key, "") == {}
        assert not flag(DOCUMENT, key, "")
        assert list(items(DOCUMENT, key, "")) == []
        assert keys(DOCUMENT, key, "") == ()


def test_getters_give_what_is_there() -> None:
    assert text(DOCUMENT, "text", "") == "t"
    assert optional_integer(DOCUMENT, "number", "") == 7
    assert texts(DOCUMENT, "list", "") == ("a", "b")
    assert text_map(DOCUMENT, "map", "") == {"a": "b"}
    assert keys(DOCUMENT, "map", "") == ("a",)
    assert flag(DOCUMENT, "true", "")
    assert list(items(DOCUMENT, "list", "x")) == [("a", "x.list[0]"), ("b", "x.list[1]")]


def test_a_map_of_texts_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        text_map(DOCUMENT, "map", "")["a"] = "c"  # type: ignore[index]


@pytest.mark.parametrize(
    ("getter", "key", "path", "reason"),
    [
        (text, "null", "layers[0].null", "is missing"),
        (text, "number", "layers[0].number", "is a number, not a string"),
        (optional_text, "true", "layers[0].true", "is a boolean, not a string"),
        (optional_integer, "true", "layers[0].true", "is a boolean, not an integer"),
        (optional_integer, "float", "layers[0].float", "is a number, not an integer"),
        (optional_integer, "negative", "layers[0].negative", "is not between 0 and 2^63-1"),
        (optional_integer, "huge", "layers[0].huge", "is not between 0 and 2^63-1"),
        (member, "list", "layers[0].list", "is an array, not an object"),
        (items, "map", "layers[0].map", "is an object, not an array"),
        (texts, "mixed", "layers[0].mixed[1]", "is a number, not a string"),
        (text_map, "bad map", "layers[0].bad map.a", "is a number, not a string"),
        (flag, "text", "layers[0].text", "is a string, not true or false"),
    ],
)
def test_a_member_of_the_wrong_kind_is_named_by_its_path(getter: object, key: str, path: str, reason: str) -> None:
    assert callable(getter)
    with pytest.raises(InvalidDocument) as caught:
        getter(DOCUMENT, key, "layers[0]")
    assert (caught.value.path, caught.value.reason) == (path, reason)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="is null, not an object"):
        as_object(None, "")
