import pytest

from app.client.errors import (
    BadAnswer,
    BadAnswerReason,
    BadDigest,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.view.client_problem import explain_request
from app.view.explanation import Scene
from tests.unit.view.states import URL, digest

SCENE = Scene("manifest", "registry.example.net", "harbour/tide-gauge", "2.4.1", None)
CATALOG = SCENE._replace(place="catalog", repository="", reference="")
SIGNED_IN = SCENE._replace(username="alice")


def test_a_list_that_is_switched_off_is_not_about_rights() -> None:
    words = explain_request(Unsupported("GET", URL, 404), CATALOG)
    assert words.title == "This registry does not offer a list"
    assert "it is not about your rights" in words.what
    assert words.actions == ("repository",)


def test_a_list_that_is_refused_is() -> None:
    words = explain_request(Forbidden("GET", URL, 403), CATALOG._replace(username="alice"))
    assert words.title == "alice may not list this registry"
    assert "repository" in words.actions


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("2.4.9", "No tag 2.4.9 in harbour/tide-gauge"),
        ("sha256:0", "No manifest sha256:0 in harbour/tide-gauge"),
    ],
)
def test_what_is_not_found_is_named(reference: str, title: str) -> None:
    assert explain_request(NotFound("GET", URL, 404), SCENE._replace(reference=reference)).title == title


def test_a_404_may_hide_what_one_may_not_see() -> None:
    assert "sign-in" in explain_request(NotFound("GET", URL, 404), SCENE).actions
    assert "sign-in" not in explain_request(NotFound("GET", URL, 404), SIGNED_IN).actions


def test_a_pause_says_how_long_as_far_as_is_known() -> None:
    assert ("Asks to wait", "42 seconds") in explain_request(RateLimited("GET", URL, retry_after=42), SCENE).facts
    assert ("Asks to wait", "it does not say how long") in explain_request(RateLimited("GET", URL), SCENE).facts


def test_wrong_bytes_are_an_alarm_with_both_digests_and_the_size() -> None:
    words = explain_request(BadDigest("GET", URL, digest("a"), digest("b"), 18_650_113), SCENE)
    assert words.tone == "alarm"
    assert words.facts == (("Expected", str(digest("a"))), ("Received", str(digest("b"))), ("Size", "18,650,113 B"))
    assert "do not pull or run it" in (words.advice or "")


@pytest.mark.parametrize("reason", ["html", "json", "shape", "too-large", "status"])
def test_an_answer_that_is_no_registrys_says_what_it_is(reason: BadAnswerReason) -> None:
    words = explain_request(BadAnswer("GET", URL, reason, 200, path="repositories[3]", limit=4_194_304), SCENE)
    assert words.title == "registry.example.net did not answer as a registry"
    assert words.what


def test_a_refused_link_says_that_the_list_may_go_on() -> None:
    words = explain_request(BadAnswer("GET", URL, "link", 200), SCENE)
    assert (words.tone, words.title) == ("warn", "This list may not be complete")
    assert words.likely


def test_a_shape_says_where_and_a_limit_how_much() -> None:
    assert "repositories[3]" in explain_request(BadAnswer("GET", URL, "shape", path="repositories[3]"), SCENE).what
    assert "4.2 MB" in explain_request(BadAnswer("GET", URL, "too-large", limit=4_194_304), SCENE).what


def test_a_server_that_failed_is_not_the_persons_fault() -> None:
    words = explain_request(ServerFailed("GET", URL, 502), SCENE)
    assert "an error of its own (502)" in words.what
    assert words.actions == ("retry",)


def test_a_request_that_was_declined_quotes_the_status() -> None:
    assert "It answered 418." in explain_request(Refused("GET", URL, 418), SCENE).what


def test_silence_has_its_own_words() -> None:
    words = explain_request(Unreachable("GET", URL, "network"), SCENE)
    assert words.title == "No answer from registry.example.net"
