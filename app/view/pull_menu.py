"""The menu of pull commands; by tag, or pinned by digest at a tick."""

from app.oci.digest import Digest
from app.oci.origin import Origin
from app.view.components import copy
from app.view.markup import Element, el, wrapping
from app.view.pull import Command, commands


def pull_menu(registry: Origin, repository: str, tag: str | None, digest: Digest | None, kind: str | None) -> Element:
    """A dropdown. With both a tag and a digest one can switch between them (in CSS: nothing to run)."""
    name = f"{registry.netloc}/{repository}"
    both = tag is not None and digest is not None
    parts = []
    if tag is not None:
        parts.append(_part("by-tag" if both else "", f"{name}:{tag}", commands(registry, repository, tag, None, kind)))
    if digest is not None:
        lines = commands(registry, repository, tag, str(digest), kind)
        parts.append(_part("by-digest" if both else "", f"{name}@{digest}", lines))
    switch = (
        el("label.check.pin", None, el("input", {"type": "checkbox"}), " Pin by digest, so that it never changes")
        if both
        else None
    )
    return el(
        "details.menu",
        None,
        el("summary.btn", None, "Pull"),
        el("div.card.menu-panel", None, switch, *parts),
    )


def _part(kind: str, reference: str, lines: tuple[Command, ...]) -> Element:
    return el(
        f"div.{kind}" if kind else "div",
        None,
        el("div.card-head", None, el("h2.mono.small", None, wrapping(reference)), copy(reference, "reference")),
        el("ul.commands", None, [_command(one) for one in lines]),
    )


def _command(one: Command) -> Element:
    return el(
        "li",
        None,
        el("span.muted", None, one.client),
        el("pre", {"tabindex": 0, "role": "region", "aria-label": f"{one.client} command"}, el("code", None, one.line)),
        copy(one.line, f"{one.client} command"),
        el("p.note.faint.small", None, one.note) if one.note else None,
    )
