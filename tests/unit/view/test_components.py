import pytest

from app.view import components
from app.view.components import (
    arguments,
    badge,
    button_link,
    codebox,
    command,
    copy,
    copy_button,
    dash,
    digest_link,
    digest_stat,
    external,
    full_digest,
    is_web,
    kind_word,
    link,
    maybe_link,
    moment,
    notice,
    outcome,
    page_head,
    pairs,
    section,
    skeleton,
    stats,
)
from app.view.markup import Node as Child
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import digest


def made(*nodes: Child) -> Node:
    return read(render(group(*nodes)))


def test_a_copy_button_names_what_it_copies() -> None:
    button = made(copy("a\nb", "the <b> reference")).one("button.copy")
    assert (button["data-copy"], button["aria-label"]) == ("a\nb", "Copy the <b> reference")
    assert made(copy_button("x", "Copy JSON")).one("button").words == "Copy JSON"


@pytest.mark.parametrize(
    ("kind", "word", "colour"),
    [
        ("chart", "helm chart", "badge--chart"),
        ("schema1", "schema 1", "badge--warn"),
        ("<new>", "<new>", "badge--artifact"),
    ],
)
def test_a_kind_is_a_word_and_a_colour(kind: str, word: str, colour: str) -> None:
    assert made(badge(kind)).one(f"span.badge.{colour}").words == kind_word(kind) == word


def test_a_digest_is_short_and_copied_whole() -> None:
    node = made(digest_link(digest("x"), "#/there"))
    assert node.one("a").words == f"sha256:{digest('x').short}"
    assert node.one("a")["title"] == node.one("button")["data-copy"] == str(digest("x"))
    assert made(digest_link(digest("x"), None)).all("a") == []


def test_a_full_digest_is_whole() -> None:
    assert made(full_digest(digest("x"))).text == str(digest("x"))


def test_only_what_was_checked_is_called_verified() -> None:
    assert "verified" in made(*digest_stat(digest("x"), checked=True)).text
    assert "verified" not in made(*digest_stat(digest("x"), checked=False)).text


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://127.0.0.1:5000/", True),
        ("javascript:alert(1)", False),
        ("https://a b", False),
        ("https://x/\u202e", False),
        ('https://x/"', False),
        ("HTTPS://x", False),
        ("", False),
    ],
)
def test_only_a_web_address_becomes_a_link(url: str, taken: bool) -> None:
    assert is_web(url) is taken
    assert bool(made(maybe_link(url)).all("a")) is taken


def test_a_link_out_of_the_app_shows_its_address_when_it_has_no_words() -> None:
    assert made(external("https://example.org/")).one("a").words == "https://example.org/"
    assert made(link("#/a", "here")).one("a").words == "here"


def test_a_command_carries_its_arguments() -> None:
    button = made(command("sort", "Tag", args=arguments(by="version", on=True), aria_label="x")).one("button")
    assert (button["data-command"], button["data-args"]) == ("sort", '{"by": "version", "on": true}')
    assert button["aria-label"] == "x"


def test_a_button_that_leads_somewhere_is_a_link() -> None:
    assert made(button_link("#/a", "A", key="y")).one("a.btn")["data-key"] == "y"


def test_a_notice_has_a_title_and_an_icon() -> None:
    node = made(notice("warn", "Title", "body", level="h3")).one("div.notice--warn")
    assert node.one("h3.notice-title").words == "Title"
    assert node.one("svg.icon").one("use")["href"] == "#i-warn"
    assert "role" not in node.attributes
    assert made(notice("alarm", "T", alert=True)).one("div.notice")["role"] == "alert"


def test_an_outcome_has_a_word_and_an_icon() -> None:
    node = made(outcome("bad", "not found")).one("span.outcome--bad")
    assert node.words == "not found"
    assert node.all("svg.icon")


def test_stats_leave_out_what_is_not_there() -> None:
    node = made(stats(("A", "1"), None, ("B", "2"), lead=("L", "0")))
    assert [one.words for one in node.all("dt")] == ["L", "A", "B"]


def test_pairs_keep_their_order() -> None:
    node = made(pairs([("b", "1"), ("a", "2")]))
    assert [one.words for one in node.all("dt")] == ["b", "a"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-11T06:42:18Z", "11 Feb 2026"),
        ("soon", "soon"),
        (None, "—none"),
        ("", "—none"),
        ("0001-01-01T00:00:00Z", "—none"),
    ],
)
def test_a_moment_is_a_day_or_what_was_written(text: str | None, said: str) -> None:
    assert made(moment(text)).words == said


def test_a_dash_and_a_bar_have_words_for_readers() -> None:
    assert made(dash()).one("span.vh").words == "none"
    assert made(skeleton()).one("span.vh").words == "not read yet"
    assert made(skeleton("")).all("span.vh") == []


def test_a_box_of_commands_copies_what_it_shows() -> None:
    node = made(codebox("a\nb", "push commands"))
    assert node.one("pre").text == node.one("button")["data-copy"] == "a\nb"
    assert node.one("pre")["tabindex"] == "0"


def test_a_heading_takes_the_focus() -> None:
    assert made(page_head("Title")).one("h1")["tabindex"] == "-1"


def test_a_section_is_named_by_its_heading() -> None:
    node = made(section("layers", "Layers", "x")).one("section")
    assert node["aria-labelledby"] == node.one("h2")["id"]


def test_every_tone_has_its_icon() -> None:
    assert set(components._TONE_ICONS) == {"info", "ok", "warn", "danger", "plain", "alarm"}
