from app.client.cache import Cache


def test_what_was_put_is_found_by_its_key() -> None:
    cache: Cache[bytes] = Cache(100)
    cache.put(("a", "b"), b"x", 1)
    assert cache.get(("a", "b")) == b"x"


def test_another_key_is_not_found() -> None:
    cache: Cache[bytes] = Cache(100)
    cache.put(("a", "b"), b"x", 1)
    assert cache.get(("a", "c")) is None


def test_the_one_not_used_for_longest_leaves_first() -> None:
    cache: Cache[str] = Cache(40)
    for name in "abcd":
        cache.put((name,), name, 10)
    cache.get(("a",))
    cache.put(("e",), "e", 10)
    assert [cache.get((name,)) for name in "abcde"] == ["a", None, "c", "d", "e"]


def test_one_that_would_push_out_too_much_is_not_kept() -> None:
    cache: Cache[str] = Cache(40)
    cache.put(("a",), "a", 11)
    assert cache.get(("a",)) is None


def test_a_key_put_twice_counts_once() -> None:
    cache: Cache[str] = Cache(40)
    for name in "aaaaaaab":
        cache.put((name,), name, 10)
    assert (cache.get(("a",)), cache.get(("b",))) == ("a", "b")


def test_clearing_drops_everything_and_its_size() -> None:
    cache: Cache[str] = Cache(40)
    for name in "abcd":
        cache.put((name,), name, 10)
    cache.clear()
    for name in "efgh":
        cache.put((name,), name, 10)
    assert [cache.get((name,)) for name in "aefgh"] == [None, "e", "f", "g", "h"]
