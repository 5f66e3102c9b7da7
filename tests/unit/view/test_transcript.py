from app.auth.entry import Group
from app.oci.origin import Origin
from app.state.model import AppState, TranscriptPage
from app.view import screen, transcript
from tests.unit.view.reading import Node
from tests.unit.view.states import HOST, at, keys, shown
from tests.unit.view.talks import AGAIN, FIRST, OK, PAUSED, REDIRECTED, REFUSED, REGISTRY, TALK

ALL = (TALK, REDIRECTED, REFUSED, PAUSED)


def state(groups: tuple[Group, ...] = ALL, registry: Origin | None = None) -> AppState:
    return at(f"{HOST}/-/transcript" if registry else "#/-/transcript", TranscriptPage(groups, 9, registry))


def page(groups: tuple[Group, ...] = ALL, registry: Origin | None = None) -> Node:
    return shown(state(groups, registry))


def test_the_latest_comes_first() -> None:
    titles = [one.words for one in page(ALL[:3], REGISTRY).all("h2")]
    assert titles == [
        "Tags of harbour/ledger",
        "Blob sha256:abababababab of harbour/tide-gauge",
        "Tags of harbour/tide-gauge",
    ]


def test_among_all_registries_each_group_names_its_own() -> None:
    assert [one.one("span.talk-host").words for one in page((TALK, PAUSED)).all("h2")] == [
        "registry.example.org",
        "registry.example.net",
    ]
    assert page((TALK,), REGISTRY).all("span.talk-host") == []


def test_a_group_says_what_became_of_it() -> None:
    told = [one.one("span.row").words for one in page().all("summary.card-head")]
    assert told[0].startswith("under way")
    assert told[1].startswith("not allowed")
    assert told[3].startswith("answered")
    assert "3 requests, 370 ms" in told[3]
    assert "10:36:07 UTC" in told[3]


def test_the_scope_that_was_refused_is_named() -> None:
    refused = page().by_id("talk-3")
    assert "Scope: repository:harbour/ledger:pull" in refused.words


def test_what_went_as_one_wishes_is_one_line() -> None:
    node = page()
    assert "open" not in node.by_id("talk-2").attributes
    assert all("open" in node.by_id(f"talk-{number}").attributes for number in (1, 3, 4))


def test_the_latest_is_open_even_when_it_is_one_line() -> None:
    assert "open" in page((REDIRECTED,)).by_id("talk-2").attributes


def test_all_is_counted_and_waits_are_no_requests() -> None:
    assert "9 requests" in page().one("p.facts").text


def test_it_can_be_taken_away_and_cleared() -> None:
    commands = [one["data-command"] for one in page().all("button")]
    assert commands == ["export-har", "export-text", "clear-transcript"]


def test_it_can_be_narrowed_to_one_registry() -> None:
    links = page().one("nav.tabs").all("a")
    assert [link["href"] for link in links] == [
        "#/-/transcript",
        "#/registry.example.net/-/transcript",
        "#/registry.example.org/-/transcript",
    ]
    assert "aria-current" in links[0].attributes
    one = page((TALK,), REGISTRY).one("nav.tabs")
    assert one.one("a", aria_current="page").words == "registry.example.net"


def test_with_one_registry_there_is_nothing_to_choose() -> None:
    assert page((TALK,)).all("nav.tabs") == []


def test_an_empty_one_says_what_will_be_here() -> None:
    node = page((), REGISTRY)
    assert "Nothing has been asked of this registry" in node.text
    assert node.all("button") == []
    assert "any registry" in page(()).text


def test_a_renewal_in_the_background_is_named() -> None:
    renewal = FIRST._replace(purpose="token", why="renewal")
    assert page((Group(1, REGISTRY, (renewal,), OK),)).one("h2").words.startswith("A token, renewed in the background")


def test_what_is_old_keeps_its_region_when_something_new_comes() -> None:
    older = tuple(Group(number, REGISTRY, (AGAIN,), OK) for number in range(1, 20))
    before, after = keys(state(older[:18])), keys(state(older))
    assert before["groups-0"] == after["groups-0"]
    assert before["groups-1"] == after["groups-1"]
    assert before["groups-2"] != after["groups-2"]


def test_a_long_one_comes_in_several_commits() -> None:
    groups = tuple(Group(number, REGISTRY, (FIRST,) * 3, OK) for number in range(1, 100))
    regions = screen.render(state(groups)).regions
    assert sum(one.rows for one in regions) > 200
    assert max(one.rows for one in regions) <= 200


def test_it_is_titled_and_announced() -> None:
    assert transcript.title(state()) == "Transcript"
    assert transcript.title(state((TALK,), REGISTRY)) == "Transcript of registry.example.net"
    assert transcript.announce(state(())) == "Transcript: no requests"
