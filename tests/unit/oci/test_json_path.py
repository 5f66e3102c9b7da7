import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.document import Json
from app.oci.json_path import JsonPathError, Missed, Step, parse_json_path, path_text, select

DOCUMENT: Json = {
    "layers": [{"digest": "a", "size": 1}, {"digest": "b", "size": 2}, {"size": 3}],
    "annotations": {"org.x/y": "z", "plain": "w"},
    "n": None,
}

STEP = st.one_of(
    st.builds(lambda key: Step("key", key), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)),
    st.builds(lambda at: Step("index", "", at), st.integers(-999, 999)),
    st.builds(
        lambda start, stop: Step("slice", "", start, stop),
        st.none() | st.integers(-99, 99),
        st.none() | st.integers(-99, 99),
    ),
    st.just(Step("every")),
)


def values(path: str, document: Json = DOCUMENT) -> list[Json]:
    return [one.found for one in select(document, parse_json_path(path))[0]]


@given(st.lists(STEP, max_size=5).map(tuple))
def test_a_path_reads_back_as_it_was_written(path: tuple[Step, ...]) -> None:
    assert parse_json_path(path_text(path)) == path


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (".", [DOCUMENT]),
        (".layers[].digest", ["a", "b"]),
        (".layers | .[] | .digest", ["a", "b"]),
        (".layers[]?.digest?", ["a", "b"]),
        ("layers[0].size", [1]),
        (".layers[-1].size", [3]),
        (".layers[1:]", [[{"digest": "b", "size": 2}, {"size": 3}]]),
        (".layers[:1]", [[{"digest": "a", "size": 1}]]),
        (".layers[:2][].size", [1, 2]),
        ('.annotations."org.x/y"', ["z"]),
        ('.annotations["org.x/y"]', ["z"]),
        ('.["annotations"].plain', ["w"]),
        (".annotations[]", ["z", "w"]),
        (".n", [None]),
        (".absent.deeper", []),
        (" .n ", [None]),
    ],
)
def test_a_path_names_what_jq_says(path: str, found: list[Json]) -> None:
    assert values(path) == found


def test_what_is_found_knows_its_own_path_and_the_object_around_it() -> None:
    found, _ = select(DOCUMENT, parse_json_path(".layers[].digest"))
    assert [path_text(one.path) for one in found] == [".layers[0].digest", ".layers[1].digest"]
    assert found[0].parent == {"digest": "a", "size": 1}


@pytest.mark.parametrize(
    ("path", "position"),
    [
        ("", 0),
        (".a..b", 3),
        (".a.", 3),
        (".a-b", 2),
        (".a b", 3),
        (".[", 2),
        (".a[x]", 3),
        (".a[1", 4),
        ('.a["b', 3),
        ('."b', 1),
        (".a[1:2", 6),
        (".a |", 4),
        (".1", 1),
        ("layers[x]", 7),
        ("a-b", 1),
    ],
)
def test_a_bad_path_says_where(path: str, position: int) -> None:
    with pytest.raises(JsonPathError) as caught:
        parse_json_path(path)
    assert caught.value.position == position
    assert caught.value.reason.endswith(".")


def test_a_key_that_needs_quotes_says_so() -> None:
    with pytest.raises(JsonPathError, match="double quotes"):
        parse_json_path(".annotations.com-example")


def test_where_a_path_ends_is_told() -> None:
    _, missed = select(DOCUMENT, parse_json_path(".layers.digest"))
    assert missed == (Missed((Step("key", "layers"),), Step("key", "digest"), "an array"),)


def test_an_endless_path_is_refused() -> None:
    with pytest.raises(JsonPathError):
        parse_json_path(".a" * 2000)


def test_a_hostile_path_is_read_in_no_time() -> None:
    with pytest.raises(JsonPathError):
        parse_json_path('."' + "\\" * 1900)
