"""Commands that are safe to paste, whatever a registry is called."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cors.curl import command_for, quoted
from app.cors.verdict import VERDICTS
from app.oci.origin import parse_origin

PAGE = parse_origin("https://portolan.example")
URL = "https://registry.example/v2/"
UNANSWERED = ("url-has-credentials", "mixed-content", "offline", "blocked-by-page-csp", "local-network-denied")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_whatever_is_quoted_is_one_word_of_a_shell(text: str) -> None:
    assert shlex.split(quoted(text)) == [text]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(VERDICTS[:-1]))
def test_a_hostile_address_stays_one_visible_word(tail: str, verdict: str) -> None:
    command = command_for(verdict, f"https://registry.example/{tail}", PAGE)
    if command is None:
        return
    last = shlex.split(command)[-1]
    assert last.startswith("https://registry.example/")
    assert command.isascii()
    assert command.isprintable()


@pytest.mark.parametrize("verdict", UNANSWERED)
def test_where_no_answer_would_tell_there_is_no_command(verdict: str) -> None:
    assert command_for(verdict, URL, PAGE) is None
    assert command_for(f"token-{verdict}", URL, PAGE) is None


@pytest.mark.parametrize("verdict", [name for name in VERDICTS[:-1] if name.removeprefix("token-") not in UNANSWERED])
def test_every_other_verdict_has_a_command(verdict: str) -> None:
    command = command_for(verdict, URL, PAGE)
    assert command is not None
    assert shlex.split(command)[0] == "curl"
    assert "-g" in shlex.split(command)[1]  # no brackets or braces of an address are taken for a range


def test_an_answer_is_asked_for_as_the_browser_asks() -> None:
    assert shlex.split(command_for("no-usable-allow-origin", URL, PAGE) or "")[-2:] == [
        "Origin: https://portolan.example",
        URL,
    ]


def test_a_preflight_is_asked_for_with_the_header_in_question() -> None:
    words = shlex.split(command_for("allow-headers-lacks-accept", URL, PAGE) or "")
    assert words[words.index("-X") + 1] == "OPTIONS"
    assert "Access-Control-Request-Headers: accept" in words
    assert "Access-Control-Request-Method: GET" in words


def test_a_redirect_is_followed_with_the_origin_that_browsers_send_there() -> None:
    words = shlex.split(command_for("blob-redirect-without-cors", URL, PAGE) or "")
    assert "-L" in words
    assert "Origin: null" in words


def test_a_page_without_an_origin_sends_null() -> None:
    assert "Origin: null" in shlex.split(command_for("no-usable-allow-origin", URL, None) or "")


def test_credentials_are_left_to_a_variable_of_the_shell() -> None:
    command = command_for("digest-not-exposed", URL, PAGE, "text/plain", authorized=True) or ""
    assert '-H "Authorization: $AUTHORIZATION"' in command
    assert "-H 'Accept: text/plain'" in command
    assert "AUTHORIZATION" not in (command_for("preflight-refused", URL, PAGE, authorized=True) or "")
