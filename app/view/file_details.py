"""What the header of an entry says: kind, mode, owner, times, where a link leads, attributes, what is odd."""

from collections.abc import Mapping

from app.layers.entry import Entry, type_letters
from app.state.files_model import Details
from app.state.model import AppState
from app.view import files_links
from app.view.components import pairs
from app.view.files_list import odd, swatch, when
from app.view.files_words import KINDS
from app.view.format import exact_size, plural, size
from app.view.markup import Element, Node, el, foreign, wrapping

_MOST = 40
"""Attributes of one entry that are shown."""

_CUT = 300


def link(state: AppState, details: Details) -> Node:
    target = el("code", None, foreign(details.entry.target[:_CUT]))
    found = details.resolved
    if found is None:
        return el("p", None, "A symbolic link to ", target, ".")
    if found.problem == "loop":
        return el("p", None, "A symbolic link to ", target, ": following it never ends.")
    if found.problem is not None:
        why = "nothing is there" if found.problem == "missing" else "a file stands in the way"
        return el("p", None, "A symbolic link to ", target, f": {why} in this image.")
    hops = f", over {plural(len(found.hops), 'link')}" if len(found.hops) > 1 else ""
    return el(
        "p",
        None,
        "A symbolic link to ",
        target,
        ", which is ",
        el("a.mono", {"href": files_links.at(state.route, found.path)}, wrapping(f"/{found.path}")),
        f"{hops}.",
    )


def about(state: AppState, details: Details) -> Element:
    entry = details.entry
    rows: list[tuple[Node, Node]] = [
        ("Kind", KINDS[entry.kind]),
        ("Mode", (el("code", None, type_letters(entry.kind, entry.mode)), f" {entry.mode & 0o7777:04o}")),
        ("Owner", _owner(entry)),
        ("Modified", when(entry.mtime)),
        ("Layer", swatch(details.layer)),
    ]
    if entry.kind not in ("folder", "symlink"):
        rows.insert(1, ("Size", exact_size(entry.size)))
    if details.hidden is not None:
        how = {"replaced": "replaced", "whiteout": "deleted", "opaque": "hidden with its whole folder"}[
            details.hidden[0]
        ]
        rows.append(("Hidden", f"{how} in layer {details.hidden[1]}: a container does not see it"))
    if entry.kind == "symlink":
        rows.append(("Leads to", link(state, details)))
    if entry.kind == "hardlink":
        target = entry.target
        href = files_links.at(state.route, target.strip("/"))
        rows.append(("Hard link to", el("a.mono", {"href": href}, foreign(target[:_CUT]))))
    if entry.device is not None:
        rows.append(("Device", f"{entry.device[0]}, {entry.device[1]}"))
    if entry.sparse is not None:
        rows.append(("Sparse", f"{size(entry.stored)} are stored, the rest are zeros"))
    if entry.digest:
        rows.append(("Digest", el("code", None, foreign(entry.digest[:_CUT]))))
    rows += _xattrs(entry.xattrs)
    if details.oddities:
        rows.append(("As written", el("code", None, foreign(entry.path[:_CUT]))))
        rows.append(("Odd", [(odd(one), " ") for one in details.oddities]))
    return pairs(rows)


def _owner(entry: Entry) -> Node:
    names = ":".join((entry.user or str(entry.uid), entry.group or str(entry.gid)))
    numbers = f"{entry.uid}:{entry.gid}"
    return foreign(names) if names == numbers else (foreign(names), f" ({numbers})")


def _xattrs(found: Mapping[str, bytes]) -> list[tuple[Node, Node]]:
    rows: list[tuple[Node, Node]] = []
    for name, data in list(found.items())[:_MOST]:
        text = (
            data.decode("utf-8", "replace") if data.isascii() and data.decode("ascii").isprintable() else data.hex(" ")
        )
        rows.append((el("code", None, foreign(name[:_CUT])), el("code", None, foreign(text[:_CUT]))))
    return rows
