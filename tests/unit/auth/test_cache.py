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


OTHER = KEY._replace(scopes=("repository:b:pull",))


def test_a_lifetime_ends_a_token_that_would_live_longer_a17(cache: TokenCache) -> None:
    assert cache.get(KEY, 1029.0, 30.0) is not None
    assert cache.get(KEY, 1030.0, 30.0) is None


def test_a_lifetime_lengthens_no_token_a17(cache: TokenCache) -> None:
    assert cache.get(KEY, 1090.0, 1000.0) is None


def test_how_long_a_session_is_good_for_is_told_by_its_longest_token(cache: TokenCache) -> None:
    cache.put(OTHER, token("u", 300.0))
    cache.put(OTHER._replace(session=2), token("v", 900.0))
    assert cache.left(1, 1000.0) == 300.0
    assert cache.left(1, 1000.0, 50.0) == 50.0
    assert cache.left(3, 1000.0) is None
    assert cache.left(1, 1300.0) is None


def test_the_tokens_of_one_session_go_alone(cache: TokenCache) -> None:
    cache.put(KEY._replace(session=2), token("v"))
    cache.drop(1)
    assert [held.value for held in cache] == ["v"]


@pytest.mark.parametrize(("now", "named"), [(1079.0, False), (1080.0, True), (1089.0, True), (1100.0, False)])
def test_a_token_is_named_for_renewal_ten_percent_before_it_is_too_old_a17(
    cache: TokenCache, now: float, named: bool
) -> None:
    assert bool(cache.ending(1, now)) is named


def test_a_token_of_a_minute_is_named_eight_seconds_before_it_is_too_old_a17() -> None:
    cache = TokenCache()
    cache.put(KEY, token(lifetime=60.0))
    assert not cache.ending(1, 1045.0)
    assert cache.ending(1, 1046.0)


def test_a_token_that_no_request_took_for_a_quarter_of_an_hour_is_not_renewed_a17() -> None:
    cache = TokenCache()
    cache.put(KEY, token(lifetime=2000.0))
    cache.get(KEY, 1700.0)
    assert not cache.ending(1, 2650.0)
    cache.get(KEY, 1800.0)
    assert cache.ending(1, 2650.0)


def test_only_the_last_tokens_taken_are_renewed_a17() -> None:
    cache = TokenCache()
    for number in range(6):
        key = KEY._replace(scopes=(f"repository:{number}:pull",))
        cache.put(key, token(str(number)))
        cache.get(key, 1001.0 + number)
    assert [held.value for _, held in cache.ending(1, 1085.0)] == ["5", "4", "3", "2"]


def test_a_token_that_the_setting_ends_is_not_renewed_a17(cache: TokenCache) -> None:
    assert not cache.ending(1, 1085.0, 90.0)
    assert cache.ending(1, 1085.0, 100.0)


def test_a_token_named_once_is_not_named_again_a17(cache: TokenCache) -> None:
    ((_, held),) = cache.ending(1, 1085.0)
    held.renewed = True
    assert not cache.ending(1, 1086.0)


def test_which_way_a_token_was_asked_for_does_not_matter_in_memory(cache: TokenCache) -> None:
    assert KEY.grant == "get"
    assert cache.get(KEY._replace(grant="refresh-token"), 1000.0) is None
