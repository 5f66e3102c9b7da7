"""How far the layers of a page are: what is being read, what waits for a person, what was checked and is wrong."""

from collections.abc import Sequence

from app.layers.limits import ENDING
from app.state.files_model import FilesPage, LayerState
from app.state.model import AppState
from app.view import files_links, frame
from app.view.components import command, digest_link, external, is_web, notice, outcome
from app.view.files_list import swatch
from app.view.files_words import SOURCES, VERDICTS, named, problem
from app.view.format import duration, plural, size
from app.view.markup import Element, Node, el, group
from app.view.problem import brief
from app.view.tables import body, cell, column, row, row_head, table

_WRONG = 8
"""Problems of one layer that are told."""


def progress(state: AppState, page: FilesPage) -> Element:
    """What is going on, or why nothing is; and what is wrong with what was read."""
    return group(_running(page) if page.running else _waiting(page), [_wrong(one) for one in page.layers])


def _running(page: FilesPage) -> Node:
    found = next((one for one in page.layers if one.phase == "reading"), None)
    if found is None:
        return None
    many = len(page.layers) > 1
    said = f"Reading layer {found.ref.number} of {len(page.layers)}" if many else "Reading the layer"
    told = found.progress
    received, total = (0, found.ref.size) if told is None else (told.received, told.total)
    parts = [f"{size(received)} of {size(total)}" if total else size(received)]
    if told is not None and told.seconds >= 0.5:
        parts.append(f"{size(int(told.received / told.seconds))}/s")
    if told is not None and told.entries:
        parts.append(plural(told.entries, "entry", "entries"))
    if told is not None and told.left is not None:
        parts.append(f"about {duration(told.left)} left")
    return el(
        "div.card.download",
        {"role": "group", "aria-label": "Layer download"},
        el("p", None, el("b", None, said), el("span.muted", None, " · " + " · ".join(parts))),
        command("files-cancel", "Cancel"),
        el("progress", {"aria-label": said, "max": total or None, "value": received if total else None}),
    )


def _waiting(page: FilesPage) -> Node:
    needed = [one for one in page.layers if page.matters(one)]
    held = [one for one in needed if one.phase in ("paused", "broken", "waiting") and not one.listed]
    asked = [one for one in needed if one.phase == "asked"]
    limited = [one for one in needed if one.phase == "limit"]
    return (
        _stopped(held) if held else None,
        [_limited(one) for one in limited],
        _asked(asked) if asked else None,
    )


def _stopped(held: Sequence[LayerState]) -> Element:
    first = held[0]
    broken = first.phase == "broken"
    title = f"The download of {named(first)} broke off" if broken else "Reading was stopped"
    kept = first.progress
    so_far = (
        f"{size(kept.received)} of it came, and the tree so far stays. " if kept is not None and kept.received else ""
    )
    why = f"({brief(first.failure.error)}) " if first.failure is not None else ""
    return notice(
        "warn" if broken else "info",
        title,
        el("p", None, f"{why}{so_far}It goes on where it stopped."),
        el("p.row", None, command("files-go-on", "Go on", kind="btn btn--primary")),
    )


def _limited(one: LayerState) -> Element:
    found = next((each for each in one.problems if each.kind == "limit"), None)
    return notice(
        "warn",
        f"Reading of {named(one)} stopped at a limit",
        el("p", None, "" if found is None else problem(found)),
        el("p", None, "The tree so far stays. Going on lets it have four times as much, in the memory of this tab."),
        el("p.row", None, command("files-go-on", "Go on")),
        alert=True,
    )


def _asked(asked: Sequence[LayerState]) -> Element:
    total = sum(one.ref.size or 0 for one in asked)
    many = f"{plural(len(asked), 'large layer')} {'is' if len(asked) == 1 else 'are'} not read yet"
    names = ", ".join(f"{named(one)} ({size(one.ref.size or 0)})" for one in asked)
    return notice(
        "info",
        many,
        el("p", None, f"Nothing tells what is in {names} but the download of all of it."),
        el("p.row", None, command("files-read", f"Download {size(total)}", kind="btn btn--primary")),
    )


