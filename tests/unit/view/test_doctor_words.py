"""Everything that the doctor can say has words, and the words say whose matter it is."""

import re

import pytest

from app.cors.verdict import VERDICTS
from app.view.doctor_words import verdict_text, verdict_title


@pytest.mark.parametrize("name", VERDICTS)
def test_every_verdict_has_a_title_and_says_what_is_wrong_and_who_has_to_change_it(name: str) -> None:
    title = verdict_title(name)
    what, who = verdict_text(name, "registry.example", "https://portolan.example")
    for text in (title, what, who):
        assert re.fullmatch(r"[A-Za-z“].*[.?]", text)
        assert "{" not in text
    assert len(title) < 90
    assert len({title, what, who}) == 3


@pytest.mark.parametrize("name", [name for name in VERDICTS if name.startswith("token-")])
def test_a_verdict_on_the_realm_speaks_of_the_token_service_or_its_realm(name: str) -> None:
    words = " ".join((verdict_title(name), *verdict_text(name)))
    general = {"token-offline", "token-wrong-scheme-or-tls", "token-local-network-pending", "token-timeout"}
    general |= {"token-blocked-by-page-csp", "token-local-network-denied"}
    assert "token service" in words or "realm" in words or name in general


def test_two_verdicts_never_bear_the_same_title_but_for_the_realm() -> None:
    titles = [verdict_title(name) for name in VERDICTS if not name.startswith("token-")]
    assert len(set(titles)) == len(titles)


def test_the_host_and_the_page_are_named() -> None:
    what, _ = verdict_text("no-usable-allow-origin", "r.example:5000", "https://p.example")
    assert "r.example:5000" in what
    assert "https://p.example" in what


def test_a_name_with_braces_in_it_stays_as_it_is() -> None:
    assert "{the}" in verdict_text("no-usable-allow-origin", "{the}")[0]
