"""The token cache: tests/unit/auth/RULES.md A.17, A.19, A.20."""

import pytest

from app.auth.bearer_token import Token
from app.auth.cache import TokenCache, TokenKey

KEY = TokenKey("https://a/t", "s", "ann", 1, ("repository:a:pull",))


def token(value: str = "t", lifetime: float = 100.0) -> Token:
    return Token(value, 1000.0, 1000.0 + lifetime)


@pytest.fixture
def cache() -> TokenCache:
    filled = TokenCache()
    filled.put(KEY, token())
    return filled


@pytest.mark.parametrize(
    "other",
    [
        KEY._replace(realm="https://b/t"),
        KEY._replace(service=None),
        KEY._replace(identity=""),
        KEY._replace(session=2),
        KEY._replace(scopes=()),
        KEY._replace(scopes=("repository:a:pull", "repository:b:pull")),
    ],
)
def test_a_token_is_found_by_its_whole_key_alone_a19(cache: TokenCache, other: TokenKey) -> None:
    assert cache.get(KEY, 1000.0) is not None
    assert cache.get(other, 1000.0) is None


@pytest.mark.parametrize(("lifetime", "last"), [(100.0, 90.0), (3600.0, 3240.0), (20.0, 15.0)])
def test_a_token_is_renewed_a_tenth_of_its_life_ahead_and_at_least_five_seconds_a17(
    lifetime: float, last: float
) -> None:
    cache = TokenCache()
    cache.put(KEY, token(lifetime=lifetime))
    assert cache.get(KEY, 1000.0 + last - 0.1) is not None
    assert cache.get(KEY, 1000.0 + last) is None


def test_an_evicted_token_is_gone_a20(cache: TokenCache) -> None:
    cache.evict(KEY, token())
    assert cache.get(KEY, 1000.0) is None


def test_the_token_that_took_its_place_is_not_evicted_a20(cache: TokenCache) -> None:
    cache.put(KEY, token("new"))
    cache.evict(KEY, token())
    held = cache.get(KEY, 1000.0)
    assert held is not None
    assert held.value == "new"


def test_evicting_what_is_not_there_is_fine() -> None:
    TokenCache().evict(KEY, token())


def test_a_cleared_cache_is_empty(cache: TokenCache) -> None:
    cache.clear()
    assert list(cache) == []


def test_the_oldest_token_goes_when_there_are_a_thousand() -> None:
    cache = TokenCache()
    keys = [KEY._replace(scopes=(str(number),)) for number in range(1001)]
    for key in keys:
        cache.put(key, token())
    assert cache.get(keys[0], 1000.0) is None
    assert cache.get(keys[1], 1000.0) is not None
    assert len(list(cache)) == 1000
