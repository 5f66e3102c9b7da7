import pytest

from app.auth.entry import Exchange
from app.view.exchange import line
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.talks import AGAIN, ASKED, BLOB, BUSY, FIRST, NARROW, SCOPE, SILENT, TAGS, WAIT


def shown(exchange: Exchange) -> Node:
    return read(render(line(exchange)))


def test_a_line_says_what_was_sent_and_what_came_back() -> None:
    head = shown(FIRST).one("h3.request")
    assert (head.one("span.status").words, head.one("b").words) == ("401", "GET")
    assert TAGS in head.text
    assert "#1 · 61 ms" in head.text


def test_the_decision_has_its_reason_and_its_section() -> None:
    node = shown(ASKED)
    assert "Asked the token service that the challenge names" in node.text
    assert node.one("span.cite").all("a")[0]["href"].startswith("https://")


def test_a_challenge_is_taken_apart() -> None:
    node = shown(FIRST)
    assert "It answered 401: it wants Bearer." in node.text
    assert node.one("table")["aria-label"] == "Challenge: Bearer (request 1)"


def test_a_401_without_a_challenge_says_that_none_can_be_read() -> None:
    assert "No challenge can be read." in shown(AGAIN._replace(status=401)).text


def test_the_codes_of_the_answer_are_quoted() -> None:
    assert "It says UNAUTHORIZED." in shown(FIRST).words


def test_what_was_asked_for_stands_beside_what_was_granted() -> None:
    assert "as asked" in shown(ASKED).text
    assert "refused" in shown(NARROW).one("table").text


def test_a_token_is_described_and_said_to_be_absent() -> None:
    node = shown(ASKED)
    assert "It issued a token for 5 minutes. The token is not recorded." in node.words
    assert node.one("details.exchange").words.count("not recorded") == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"opaque": True, "granted": None}, "It issued an opaque token for 5 minutes."),
        ({"expires_in": None, "lifetime": 60.0}, "for a time that it does not state, taken as 60 seconds."),
        ({"expires_in": 1.0, "lifetime": 60.0}, "for 1 second, taken as 60 seconds."),
        ({"expires_in": -1.0, "lifetime": 60.0}, "without a time that makes sense, taken as 60 seconds."),
        ({"refreshable": True}, "A refresh token came with it."),
        ({"opaque": None, "refreshable": True}, "A refresh token came. It is kept in memory and not recorded."),
        ({"asked": (), "granted": ()}, "No scope was asked for."),
        ({"status": 403, "codes": ("denied",)}, f"Asked for: {SCOPE}"),
        ({"status": 401}, "The token service refuses them."),
    ],
)
def test_what_a_token_service_answered_is_said(fields: dict[str, object], said: str) -> None:
    assert said in shown(ASKED._replace(**fields)).words  # type: ignore[arg-type]


def test_a_preflight_that_had_to_happen_is_named_with_its_reason() -> None:
    assert "The browser had to ask first (preflight): it carries Authorization" in shown(AGAIN).text
    assert "preflight" not in shown(FIRST).text


def test_a_redirect_says_whether_the_header_was_stripped() -> None:
    words = shown(BLOB).words
    assert "Redirected to another origin: https://storage.example.com/blobs/ab" in words
    assert "The browser took the Authorization away there" in words
    same = shown(BLOB._replace(redirected="same-origin", stripped=False)).words
    assert "The Authorization went along, since the origin is the same" in same


def test_the_headers_are_spelled_as_people_know_them() -> None:
    node = shown(FIRST).one("details.exchange")
    assert [one.words for one in node.all("b")] == ["Accept:", "Content-Type:", "WWW-Authenticate:"]


def test_what_was_kept_out_of_the_record_is_named() -> None:
    assert "Location: repeats a secret not recorded" in shown(BLOB).one("details.exchange").words
    assert "Authorization: Bearer not recorded" in shown(BLOB).one("details.exchange").words


def test_a_pause_is_a_line() -> None:
    node = shown(WAIT)
    assert "wait" in node.one("h3").text
    assert "2.0 s" in node.one("h3").text
    assert "429" in node.text


def test_silence_is_explained() -> None:
    node = shown(SILENT)
    assert node.one("span.status").words == "none"
    assert "A page cannot tell which." in node.text


def test_an_answer_that_is_still_to_come_is_said() -> None:
    assert "still to come" in shown(FIRST._replace(status=None, seconds=None, challenges=())).text


def test_too_many_requests_are_said() -> None:
    assert "It answered 429: too many requests. It says TOOMANYREQUESTS." in shown(BUSY).words


def test_hostile_texts_make_no_element() -> None:
    hostile = FIRST._replace(url="https://x.example/<b>\u202e", codes=("<i>",), response_headers=(("link", "<u>"),))
    node = shown(hostile)
    assert "\u202e" not in node.text
    assert node.all("i") == node.all("u") == []
