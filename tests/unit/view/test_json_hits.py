from base64 import b64encode

from app.oci.document import Json
from app.view.json_hits import Hits, values
from app.view.json_search import Search


def count(search: str, found: Json) -> int:
    return Hits(Search(search), {}).count(None, found)


def test_keys_strings_and_numbers_are_searched() -> None:
    assert count("42", {"a42": "x", "b": "42 and 42", "c": 1421, "d": [True, None, {"42": 42}]}) == 6


def test_what_is_encoded_is_searched_by_what_it_says() -> None:
    encoded = b64encode(b'{"predicateType": "tide"}').decode()
    assert count("tide", {"payload": encoded}) == 1
    assert count(encoded[:8], {"payload": encoded}) == 0


def test_an_object_knows_whether_a_hit_is_in_it() -> None:
    inner: Json = {"a": "tide"}
    other: Json = {"a": "b"}
    hits = Hits(Search("tide"), {})
    hits.count(None, [inner, other])
    assert (hits.inside(inner), hits.inside(other)) == (1, 0)
    assert hits.holds("tides", other)
    assert not hits.holds("x", other)
    assert hits.holds(None, "tide")


def test_values_are_counted_no_further_than_asked() -> None:
    assert values([1, [2, 3], {"a": 4}], 100) == 7
    assert values(list(range(1000)), 10) == 10
