"""Two references side by side: platforms, config, layers, packages, files."""

from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.state.compare_model import ComparePage, Side
from app.state.model import AppState
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.compare_config import config_section
from app.view.compare_files import files_section
from app.view.compare_form import compare_form
from app.view.compare_index import index_section
from app.view.compare_layers import layers_of, layers_section
from app.view.compare_packages import packages_section
from app.view.compare_table import same, two_sided
from app.view.components import badge, digest_link, link, moment, notice, outcome, page_head, section, skeleton
from app.view.format import plural, size
from app.view.markup import Element, Node, el, foreign, hostile, render


def title(state: AppState) -> str:
    page = state.page
    first = frame.named(state.route)
    if not isinstance(page, ComparePage) or page.right is None:
        return f"Compare {first}"
    return f"{first} and {frame.named(page.right.route)}"


def announce(state: AppState) -> str:
    page = state.page
    told = frame.announcement(state, "manifest")
    if told is not None or not isinstance(page, ComparePage):
        return told or ""
    if page.mistake is not None:
        return hostile(page.mistake[1])
    if page.right is None or page.left.fetched is None or page.right.fetched is None:
        return title(state)
    return f"{title(state)}: {'the same' if _same(page.left, page.right) else 'they differ'}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, ComparePage):
        return ()
    rows = 0 if page.files is None else min(page.files.shown, len(page.files.changes))
    key = ("compare", *frame.key(state), page, state.loading)
    return (RegionView("main", key, lambda: render(_page(state, page)), rows),)


def _page(state: AppState, page: ComparePage) -> Element:
    if page.right is None:
        head = page_head(("Compare ", _place(page.left)), mono=False)
        form = el("div.card.card-body", None, compare_form(page.typed, page.mistake))
        return frame.page(state, "manifest", head, form)
    right = page.right
    head = page_head(
        ("Compare ", _place(page.left), " with ", _place(right)),
        el("p.facts", None, link(_swapped(page.left, right), "Swap them")),
        mono=False,
    )
    return frame.page(
        state,
        "manifest",
        head,
        _missing(right),
        _overview(state, page, right),
        index_section(page),
        _no_platform(page, right),
        layers_section(page),
        config_section(page),
        packages_section(page, loading=state.loading),
        files_section(page),
        section("another", "Another one", el("div.card.card-body", None, compare_form(page.typed, page.mistake))),
    )


def _place(side: Side) -> Element:
    route = side.route
    return el("a.mono", {"href": str(route)}, foreign(frame.named(route)))


def _swapped(left: Side, right: Side) -> str:
    from app.state.compare_model import address

    return str(address(right.route, left.route))


def _same(left: Side, right: Side) -> bool:
    return left.fetched is not None and right.fetched is not None and left.fetched.digest == right.fetched.digest


def _missing(right: Side) -> Node:
    """What to do where the second one cannot be read: its own page can ask for what it needs."""
    if right.failure is None:
        return None
    from app.view.problem import brief

    host = right.route.registry.netloc if right.route.registry is not None else ""
    said = brief(right.failure.error)
    what = "Its config" if right.fetched is not None else "The second one"
    return notice(
        "warn",
        f"{what} could not be read",
        el("p", None, el("span.mono", None, foreign(host)), f" was asked: {said}."),
        el(
            "p",
            None,
            "Open ",
            link(str(right.route), "the second one on its own page"),
            ": there you can sign in, or see what is the matter. Then come back here; this tab keeps who you are.",
        ),
    )


def _overview(state: AppState, page: ComparePage, right: Side) -> Element:
    left = page.left
    known = left.fetched is not None and right.fetched is not None
    rows: list[tuple[Node, Node, Node, Node]] = [
        ("Registry", _registry(left), _registry(right), same(left.route.registry == right.route.registry)),
        ("Read as", _identity(state, left), _identity(state, right), None),
        ("Digest", _digest(state, left), _digest(state, right), same(_same(left, right) if known else None)),
        ("Kind", _kind(left), _kind(right), same(_word(left) == _word(right) if known else None)),
    ]
    if left.image is not None and right.image is not None:
        rows += [
            ("Compressed", _size(left), _size(right), None),
            ("Layers", str(len(layers_of(left))), str(len(layers_of(right))), None),
        ]
    if left.config is not None and right.config is not None:
        rows.append(("Created", moment(left.config.created), moment(right.config.created), None))
    return section("overview", "Both", two_sided("Both references", "What", rows))


def _registry(side: Side) -> Element:
    host = side.route.registry.netloc if side.route.registry is not None else ""
    return el("a.mono", {"href": links.registry(side.route)}, foreign(host))


def _identity(state: AppState, side: Side) -> Node:
    if side.fetched is None:
        return "not read"
    return foreign(side.identity) if side.identity is not None else "nobody signed in"


def _digest(state: AppState, side: Side) -> Node:
    if side.fetched is None:
        return skeleton("being read") if state.loading and side.failure is None else "not read"
    return digest_link(side.fetched.digest, links.manifest(side.route, side.fetched.digest))


def _word(side: Side) -> str:
    return kind_of(side.fetched.document) if side.fetched is not None else ""


def _kind(side: Side) -> Node:
    if side.fetched is None:
        return "not read"
    document = side.fetched.document
    many = f" of {plural(len(document.manifests), 'manifest')}" if isinstance(document, Index) else ""
    return (badge(kind_of(document)), many)


def _size(side: Side) -> str:
    document = side.image.document if side.image is not None else None
    config = document.config.size if isinstance(document, Manifest) and document.config is not None else 0
    return size(sum(one.size for one in layers_of(side)) + config)


def _no_platform(page: ComparePage, right: Side) -> Node:
    if page.left.fetched is None or right.fetched is None:
        return None
    if page.left.image is not None and right.image is not None:
        if page.left.chosen is None and right.chosen is None:
            return None
        shown = next((one for one in (page.left.chosen, right.chosen) if one is not None), None)
        platform = str(shown.platform) if shown is not None and shown.platform is not None else "the first manifest"
        return el("p", None, "Compared below: ", el("b.mono", None, foreign(platform)))
    if right.failure is not None or page.left.failure is not None:
        return None
    return notice(
        "plain",
        "There is no image to compare below",
        el("p", None, "One of the two has none of that platform. ", outcome("warn", "choose another platform")),
    )
