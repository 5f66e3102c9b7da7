"""What refers to a manifest, wherever registries and clients keep it: one tree, each part opened in its place."""

from collections.abc import Mapping

from app.state.model import AppState
from app.state.referrers_model import ReferrersPage
from app.state.renderer import RegionView
from app.trust.referrer import Place, ReferrerTree, Trouble
from app.view import frame, links
from app.view.components import badge, digest_link, icon, kind_word, notice, page_head, section, skeleton
from app.view.format import listed, plural
from app.view.markup import Element, Node, el, foreign, render
from app.view.referrer_node import PLACES, kind, nodes
from app.view.tabs import OF_AN_IMAGE, OF_ANOTHER, tabs

_MOST_TYPES = 20


def title(state: AppState) -> str:
    return f"What refers to {frame.named(state.route)}"


def announce(state: AppState) -> str:
    page = state.page
    told = frame.announcement(state, "referrers")
    if told is not None or not isinstance(page, ReferrersPage):
        return told or ""
    if page.tree is None or not page.tree.complete:
        return title(state)
    return f"{title(state)}: {counted(page.tree)}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, ReferrersPage):
        return ()
    rows = 0 if page.tree is None else sum(1 for _ in page.tree.walk())
    key = ("referrers", *frame.key(state), page, state.loading)
    return (RegionView("main", key, lambda: render(_page(state, page)), rows),)


def counted(tree: ReferrerTree) -> str:
    """How many of each kind: 2 signatures, 1 sbom."""
    kinds: dict[str, int] = {}
    for _, one in tree.walk():
        kinds[kind(one)] = kinds.get(kind(one), 0) + 1
    if not kinds:
        return "nothing found"
    return listed(tuple(plural(number, kind_word(one)) for one, number in kinds.items()))


def _page(state: AppState, page: ReferrersPage) -> Element:
    facts = el("p.facts", None, _progress(state, page))
    head = page_head(
        ("What refers to ", el("a.mono", {"href": links.here(state.route)}, foreign(frame.named(state.route)))),
        facts,
        mono=False,
    )
    if page.tree is None:
        waiting = state.failure is None and not frame.asking(state)
        card = el("div.card.card-body", None, skeleton("The manifest is being read"))
        return frame.page(state, "referrers", head, _tabs(state, page), card if waiting else None)
    return frame.page(
        state,
        "referrers",
        head,
        _tabs(state, page),
        _filter(state, page, page.tree),
        _tree(state, page, page.tree),
        _troubles(page.tree),
        _about(),
    )


def _tabs(state: AppState, page: ReferrersPage) -> Element:
    from app.oci.kind import kind_of

    found = None if page.fetched is None else kind_of(page.fetched.document)
    return tabs(state.route, "referrers", None, OF_AN_IMAGE if found in (None, "image", "index") else OF_ANOTHER)


def _progress(state: AppState, page: ReferrersPage) -> Element:
    tree = page.tree
    if tree is None or not tree.complete:
        found = "" if tree is None or not tree.referrers else f": {counted(tree)} so far"
        words = f"Looking for signatures, attestations and SBOMs{found}"
        if not state.loading:
            return el("span", {"role": "status"}, "Not looked for to the end")
        return el("span", None, icon("spin", "spin"), " ", words)
    return el("span", {"role": "status"}, f"Found: {counted(tree)}")


def _filter(state: AppState, page: ReferrersPage, tree: ReferrerTree) -> Node:
    here = state.route.with_query(())
    types = dict.fromkeys(one.descriptor.artifact_type for _, one in tree.walk() if one.descriptor.artifact_type)
    if page.artifact_type is not None:
        types = {page.artifact_type: None, **types}
    if not types:
        return None
    choices = [("all types", str(here), page.artifact_type is None)]
    choices += [(one, str(here.with_query((("type", one),))), one == page.artifact_type) for one in types]
    shown = [el("li", None, _choice(name, href, current)) for name, href, current in choices[: _MOST_TYPES + 1]]
    return el(
        "nav.flow",
        {"aria-label": "Artifact type"},
        el("ul.row", None, el("li.muted", None, "Only of type"), shown),
        el("p.muted.small", None, _who_filtered(tree)) if page.artifact_type is not None else None,
    )


