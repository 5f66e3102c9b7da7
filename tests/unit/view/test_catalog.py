import pytest

from app.auth.errors import AccessDenied, ChallengeHidden
from app.client.errors import ServerFailed, Unsupported
from app.state.failure import Failure
from app.view import screen
from tests.unit.view.states import ALICE, HOST, PROMPT, REGISTRY, at, catalog, failed, keys, shown

LIST = "https://registry.example.net/v2/_catalog?n=1000"
NAMES = [f"team/app-{number:04}" for number in range(1000)]
NOTHING = catalog((), complete=False)
UNSUPPORTED = failed(Unsupported("GET", LIST, 404))
DENIED = failed(AccessDenied(REGISTRY, ("registry:catalog:*",), "alice", "GET", LIST, ()))
HIDDEN = failed(ChallengeHidden(REGISTRY, "GET", LIST, ("registry:catalog:*",)))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (catalog(NAMES, complete=False, loading=True), "1,000 repositories so far, more are coming"),
        (catalog(NAMES, complete=False), "1,000 repositories so far, there are more"),
        (catalog(NAMES + NAMES[:500]), "1,500 repositories"),
        (catalog(["a"]), "1 repository"),
        (catalog(NAMES, filter_="app-00", rows=NAMES[:100]), "100 of 1,000 repositories"),
        (catalog(NAMES, filter_="x", rows=NAMES[:1], complete=False), "1 of 1,000 repositories so far"),
    ],
)
def test_the_count_says_whether_that_is_all(page: object, said: str) -> None:
    state = at(HOST, page)  # type: ignore[arg-type]
    assert shown(state).by_id("count").words == said
    assert screen.render(state).announce == f"registry.example.net: {said}"


def test_a_name_leads_to_its_repository() -> None:
    page = shown(at(HOST, catalog(["harbour/tide-gauge"])))
    assert page.one("a", href="#/registry.example.net/harbour/tide-gauge").words == "harbour/tide-gauge"


def test_rows_come_in_chunks_of_25_and_no_more_than_asked_for() -> None:
    regions = screen.render(at(HOST, catalog(NAMES, shown=60))).regions
    assert [(one.region, one.rows) for one in regions if one.region.startswith("rows-")] == [
        ("rows-0", 25),
        ("rows-1", 25),
        ("rows-2", 25),
    ]
    assert shown(at(HOST, catalog(NAMES, shown=60))).all("button", data_command="more")


def test_the_main_region_leaves_its_chunks_empty() -> None:
    regions = {one.region: one for one in screen.render(at(HOST, catalog(NAMES))).regions}
    assert NAMES[0] not in regions["main"].build()


def test_a_chunk_keeps_its_key_until_its_own_names_change() -> None:
    before = keys(at(HOST, catalog(NAMES[:50], complete=False, loading=True)))
    after = keys(at(HOST, catalog(NAMES[:60])))
    assert before["rows-0"] == after["rows-0"]
    assert before["rows-1"] == after["rows-1"]
    assert before["main"] != after["main"]
    assert keys(at(HOST, catalog(NAMES[1:51])))["rows-0"] != before["rows-0"]


def test_a_filter_that_matches_nothing_says_so() -> None:
    page = shown(at(HOST, catalog(NAMES, filter_="zzz", rows=())))
    assert page.one("div.notice").one("h3").words == "No repository matches “zzz”"
    assert page.by_id("filter")["value"] == "zzz"


def test_an_empty_registry_says_how_to_fill_it() -> None:
    page = shown(at(HOST, catalog(())))
    assert page.one("div.notice--plain").one("h2").words == "No repositories"
    assert "docker push registry.example.net/" in page.one("pre").text


def test_while_the_first_names_are_awaited_there_is_a_frame() -> None:
    page = shown(at(HOST, catalog((), complete=False, loading=True), loading=True))
    assert page.one("h1").words == "registry.example.net"
    assert page.all("span.skeleton")


@pytest.mark.parametrize(
    ("failure", "title"),
    [
        (UNSUPPORTED, "This registry does not offer a list"),
        (DENIED, "alice may not list this registry"),
        (HIDDEN, "The registry wants a sign-in, and the browser hides how"),
    ],
)
def test_a_closed_list_says_why_and_offers_to_open_by_name(failure: Failure, title: str) -> None:
    page = shown(at(HOST, NOTHING, failure=failure, standing=ALICE))
    notice = page.one("div.notice")
    assert notice.one("h2").words == title
    assert notice.one("form", data_form="repository").by_id("repository")["name"] == "name"


def test_a_repository_opens_by_name_beside_a_list_too() -> None:
    page = shown(at(HOST, catalog(NAMES)))
    assert page.one("form", data_form="repository").one("label").words == "Open a repository by name"


def test_a_failure_stands_above_the_names_that_are_there() -> None:
    page = shown(at(HOST, catalog(NAMES), failure=failed(ServerFailed("GET", LIST, 502))))
    order = [node for node in page if "notice" in node.classes or "names" in node.classes]
    assert ["notice" in node.classes for node in order] == [True, False]


def test_a_list_that_broke_off_says_so_below_its_names() -> None:
    page = shown(at(HOST, catalog(NAMES, complete=False, failure=failed(ServerFailed("GET", LIST, 502)))))
    order = [node for node in page if "notice" in node.classes or "names" in node.classes]
    assert ["notice" in node.classes for node in order] == [False, True]


def test_a_list_that_paused_can_go_on() -> None:
    page = shown(at(HOST, catalog(NAMES, complete=False)))
    assert page.one("button", data_command="continue").words == "Load more names"


def test_a_sign_in_stands_above_the_names_that_are_there() -> None:
    page = shown(at(HOST, catalog(NAMES), login=PROMPT))
    order = [node for node in page if "login" in node.classes or "names" in node.classes]
    assert ["login" in node.classes for node in order] == [True, False]


def test_grouped_names_stand_under_their_namespace() -> None:
    page = shown(at(HOST, catalog(["a/x", "a/y/z", "b/x", "redis"], grouped=True)))
    groups = page.all("details.group")
    assert [group.one("summary").words for group in groups] == [
        "a/ 2 repositories",
        "b/ 1 repository",
        "no namespace 1 repository",
    ]
    assert groups[0].one("a", href="#/registry.example.net/a/y/z").words == "y/z"
    assert "checked" in page.one("input", data_command="group").attributes


def test_a_large_namespace_shows_its_first_names_and_leads_to_the_others() -> None:
    page = shown(at(HOST, catalog(["redis", *NAMES], grouped=True)))
    assert page.one("p.group-more").one("a")["href"] == "#/registry.example.net?filter=team%2F"
    assert page.one("p.group-more").words == "Show 988 more in team/"


def test_a_single_namespace_is_shown_flat() -> None:
    page = shown(at(HOST, catalog(NAMES, grouped=True)))
    assert page.all("details.group") == []
    assert len(page.all("ul.name-grid")) == 8


def test_a_hostile_name_is_shown_and_makes_no_element() -> None:
    name = '<img src=x onerror=1>\u202e"'
    page = shown(at(HOST, catalog([name])))
    assert page.one("ul.name-grid").text == '<img src=x onerror=1>\\u202e"'


@pytest.mark.parametrize(
    ("hash_", "said"),
    [
        ("#/registry.example.net", "HTTPS"),
        ("#/http://registry.example.net", "plain HTTP, not encrypted"),
        ("#/127.0.0.1:5000", "HTTP, on this machine"),
    ],
)
def test_the_page_says_how_the_registry_is_reached(hash_: str, said: str) -> None:
    assert said in shown(at(hash_, catalog(NAMES))).one("p.facts").words
