import time
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci import media_type as types
from app.oci.index import Index
from app.oci.media_type import (
    MediaType,
    MediaTypeError,
    essence,
    kind_of,
    layer_compression,
    parse_media_type,
    spec_url,
)

words = st.from_regex(r"[a-z0-9!#$&^_.+-]{1,12}", fullmatch=True)
values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), max_size=12)
media_types = st.builds(
    lambda kind, subtype, parameters: MediaType(f"{kind}/{subtype}", MappingProxyType(parameters)),
    words,
    words,
    st.dictionaries(words, values, max_size=3),
)


@given(media_types)
def test_a_media_type_round_trips(media_type: MediaType) -> None:
    assert parse_media_type(str(media_type)) == media_type


@given(st.text(max_size=60) | st.text('a/;=" \\', max_size=30))
def test_any_text_is_a_media_type_or_a_media_type_error(text: str) -> None:
    try:
        position = len(parse_media_type(text).type)
    except MediaTypeError as error:
        position = error.position
    assert 0 <= position <= len(text)


def test_names_are_lower_case_and_values_keep_theirs() -> None:
    parsed = parse_media_type(' Application/JSON ;Charset=UTF-8; q="a \\"b\\""; ;x=1;X=2')
    assert parsed == MediaType("application/json", MappingProxyType({"charset": "UTF-8", "q": 'a "b"', "x": "1"}))


@pytest.mark.parametrize(
    ("text", "position"), [("", 0), ("json", 0), ("a/b c", 4), ("a/b;c", 4), ("a/b;c=", 4), ('a/b;c="d', 4), ("a/", 0)]
)
def test_what_is_no_media_type_is_refused(text: str, position: int) -> None:
    with pytest.raises(MediaTypeError) as caught:
        parse_media_type(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Application/JSON; charset=utf-8", "application/json"), ("", ""), (" junk ", "junk"), (";x", "")],
)
def test_the_essence_drops_case_and_parameters(text: str, plain: str) -> None:
    assert essence(text) == plain


@pytest.mark.parametrize(
    ("media_type", "compression"),
    [
        (types.OCI_LAYER, "none"),
        (types.OCI_LAYER_GZIP, "gzip"),
        (types.OCI_LAYER_ZSTD, "zstd"),
        (types.OCI_LAYER_NONDISTRIBUTABLE_GZIP, "gzip"),
        (types.DOCKER_LAYER, "none"),
        (types.DOCKER_LAYER_GZIP, "gzip"),
        (types.DOCKER_LAYER_ZSTD, "zstd"),
        (types.DOCKER_LAYER_FOREIGN_GZIP, "gzip"),
        (types.HELM_CHART, "gzip"),
        (types.OCI_CONFIG, None),
        ("application/gzip", None),
        ("", None),
    ],
)
def test_the_type_of_a_layer_tells_its_compression(media_type: str, compression: str | None) -> None:
    assert layer_compression(media_type) == compression


def test_known_types_link_to_their_specification() -> None:
    assert spec_url(types.OCI_MANIFEST + "; charset=utf-8") == (
        "https://github.com/opencontainers/image-spec/blob/main/manifest.md"
    )
    assert spec_url("application/x-unheard-of") is None


def test_the_oci_pair_of_accepted_types_needs_no_preflight() -> None:
    assert len(f"{types.OCI_INDEX}, {types.OCI_MANIFEST}") <= 128


def test_the_kind_of_a_manifest_is_known_here_as_well() -> None:
    assert kind_of(Index(types.OCI_INDEX, None, (), None, {})) == "index"


@pytest.mark.parametrize("part", ["a", "a/", "a/b;", ";", '"', "\\", " ", 'a/b; c="', "a=b;"])
def test_long_texts_take_linear_time(part: str) -> None:
    start = time.perf_counter()
    try:
        length = len(parse_media_type(part * (200_000 // len(part))).parameters)
    except MediaTypeError as error:
        length = error.position
    assert length <= 200_000
    assert time.perf_counter() - start < 0.5
