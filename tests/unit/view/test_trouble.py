import pytest

from app.auth.errors import AccessDenied, ChallengeHidden
from app.auth.identity import Standing
from app.client.errors import BadAnswer, BadDigest, NotFound, RateLimited, ServerFailed, Unreachable
from app.state.model import AppState
from app.view.explanation import Scene
from app.view.markup import el, render
from app.view.trouble import is_for_the_doctor, trouble
from tests.unit.view.reading import Node, read
from tests.unit.view.states import LANDING, MANIFEST, PROMPT, REGISTRY, REPOSITORY, URL, at, digest, failed

SCENE = Scene("manifest", "registry.example.net", "harbour/tide-gauge", "2.4.1", None)
STATE = at(MANIFEST, LANDING)


def notice(error: Exception, state: AppState = STATE, scene: Scene = SCENE) -> Node:
    return read(render(trouble(state, error, scene))).one("div.notice")


def test_it_quotes_request_and_answer() -> None:
    facts = notice(NotFound("GET", URL, 404)).one("dl.kv")
    assert [node.words for node in facts.all("dt")] == ["Request", "Answer"]
    assert [node.words for node in facts.all("dd")] == [f"GET {URL}", "404"]


def test_it_lists_the_reasons_in_their_order() -> None:
    assert len(notice(Unreachable("GET", URL, "network")).one("ol").all("li")) == 3


def test_retry_is_the_one_primary_button() -> None:
    node = notice(Unreachable("GET", URL, "network"))
    assert [button["data-command"] for button in node.all("button.btn--primary")] == ["retry"]


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("GET", URL, "network"),
        ChallengeHidden(REGISTRY, "GET", URL, ()),
    ],
)
def test_where_the_browser_may_hide_an_answer_the_extension_is_the_way_out(error: Exception) -> None:
    assert "make extension" in notice(error).words
    assert "make extension" not in notice(error, STATE._replace(extension=True)).words


def test_what_was_read_needs_no_way_out() -> None:
    assert "make extension" not in notice(NotFound("GET", URL, 404)).words


def test_below_a_sign_in_no_button_is_primary() -> None:
    assert notice(Unreachable("GET", URL, "network"), STATE._replace(login=PROMPT)).all(".btn--primary") == []


def test_the_address_of_the_registry_opens_in_a_tab_of_its_own() -> None:
    link = notice(BadAnswer("GET", URL, "html", 200)).one("a", href="https://registry.example.net/v2/")
    assert link["target"] == "_blank"


def test_other_places_are_links() -> None:
    assert notice(NotFound("GET", URL, 404)).one("a", href=REPOSITORY).words == "All tags"


def test_a_sign_in_is_offered_only_where_one_knows_how() -> None:
    assert notice(NotFound("GET", URL, 404)).all("button", data_command="sign-in") == []
    known = STATE._replace(standing=Standing("bearer", None, None))
    assert notice(NotFound("GET", URL, 404), known).one("button", data_command="sign-in").words == "Sign in"
    denied = AccessDenied(REGISTRY, (), "alice", "GET", URL, ())
    alice = STATE._replace(standing=Standing("bearer", "alice", None))
    words = notice(denied, alice, SCENE._replace(username="alice")).one("button", data_command="sign-in").words
    assert words == "Sign in as someone else"


def test_an_alarm_is_read_out_and_compares_the_digests() -> None:
    node = notice(BadDigest("GET", URL, digest("a"), digest("b"), 9))
    assert node["role"] == "alert"
    assert [one.words for one in node.one("dl.compare").all("dt")] == ["Expected", "Received", "Size"]


def test_what_the_page_offers_instead_stands_inside() -> None:
    node = read(render(trouble(STATE, NotFound("GET", URL, 404), SCENE, el("form", {"id": "extra"}))))
    assert node.one("div.notice").by_id("extra")


def test_hostile_names_make_no_element() -> None:
    scene = SCENE._replace(reference="<b>\u202e")
    assert "<b>\\u202e" in notice(NotFound("GET", URL, 404), scene=scene).one("h2").text


RATE = RateLimited("GET", URL, retry_after=42)
HIDDEN = ChallengeHidden(REGISTRY, "GET", URL, ())


def test_a_pause_can_be_cut_short_or_left() -> None:
    node = notice(RATE, STATE._replace(failure=failed(RATE), retry=42.0))
    assert [one["data-command"] for one in node.all("button")][:2] == ["retry", "cancel-retry"]
    assert node.all("button")[0].words == "Try now"
    assert node.by_id("left-retry")


def test_without_a_countdown_one_retries_by_hand() -> None:
    node = notice(RATE, STATE._replace(failure=failed(RATE)))
    assert node.all("button")[0].words == "Retry"
    assert node.all("", id="left-retry") == []


def test_a_part_of_the_page_that_failed_has_no_countdown() -> None:
    assert notice(RATE, STATE._replace(retry=42.0)).all("", id="left-retry") == []


def test_a_hidden_challenge_can_be_entered_by_hand_once() -> None:
    assert notice(HIDDEN, STATE._replace(failure=failed(HIDDEN))).one("form", data_form="challenge")
    assert notice(HIDDEN).all("form") == []


def test_a_refusal_leads_to_the_transcript() -> None:
    error = AccessDenied(REGISTRY, (), "alice", "GET", URL, ())
    assert notice(error).one("a", href="#/registry.example.net/-/transcript")
    assert notice(NotFound("GET", URL, 404)).all("a", href="#/registry.example.net/-/transcript") == []


@pytest.mark.parametrize(
    ("error", "offered"),
    [
        (Unreachable("GET", URL, "network"), True),
        (ServerFailed("GET", URL, 502), True),
        (NotFound("GET", URL, 404), False),
        (RateLimited("GET", URL), False),
    ],
)
def test_the_doctor_is_offered_where_the_browser_may_be_hiding_something(error: Exception, offered: bool) -> None:
    assert is_for_the_doctor(error) is offered