def _choice(name: str, href: str, current: bool) -> Element:
    said: Node = el("b", None, foreign(name)) if current else foreign(name)
    return el("a.mono.small", {"href": href, "aria-current": "true" if current else None}, said)


def _who_filtered(tree: ReferrerTree) -> str:
    if tree.supported is None:
        return "The registry was asked for that type alone."
    if not tree.supported:
        return "The registry has no referrers API: what it keeps under tags was filtered here."
    if tree.filtered:
        return "The registry filtered its list itself (OCI-Filters-Applied: artifactType); tags were filtered here."
    return "The registry was asked for that type alone and does not say that it filtered: it was filtered here."


def _tree(state: AppState, page: ReferrersPage, tree: ReferrerTree) -> Element:
    children = nodes(state, page, tree.referrers, tree.subject)
    root = el(
        "li",
        None,
        el(
            "div.tree-node",
            None,
            badge(_own_kind(page)),
            el("b", None, "this manifest"),
            digest_link(tree.subject, links.manifest(state.route, tree.subject)),
        ),
        el("ul", None, children) if children else None,
    )
    empty: Node = None
    if not tree.referrers and tree.complete:
        what = "of that type " if page.artifact_type is not None else ""
        empty = el("p.muted", None, f"No signature, SBOM or other manifest {what}refers to this one.")
    left = tree.left_out
    more = f"{plural(left, 'manifest')} not asked about: the tree is too large or too deep." if left else None
    return section(
        "tree",
        "The tree",
        el("div.card.card-body", None, el("ul.tree", None, root), empty),
        el("p.muted.small", None, more) if more else None,
        _without_api(tree),
    )


def _own_kind(page: ReferrersPage) -> str:
    from app.oci.kind import kind_of

    return "image" if page.fetched is None else kind_of(page.fetched.document)


def _without_api(tree: ReferrerTree) -> Node:
    if tree.supported is not False:
        return None
    return el(
        "p.muted.small",
        None,
        "This registry has no referrers API that a page can read, so tags made of the digest were looked for instead.",
    )


def _troubles(tree: ReferrerTree) -> Node:
    if not tree.troubles:
        return None
    from app.view.problem import brief

    found: dict[tuple[Place, str], list[Trouble]] = {}
    for one in tree.troubles:
        found.setdefault((one.place, brief(one.error)), []).append(one)
    lines = [el("li", None, _trouble(place, said, of)) for (place, said), of in found.items()]
    unanswered = any(said == "no answer" for _, said in found)
    return notice(
        "warn",
        "Not every place could be looked at",
        el("ul", None, lines),
        el(
            "p.muted.small",
            None,
            "Where a registry says without CORS headers that a tag is not there, a page gets no answer at all: most of "
            "these places may simply be empty.",
        )
        if unanswered
        else None,
    )


def _trouble(place: Place, said: str, of: list[Trouble]) -> Node:
    whose: Mapping[str, None] = dict.fromkeys(f"{one.digest.algorithm}:{one.digest.short}" for one in of)
    shown = listed(tuple(list(whose)[:3]))
    more = f" and {len(whose) - 3} more" if len(whose) > 3 else ""
    return (el("b", None, PLACES[place]), f": {said}, for ", el("span.mono.small", None, shown), more)


def _about() -> Element:
    return el(
        "p.muted.small",
        None,
        "Looked at: the registry's referrers API or the tag that stands in for it, cosign's tags .sig, .att and .sbom, "
        "and BuildKit's entries in the index; and the same for everything found. Whoever may push can add any of "
        "these. Opening one shows what was checked of it and what was not.",
    )
