"""Addresses on the pages of files: other paths, other layers, other forms of the same."""

from app.state.files_model import FilesPage, LayerRef, Line
from app.state.route import Route

# What goes along from one path of a tree to another.
_KEPT = ("platform", "layer", "deleted", "sort", "type", "size")


def at(route: Route, path: str, **words: str | None) -> str:
    """Another path of the same tree; `words` of the query are set, or with None left out."""
    if route.view == "layer":
        digest = route.tail.partition("/")[0]
        moved = route.at_view("layer", f"{digest}/{path}" if path else digest)
    else:
        moved = route.at_view("files", path)
    query = [(key, text) for key, text in route.query if key in _KEPT and key not in words]
    query += [(key, text) for key, text in words.items() if text is not None]
    return str(moved.with_query(query))


def line(route: Route, page: FilesPage, found: Line) -> str:
    """What a line of a list leads to: of something hidden, to the layer that has it."""
    if page.whole and found.mark in ("deleted", "hidden") and not found.folder and found.layer is not None:
        return at(route, found.path, layer=str(found.layer))
    return at(route, found.path)


def form(route: Route, path: str, as_: str, start: int) -> str:
    """The same file in another form, or another part of it."""
    layer = route.parameter("layer")
    return at(route, path, **{"layer": layer, "as": as_, "at": str(start) if start else None})


def layer(route: Route, ref: LayerRef, platform: str | None = None) -> str:
    """One layer's own page; what the manifest says of it goes along as hints."""
    moved = route.at_view("layer", str(ref.digest))
    hints = [("platform", platform), ("type", ref.media_type), ("size", None if ref.size is None else str(ref.size))]
    return str(moved.with_query([(key, text) for key, text in hints if text]))
