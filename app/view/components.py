"""The parts that pages are made of; the classes are those of static/style/style.css."""

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from app.oci.digest import Digest
from app.view.format import date
from app.view.markup import Element, Node, el, foreign, group, hostile, wrapping

Tone = Literal["info", "ok", "warn", "danger", "plain", "alarm"]

_TONE_ICONS: Mapping[Tone, str] = {
    "info": "info",
    "ok": "check",
    "warn": "warn",
    "danger": "stop",
    "plain": "info",
    "alarm": "stop",
}
# What a kind is called, and its colour. A kind that is not here is shown as an artifact under its own name.
_BADGES = {
    "index": ("index", "index"),
    "list": ("manifest list", "index"),
    "manifest list": ("manifest list", "index"),
    "image": ("image", "image"),
    "schema1": ("schema 1", "warn"),
    "schema 1": ("schema 1", "warn"),
    "chart": ("helm chart", "chart"),
    "helm chart": ("helm chart", "chart"),
    "wasm": ("wasm", "wasm"),
    "signature": ("signature", "signature"),
    "sbom": ("sbom", "sbom"),
    "attestation": ("attestation", "attestation"),
    "artifact": ("artifact", "artifact"),
    "unknown": ("unknown type", "artifact"),
}


def icon(name: str, *classes: str) -> Element:
    """A picture of the sprite in index.html, hidden from readers: the word beside it says the same."""
    return el(".".join(("svg", "icon", *classes)), {"aria-hidden": "true"}, el("use", {"href": f"#i-{name}"}))


_COPY = icon("copy")


def hidden(text: str) -> Element:
    """Words for a screen reader alone."""
    return el("span.vh", None, text)


def copy(text: str, what: str, key: str | None = None) -> Element:
    """A button that copies a text. `what` completes “Copy …”."""
    return el(
        "button.copy",
        {"type": "button", "title": "Copy", "data-copy": text, "aria-label": f"Copy {hostile(what)}", "data-key": key},
        _COPY,
    )


def copy_button(text: str, label: str) -> Element:
    """The same as a button with words."""
    return el("button.btn", {"type": "button", "data-copy": text}, _COPY, " ", label)


def kind_word(kind: str) -> str:
    """What a kind is called."""
    return _BADGES.get(kind, (hostile(kind), ""))[0]


def badge(kind: str) -> Element:
    """The kind of a manifest, in a word and a colour."""
    word, colour = _BADGES.get(kind, (hostile(kind), "artifact"))
    return el(f"span.badge.badge--{colour}", None, word)


def digest_link(digest: Digest, href: str | None, what: str = "digest") -> Element:
    """A digest in short, its whole text as title, with a button that copies the whole."""
    text = str(digest)
    parts = (el("span.algo", None, f"{digest.algorithm}:"), digest.short)
    short: Node = el("a", {"href": href, "title": text}, parts) if href else el("span", {"title": text}, parts)
    return el("span.digest", None, short, copy(text, f"{what} {digest.algorithm}:{digest.short}…"))


def full_digest(digest: Digest) -> Element:
    """A digest, whole."""
    return el(
        "span.digest.digest--full",
        None,
        el("span", None, el("span.algo", None, f"{digest.algorithm}:"), digest.encoded),
    )


def outcome(tone: Literal["ok", "warn", "bad"], word: str) -> Element:
    """How something went, in a word with an icon."""
    name = {"ok": "check", "warn": "warn", "bad": "stop"}[tone]
    return el(f"span.outcome.outcome--{tone}", None, icon(name), " ", word)


def verified() -> Element:
    return el("span.verified", None, icon("check"), " verified")


def link(href: str, *children: Node) -> Element:
    return el("a", {"href": href}, *children)


def external(url: str, *children: Node) -> Element:
    """A link out of the app: it opens its own tab and is told nothing about this one."""
    return el("a", {"href": url, "rel": "noreferrer noopener", "target": "_blank"}, *(children or (wrapping(url),)))


def is_web(url: str) -> bool:
    """Whether a text from a registry may become a link."""
    return url.startswith(("https://", "http://")) and url.isprintable() and not any(c in url for c in ' "<>\\^`{|}')