def _wrong(one: LayerState) -> Node:
    """What a person must know of a layer before believing its files."""
    found = [each for each in one.problems if each.kind not in ("limit", "broken")]
    damaged = "wrong" in (one.digest, one.diff_id, one.toc)
    if one.phase == "failed" and one.failure is not None:
        return _failed(one)
    if not damaged and not found:
        return None
    facts: list[Node] = []
    if one.digest == "wrong":
        facts.append("Its bytes are not what its digest says: something between its builder and here changed them.")
    if one.diff_id == "wrong":
        facts.append("Unpacked, it is not what the diff_id in the config says.")
    if one.toc == "wrong":
        facts.append("Its table of contents is not what its digest says.")
    facts += [problem(each) for each in found[:_WRONG]]
    if len(found) > _WRONG:
        facts.append(f"And {plural(len(found) - _WRONG, 'more thing')}.")
    ended = any(each.kind in ENDING for each in found)
    title = (
        f"{named(one).capitalize()} is not what it should be" if damaged else f"{named(one).capitalize()} is damaged"
    )
    if not damaged and not ended:
        title = f"{named(one).capitalize()} is odd"
    return notice(
        "alarm" if damaged else "warn",
        title,
        el("ul.bullets", None, [el("li", None, fact) for fact in facts]),
        el("p", None, "Do not trust these files. Ask whoever runs the registry.") if damaged else None,
    )


def _failed(one: LayerState) -> Element:
    urls = [url for url in one.ref.urls if is_web(url)]
    why = brief(one.failure.error) if one.failure is not None else ""
    return notice(
        "warn",
        f"{named(one).capitalize()} could not be read ({why})",
        el("p", None, "Its manifest says that it is kept elsewhere: ", [external(url) for url in urls[:3]])
        if urls
        else el("p", None, "The files of the other layers are shown without it."),
        el("p.row", None, command("files-go-on", "Try again")),
    )


def layers(state: AppState, page: FilesPage) -> Element:
    """Where the tree comes from, and what was checked of it."""
    checked = sum(one.digest == "ok" for one in page.layers)
    title = (
        f"{plural(len(page.layers), 'layer')}, {checked} verified" if len(page.layers) > 1 else "Where this comes from"
    )
    names = [column(one) for one in ("Layer", "Digest", "Size", "Tree", "Blob", "diff_id")]
    return el(
        "details.card",
        None,
        el("summary.card-body.row.tight", None, frame.caret(), title),
        table("Layers read", names, body([_row(state, page, one) for one in page.layers])),
    )


def _row(state: AppState, page: FilesPage, one: LayerState) -> Element:
    ref = one.ref
    told = one.progress
    verify = (
        (" ", command("files-verify", "Verify", args=f'{{"layer": {ref.number}}}', kind="btn btn--quiet"))
        if one.source != "layer" and one.digest == "unfinished" and not page.running
        else None
    )
    entries = plural(told.entries, "entry", "entries") if told is not None else "not read"
    return row(
        row_head("lead", swatch(ref.number)),
        cell("fit", digest_link(ref.digest, files_links.layer(state.route, ref, page.platform), "layer digest")),
        cell("num", size(ref.size) if ref.size is not None else ""),
        cell("full", f"{entries}, {SOURCES[one.source]}" if told is not None else entries, verify),
        cell("fit", _verdict(one.digest), label="blob"),
        cell("fit", _verdict(one.diff_id), label="diff_id"),
        attributes={"id": f"layer-{ref.number}"},
    )


def _verdict(verdict: str) -> Node:
    word = VERDICTS[verdict]  # type: ignore[index]
    if verdict == "ok":
        return outcome("ok", word)
    return outcome("bad", word) if verdict == "wrong" else el("span.muted", None, word)
