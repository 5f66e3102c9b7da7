"""One step: what the server sent beside what the page saw."""

import pytest

from app.cors.finding import MEANINGS, QUESTIONS
from app.state.playground_model import LOOK, Scenario, Seen, Sent
from app.view.markup import render
from app.view.playground_exchange import is_telling, step
from tests.unit.view.reading import Node, read
from tests.unit.view.test_playground_scenario import STEP, scenario

ORIGIN = ("Access-Control-Allow-Origin", "*")
DIGEST = ("Docker-Content-Digest", "sha256:00")
GET = Sent("registry", "GET", "/v2/", 200, "http://p", None, None, None, (DIGEST, ORIGIN))
OPTIONS = GET._replace(method="OPTIONS", status=204, asked_method="GET", asked_headers="authorization", answered=())


def shown(seen: Seen, of: str = "no-allow-origin") -> Node:
    return read(render(step(seen, scenario(of), is_open=False)))


def sides(seen: Seen, of: str = "no-allow-origin") -> tuple[Node, Node]:
    """What the server sent, and what the page saw."""
    found = shown(seen, of).one("div.split").children
    server, page = [one for one in found if isinstance(one, Node)]
    return server, page


def test_the_request_stands_as_the_server_logged_it() -> None:
    server, _ = sides(STEP._replace(sent=(OPTIONS, GET._replace(authorization="basic"))))
    preflight, get = server.all("p.request")
    assert preflight.words == "204 OPTIONS /v2/ preflight"
    assert get.words == "200 GET /v2/"
    asked = [one.words for one in server.all("p.small")]
    assert asked == [
        "asked with Origin: http://p, Access-Control-Request-Headers: authorization",
        "asked with Origin: http://p, Authorization: basic …",
    ]


def test_headers_of_cors_come_first() -> None:
    server, _ = sides(STEP._replace(sent=(GET,)))
    assert [one.words for one in server.one("div.headers").all("div")] == [
        "Access-Control-Allow-Origin: *",
        "Docker-Content-Digest: sha256:00",
    ]


def test_the_header_that_is_to_be_changed_is_marked_also_when_it_is_missing() -> None:
    there, _ = sides(STEP._replace(sent=(GET,)))
    missing, _ = sides(STEP._replace(sent=(GET._replace(answered=(DIGEST,)),)))
    assert there.one("div.is-key").words == "Access-Control-Allow-Origin: *"
    assert missing.one("div.is-key").words == "Access-Control-Allow-Origin: not sent"


@pytest.mark.parametrize(
    ("of", "sent", "marked"),
    [
        ("no-allow-headers", OPTIONS, 1),
        ("no-allow-headers", GET, 0),
        ("exposes-nothing", GET, 1),
        ("exposes-nothing", OPTIONS, 0),
        ("storage-pinned", GET, 0),
        ("storage-pinned", GET._replace(listener="storage"), 1),
        ("preflight-403", OPTIONS, 0),
    ],
)
def test_it_is_marked_only_where_it_belongs(of: str, sent: Sent, marked: int) -> None:
    assert len(sides(STEP._replace(sent=(sent,)), of)[0].all("div.is-key")) == marked


def test_nothing_is_missing_from_an_answer_that_needs_no_leave() -> None:
    server, _ = sides(STEP._replace(sent=(GET._replace(origin=None, answered=()),)))
    assert not server.all("div.is-key")


def test_a_step_that_is_not_the_registrys_says_whose_it_is() -> None:
    assert shown(STEP._replace(target="token")).one("h3").words == "1. May a page read it? token service"
    assert shown(STEP).one("h3").words == "1. May a page read it?"


def test_another_listener_is_named() -> None:
    server, _ = sides(STEP._replace(sent=(GET._replace(listener="storage"),)))
    assert server.one("p.request").words == "200 GET /v2/ storage"


def test_what_never_arrived_and_what_was_never_answered_are_told_apart() -> None:
    blocked = STEP._replace(outcome="blocked", status=None)
    assert "It logged nothing: no request arrived." in sides(blocked)[0].words
    server, page = sides(blocked._replace(sent=(GET._replace(status=None),)))
    assert "No answer was sent." in server.words
    assert "a network error, without a reason" in page.words


def test_what_was_sent_and_is_kept_from_the_page_is_named() -> None:
    seen = STEP._replace(sent=(GET,), visible=(("content-length", "2"),))
    _, page = sides(seen)
    assert page.one("div.headers").words == "Content-Length: 2"
    assert "Kept from the page: Docker-Content-Digest" in page.words
    assert "Kept from" not in sides(seen._replace(visible=(("docker-content-digest", "sha256:00"),)))[1].words


def test_headers_that_the_page_sees_are_spelled_as_they_were_sent() -> None:
    etag = GET._replace(answered=(("ETag", "x"),))
    assert sides(STEP._replace(sent=(etag,), visible=(("etag", "x"),)))[1].one("div.headers").words == "ETag: x"


def test_one_request_more_says_which_header_it_looks_for() -> None:
    look = STEP._replace(question=LOOK, meaning="header-hidden")
    found = shown(look, "hidden-content-range")
    assert "Does the page see Content-Range?" in found.one("summary").words
    assert "Content-Range is not there, for the page." in found.words
    assert is_telling(look)


def test_a_step_that_sends_nothing_has_no_sides() -> None:
    found = shown(STEP._replace(question="challenge", method="", url="", meaning="header-hidden"))
    assert not found.all("div.split")
    assert "nothing is sent" in found.one("summary").words


def test_what_a_server_says_is_harmless() -> None:
    hostile = GET._replace(path="/<b>", answered=(("X-<i>", "\u202e<script>"),))
    assert not [one for one in shown(STEP._replace(sent=(hostile,))) if one.tag in ("i", "script")]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_step_of_the_doctor_can_be_shown(question: str) -> None:
    of: Scenario = scenario("no-allow-origin")
    for meaning in MEANINGS:
        for outcome in ("readable", "opaque", "redirect", "blocked", "timeout", None):
            seen = STEP._replace(question=question, meaning=meaning, outcome=outcome)
            assert render(step(seen, of, is_open=True))