def maybe_link(text: str) -> Element:
    """Text of somebody else, a link where it is a web address."""
    return external(text) if is_web(text) else foreign(text)


def command(name: str, *label: Node, args: str | None = None, kind: str = "btn", **more: str | bool) -> Element:
    """A button that asks the controller for something. `args`: JSON."""
    attributes: dict[str, str | bool | None] = {"type": "button", "data-command": name, "data-args": args}
    attributes.update({key.replace("_", "-"): value for key, value in more.items()})
    return el(f"button.{kind.replace(' ', '.')}", attributes, *label)


def arguments(**given: str | bool | None) -> str:
    """What a command gets, as `args` of `command`."""
    return json.dumps(given, ensure_ascii=False)


def button_link(href: str, *label: Node, kind: str = "btn", key: str | None = None) -> Element:
    return el(f"a.{kind.replace(' ', '.')}", {"href": href, "data-key": key}, *label)


def notice(tone: Tone, title: Node, *body: Node, level: str = "h2", alert: bool = False) -> Element:
    """One message: a title, plain words, what to do. `alert` has it read out at once."""
    kind = "div.notice" if tone == "info" else f"div.notice.notice--{tone}"
    return el(
        kind,
        {"role": "alert" if alert else None},
        icon(_TONE_ICONS[tone]),
        el("div", None, el(f"{level}.notice-title", None, title), *body),
    )


def stats(*entries: tuple[Node, Node] | None, lead: tuple[Node, Node] | None = None) -> Element:
    """The summary strip. `lead`: the wide first entry."""
    return el(
        "dl.stats",
        None,
        None if lead is None else el("div.wide", None, el("dt", None, lead[0]), el("dd", None, lead[1])),
        [el("div", None, el("dt", None, name), el("dd.big", None, what)) for name, what in filter(None, entries)],
    )


def digest_stat(digest: Digest, *, checked: bool) -> tuple[Node, Node]:
    """The wide entry of `stats`. `checked`: the bytes were held against a digest, not only hashed."""
    mark = verified() if checked else el("span.verified.verified--off", None, "computed from the bytes")
    return (("Digest ", mark, copy(str(digest), "full digest")), full_digest(digest))


def pairs(entries: Iterable[tuple[Node, Node]], kind: str = "dl.kv") -> Element:
    """Labels with what they stand for."""
    return el(kind, None, [(el("dt", None, name), el("dd", None, what)) for name, what in entries])


def moment(text: str | None) -> Node:
    """A time as a day, the text as written in its title; a dash for none."""
    if text is None:
        return dash()
    shown = date(text)
    if shown is None:
        return foreign(text) if text and not text.startswith("0001-01-01") else dash()
    return el("time", {"datetime": text, "title": text}, shown)


def dash() -> Element:
    return group(el("span.faint", {"aria-hidden": "true"}, "—"), hidden("none"))


def skeleton(words: str = "not read yet") -> Element:
    """A bar where text will be."""
    return group(el("span.skeleton"), hidden(words) if words else None)


def codebox(text: str, what: str) -> Element:
    """Lines to be copied and run. `what` names them, as in “push commands”."""
    return el(
        "div.codebox",
        None,
        el("pre", {"tabindex": 0, "role": "region", "aria-label": what}, el("code", None, hostile(text, "\n"))),
        copy(text, what),
    )


def page_head(heading: Node, facts: Node = None, actions: Node = None, mono: bool = True) -> Element:
    """The title of a page. Its heading takes the focus on navigation."""
    return el(
        "div.pagehead",
        None,
        el("div", None, el("h1.mono" if mono else "h1", {"id": "title", "tabindex": -1}, heading), facts),
        None if actions is None else el("div.row", None, actions),
    )


def section(name: str, heading: Node, *body: Node, aside: Node = None, level: str = "h2") -> Element:
    """A part of a page under its heading. `name`: the id that the page's own links to it use."""
    title = el(level, {"id": f"{name}-title"}, heading)
    return el(
        "section.section",
        {"id": name, "aria-labelledby": f"{name}-title"},
        title if aside is None else el("div.section-head", None, title, aside),
        *body,
    )
