from app.auth.observation import Observation
from app.state.model import AppState, UseCasesPage
from app.view import use_cases
from tests.unit.view.reading import Node
from tests.unit.view.states import HOST, at, shown
from tests.unit.view.talks import REGISTRY

SEEN = Observation("pull", "seen", "granted", (("asked", "repository:a:pull"),), (2, 6))
UNSEEN = Observation("client-certificates", "not-from-browser", "browser-managed")
TOLD = Observation("encryption", "informational", "no-exchange")


def state(*observations: Observation) -> AppState:
    return at(f"{HOST}/-/use-cases", UseCasesPage(observations, REGISTRY))


def rows(*observations: Observation) -> list[Node]:
    return shown(state(*observations)).one("tbody").all("tr")


def test_a_row_says_what_the_registry_did_and_where_to_look() -> None:
    (row,) = rows(SEEN)
    assert row.one("th").words == "Permission to pull"
    assert "The token allows what was asked for" in row.text
    assert "asked for: repository:a:pull" in row.words
    link = row.one("a")
    assert (link["href"], link.words) == ("#/registry.example.net/-/transcript", "requests 2, 6")


def test_what_cannot_be_seen_says_why() -> None:
    (row,) = rows(UNSEEN)
    assert "not to be seen from a page" in row.text
    assert "the browser's own matter" in row.text
    assert row.all("a") == []


def test_what_is_future_or_left_to_others_is_marked() -> None:
    assert [row.one("th").words for row in rows(SEEN, UNSEEN, TOLD)] == [
        "Permission to pull",
        "Certificates of authorities and clients · future",
        "Encrypted images · left to others",
    ]


def test_many_requests_are_cut() -> None:
    (row,) = rows(SEEN._replace(exchanges=tuple(range(1, 40))))
    assert row.one("a").words == "requests 1, 2, 3, 4, 5, 6, …"


def test_it_is_counted_and_announced() -> None:
    assert use_cases.announce(state(SEEN, UNSEEN)) == "Use cases of registry.example.net: 1 of 2 use cases seen"


def test_its_source_is_named() -> None:
    links = [one["href"] for one in shown(state(SEEN)).all("a")]
    assert any("wg-auth" in href for href in links)


def test_hostile_facts_make_no_element() -> None:
    (row,) = rows(SEEN._replace(facts=(("asked", "<i>\u202e"),)))
    assert row.all("i") == []
    assert "\u202e" not in row.text
