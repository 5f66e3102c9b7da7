import pytest

from app.auth.errors import LoginPrompt
from app.client.errors import Unreachable
from app.client.fetched import Fetched
from app.oci.digest import digest_of
from app.oci.manifest_document import parse_manifest
from app.oci.origin import parse_origin
from app.state.failure import failure_of
from app.state.host_config import DEFAULT
from app.state.keeping import DEFAULT as SETTINGS
from app.state.model import AppState, Blob, Catalog, Landing, Listing, ManifestPage, Page, Raw
from app.state.page_cache import FRESH, PAGES, PageCache
from app.state.route import Route, parse_route
from tests.unit.fake_transport import FakeClock
from tests.unit.state.fake_content import image_of

REGISTRY = parse_origin("r.example")
ROUTE = parse_route("r.example")
DOWN = failure_of(Unreachable("GET", "https://r.example/v2/", "network"))
LOGIN = LoginPrompt(REGISTRY, "basic", "r", None, None, (), reason="required", username=None)
LISTING = Listing(("a",), complete=True, loading=False, failure=None)
CATALOG = Catalog(LISTING, "", grouped=False, rows=("a",), shown=200)
RAW = image_of(b"{}")
FETCHED = Fetched(RAW, "", digest_of(RAW), None, parse_manifest(RAW, None))
MANIFEST = ManifestPage(FETCHED, (), None, FETCHED, None, None, None, None)


def state_of(page: Page = CATALOG, route: Route = ROUTE) -> AppState:
    return AppState(route, page, False, None, None, False, None, None, None, DEFAULT, SETTINGS, ())


def cache_of(*states: AppState) -> PageCache:
    cache = PageCache(FakeClock())
    for state in states:
        cache.keep(state)
    return cache


def test_a_page_that_was_read_is_found_again() -> None:
    assert cache_of(state_of()).find(ROUTE) == CATALOG


def test_a_page_is_found_by_its_whole_route() -> None:
    assert cache_of(state_of()).find(parse_route("r.example?filter=a")) is None


@pytest.mark.parametrize(
    "state",
    [
        state_of()._replace(loading=True),
        state_of()._replace(failure=DOWN),
        state_of()._replace(login=LOGIN),
        state_of()._replace(confirm=REGISTRY),
        state_of(CATALOG._replace(listing=LISTING._replace(items=(), complete=False))),
        state_of(CATALOG._replace(listing=LISTING._replace(complete=False, failure=DOWN))),
        state_of(MANIFEST._replace(config_failure=DOWN), parse_route("r.example/lab:1")),
        state_of(Landing("x", None), parse_route("")),
    ],
)
def test_a_page_that_was_not_read_whole_is_not_kept(state: AppState) -> None:
    assert cache_of(state).find(state.route) is None


def test_a_list_that_paused_is_kept_with_where_it_goes_on() -> None:
    page = CATALOG._replace(listing=LISTING._replace(complete=False, following="https://r.example/next"))
    assert cache_of(state_of(page)).find(ROUTE) == page


def test_a_page_is_read_again_after_some_minutes() -> None:
    clock = FakeClock()
    cache = PageCache(clock)
    cache.keep(state_of())
    clock.advance(FRESH)
    assert cache.find(ROUTE) == CATALOG
    clock.advance(1)
    assert cache.find(ROUTE) is None


def test_only_the_latest_pages_are_kept() -> None:
    routes = [parse_route(f"r.example?filter={number}") for number in range(PAGES + 1)]
    cache = cache_of(*(state_of(route=route) for route in routes))
    assert [cache.find(route) is None for route in routes] == [True] + [False] * PAGES


def test_the_raw_view_comes_from_the_manifest() -> None:
    cache = cache_of(state_of(MANIFEST, parse_route("r.example/lab:1")))
    assert cache.find(parse_route("r.example/lab:1/-/raw")) == Raw(FETCHED, loading=False)
    assert cache.find(parse_route("r.example/lab:2/-/raw")) is None


def test_the_raw_view_is_as_old_as_the_manifest() -> None:
    clock = FakeClock()
    cache = PageCache(clock)
    cache.keep(state_of(MANIFEST, parse_route("r.example/lab:1")))
    clock.advance(FRESH + 1)
    assert cache.find(parse_route("r.example/lab:1/-/raw")) is None


def test_another_platform_of_a_manifest_is_known_in_part() -> None:
    cache = cache_of(state_of(MANIFEST, parse_route("r.example/lab:1?platform=linux/a")))
    found = cache.alike(parse_route("r.example/lab:1?platform=linux/b"))
    assert found == MANIFEST._replace(platform="linux/b")
    assert cache.alike(parse_route("r.example/lab:2")) is None


def test_pages_that_are_no_manifests_have_nothing_in_common() -> None:
    assert cache_of(state_of()).alike(parse_route("r.example?filter=a")) is None


def test_what_is_known_of_another_platform_grows_old() -> None:
    clock = FakeClock()
    cache = PageCache(clock)
    cache.keep(state_of(MANIFEST, parse_route("r.example/lab:1")))
    clock.advance(FRESH + 1)
    assert cache.alike(parse_route("r.example/lab:1?platform=linux/b")) is None


def test_everything_can_be_forgotten() -> None:
    cache = cache_of(state_of())
    cache.clear()
    assert cache.find(ROUTE) is None


def test_a_document_shown_in_another_way_is_not_read_again() -> None:
    raw = parse_route("r.example/lab:1/-/raw")
    cache = cache_of(state_of(Raw(FETCHED, loading=False, folds=3), raw))
    assert cache.find(parse_route("r.example/lab:1/-/raw?search=a&path=.b")) == Raw(FETCHED, loading=False)
    assert cache.find(parse_route("r.example/lab:2/-/raw?search=a")) is None


def test_a_blob_shown_in_another_way_is_not_read_again() -> None:
    address = f"r.example/lab/-/blob/{digest_of(b'x')}"
    page = Blob(digest_of(b"x"), "a/b", 1, b"x", too_large=False)
    cache = cache_of(state_of(page, parse_route(f"{address}?type=a/b&size=1")))
    assert cache.find(parse_route(f"{address}?as=hex")) == page._replace(media_type=None, size=None)
    large = page._replace(content=None, too_large=True)
    assert cache_of(state_of(large, parse_route(address))).find(parse_route(f"{address}?as=hex")) is None


def test_a_part_of_a_manifest_is_known_with_all_of_it() -> None:
    cache = cache_of(state_of(MANIFEST, parse_route("r.example/lab:1")))
    assert cache.find(parse_route("r.example/lab:1?part=layers")) == MANIFEST
    assert cache.find(parse_route("r.example/lab:1?platform=linux/arm64")) is None
