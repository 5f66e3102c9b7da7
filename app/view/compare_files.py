"""The files of two images: which were added, removed and changed."""

from app.state.compare_files import Contents, Counted, Difference, FileChange, FilesCompared
from app.state.compare_model import ComparePage
from app.state.compare_reading import to_read
from app.view.components import arguments, command, icon, notice, outcome, section
from app.view.format import count, listed, plural, size
from app.view.markup import Element, Node, el, foreign
from app.view.tables import body, cell, column, row, row_head, table

_DIFFERS: dict[Difference, str] = {
    "kind": "kind",
    "size": "size",
    "content": "content",
    "mode": "permissions",
    "owner": "owner",
    "time": "time",
    "target": "target",
}
_MARKS = (("", "All"), ("added", "Added"), ("removed", "Removed"), ("changed", "Changed"))


def files_section(page: ComparePage) -> Element | None:
    """The section, None before both images are read."""
    if page.right is None or page.left.image is None or page.right.image is None:
        return None
    wanted = to_read(page)
    if not wanted:
        return None
    found = page.files
    total = sum(ref.size or 0 for _, ref in wanted.values())
    inside: Node
    if found is None:
        inside = _ask(total, len(wanted), "Compare the files")
    elif found.running and found.checked is None:
        inside = _running(found)
    elif found.failure is not None or found.unread:
        inside = (_failed(found), _ask(total, len(wanted), "Start again"))
    else:
        inside = _result(found)
    return section("files", "Files", inside)


def _ask(total: int, layers: int, label: str) -> Element:
    return el(
        "div.card.card-body.flow",
        None,
        el(
            "p",
            None,
            f"To compare the files, {plural(layers, 'layer')} of {size(total)} in all are read; what both share is "
            "read once. Nothing of it is kept.",
        ),
        el("p.row", None, command("compare-files", label)),
    )


def _running(found: FilesCompared) -> Element:
    return el(
        "div.card.card-body.flow",
        None,
        # Not a status: it changes several times a second, and nobody wants to hear that.
        el("p", None, icon("spin", "spin"), f" {size(found.received)} of {size(found.total)} read"),
        el(
            "progress",
            {"max": max(1, found.total), "value": min(found.received, found.total), "aria-label": "Layers read"},
        ),
        el("p.row", None, command("compare-stop", "Cancel")),
    )


def _failed(found: FilesCompared) -> Element:
    from app.view.problem import brief

    why = f": {brief(found.failure.error)}" if found.failure is not None else ""
    said = f"{plural(found.unread, 'layer')} not read to the end{why}." if found.unread else f"Stopped{why}."
    return notice("warn", "The files could not be compared", el("p", None, said), level="h3")


def _result(found: FilesCompared) -> Node:
    counted = found.counted
    shown = [one for one in found.changes if found.mark is None or one.mark == found.mark]
    rows = [_row(one, found.contents.get(one.path)) for one in shown[: found.shown]]
    columns = (column("File"), column("First", "num"), column("Second", "num"), column("Compared"))
    left = len(shown) - len(rows)
    return (
        el("p", {"role": "status"}, _summary(counted)),
        _alike(found),
        el("div.row.tight", {"role": "group", "aria-label": "Show"}, [_choice(found, *one) for one in _MARKS]),
        table("Files that differ", columns, body(rows)) if rows else el("p.muted", None, "None."),
        el("p.row", None, command("compare-more", "Show more"), el("span.muted.small", None, f"{count(left)} more"))
        if left > 0
        else None,
        _beyond(found),
        el(
            "p.muted.small",
            None,
            "Compared by what the archives say: kind, size, permissions, owner, time and target, and by content where "
            "those are equal; folders are left out. Where only the time differs the contents may be the same: that is "
            "read when you ask for it.",
        ),
    )


def _alike(found: FilesCompared) -> Node:
    """What is to be said, and can be done, of files whose contents nobody compared."""
    alike = found.counted.alike
    if found.running:
        return el(
            "p.row",
            None,
            el("span", None, icon("spin", "spin"), f" Comparing contents: {count(found.checked or 0)} files so far"),
            command("compare-stop", "Cancel"),
        )
    if not alike:
        return None
    said = f"Of {plural(alike, 'file')} the archives say the same on both sides, and the contents were not compared."
    return el(
        "p.row",
        None,
        el("span", None, icon("info"), " ", said),
        command("compare-contents", "Compare their contents", kind="btn btn--quiet"),
        el("span.muted.small", None, f"reads about {size(found.cost)}"),
    )


def _summary(counted: Counted) -> str:
    told: tuple[str, ...] = (
        f"{count(counted.added)} added",
        f"{count(counted.removed)} removed",
        f"{count(counted.changed)} changed",
        f"{count(counted.same)} the same",
    )
    if counted.alike:
        told = (*told, f"{count(counted.alike)} alike")
    return listed(told)


def _choice(found: FilesCompared, mark: str, label: str) -> Element:
    pressed = (found.mark or "") == mark
    kind = "btn" if pressed else "btn btn--quiet"
    args = arguments(mark=mark)
    return command("compare-mark", label, args=args, kind=kind, aria_pressed="true" if pressed else "false")


def _row(one: FileChange, contents: Contents | None) -> Element:
    return row(
        row_head("full", el("code", None, foreign(one.path))),
        cell("num", "" if one.left is None else size(one.left), label="First"),
        cell("num", "" if one.right is None else size(one.right), label="Second"),
        cell("full", _compared(one, contents)),
    )


def _compared(one: FileChange, contents: Contents | None) -> Node:
    if one.mark == "added":
        return outcome("warn", "added")
    if one.mark == "removed":
        return outcome("warn", "removed")
    differs = outcome("warn", f"changed: {listed(tuple(_DIFFERS[word] for word in one.differs))}")
    return (differs, " ", _contents(one, contents))


def _contents(one: FileChange, contents: Contents | None) -> Node:
    # Of another size they differ anyway; links and devices have none.
    if one.left != one.right or not one.left or "kind" in one.differs or "content" in one.differs:
        return None
    if contents is None:
        said = el("span.vh", None, f" of {one.path}") if one.path.isascii() else None
        return command("compare-file", "Compare contents", said, args=arguments(path=one.path), kind="btn btn--quiet")
    if contents == "reading":
        return el("span.muted", None, icon("spin", "spin"), " reading")
    if contents == "unreadable":
        return outcome("bad", "contents cannot be read")
    return outcome("ok", "same contents") if contents == "same" else outcome("warn", "other contents")


def _beyond(found: FilesCompared) -> Node:
    counted = found.counted
    more = counted.added + counted.removed + counted.changed - len(found.changes)
    return el("p.muted.small", None, f"{count(more)} further ones are counted, not listed.") if more > 0 else None
