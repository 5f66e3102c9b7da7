from app.oci.origin import parse_origin
from app.state.host_config import DEFAULT, HostRegistry
from app.state.keeping import DEFAULT as SETTINGS
from app.state.keeping import opened
from app.state.model import AppState, Catalog, Landing, Listing, Page, Tags
from app.state.route import LANDING, Route, parse_route
from app.state.suggestions import MOST, suggest
from tests.unit.state.fake_page import names


def listing(*items: str) -> Listing:
    return Listing(items, complete=True, loading=False, failure=None)


def state_of(page: Page, route: Route = LANDING) -> AppState:
    return AppState(route, page, False, None, None, False, None, None, None, DEFAULT, SETTINGS, ())


def catalog(route: str, *items: str) -> AppState:
    return state_of(Catalog(listing(*items), "", grouped=False, rows=(), shown=200), parse_route(route))


def test_repositories_are_offered_as_one_types_them() -> None:
    assert suggest(catalog("r.example", "lab/app", "lab/base"), "app") == ("r.example/lab/app",)


def test_what_is_offered_can_be_opened() -> None:
    for route in ("r.example", "registry:5000/", "http://10.0.0.1", "docker.io", "localhost:5000"):
        state = catalog(route, "lab/app")
        [offered] = suggest(state, "app")
        assert parse_route(offered) == state.route.at_repository("lab/app")


def test_tags_are_offered() -> None:
    page = Tags(listing("1.0", "2.0"), "", "name", (), 200, {})
    assert suggest(state_of(page, parse_route("r.example/lab")), "lab:2") == ("r.example/lab:2.0",)


def test_registries_are_offered_once() -> None:
    offered = HostRegistry(parse_origin("https://127.0.0.1:5001"), "Sample")
    settings = opened(opened(SETTINGS, "https://127.0.0.1:5001", 1), "r.example", 2)
    state = state_of(Landing("", None))._replace(settings=settings, config=DEFAULT._replace(registries=(offered,)))
    assert suggest(state, "") == ("r.example", "https://127.0.0.1:5001")


def test_no_more_are_offered_than_one_can_look_through() -> None:
    assert len(suggest(catalog("r.example", *names("r", 5000)), "r")) == MOST


def test_nothing_is_offered_that_does_not_match() -> None:
    assert suggest(catalog("r.example", "lab/app"), "zzz") == ()
