"""The row of views of one manifest: links to routes, the present one marked."""

from collections.abc import Collection, Mapping
from typing import Literal

from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest, Unknown
from app.oci.schema1 import Schema1
from app.state.route import Route
from app.view.markup import Element, el, hostile

Tab = Literal["overview", "layers", "files", "config", "referrers", "json"]

PART = "part"
"""The word of the query that shows one part of a manifest's page alone."""

_NAMES: Mapping[Tab, str] = {
    "overview": "Overview",
    "layers": "Layers",
    "files": "Files",
    "config": "Config",
    "referrers": "Referrers",
    "json": "JSON",
}
# Views of their own; the others are parts of the manifest's page.
_VIEWS: Mapping[Tab, str] = {"files": "files", "referrers": "referrers", "json": "raw"}
_PARTS = frozenset(("layers", "config"))

OF_AN_IMAGE: Collection[Tab] = ("overview", "layers", "files", "config", "referrers", "json")
OF_ANOTHER: Collection[Tab] = ("overview", "referrers", "json")


def tabs(
    route: Route, current: Tab, counts: Mapping[Tab, int] | None = None, shown: Collection[Tab] = OF_AN_IMAGE
) -> Element:
    """The row. `route`: of the manifest, in any view of it; its platform goes along. `counts`: the number after a name.

    `shown`: which of them the manifest has.
    """
    found = counts or {}
    return el(
        "nav.tabs",
        {"aria-label": "Views of this manifest"},
        el("ul", None, [el("li", None, _tab(route, one, one == current, found.get(one))) for one in shown]),
    )


def href(route: Route, tab: Tab) -> str:
    """Where a tab leads."""
    platform = route.parameter("platform")
    query = (("platform", platform),) if platform is not None else ()
    if tab in _PARTS:
        query = (*query, (PART, tab))
    return str(route.at_manifest(route.tag, route.digest).at_view(_VIEWS.get(tab)).with_query(query))


def has_layers(document: Manifest | Index | Schema1 | Unknown) -> bool:
    """Whether it is an image, or an index of images."""
    if isinstance(document, Index):
        return any(one.platform is not None for one in document.manifests)
    return kind_of(document) == "image"


def part_of(route: Route) -> Tab | None:
    """The part of a manifest's page that is shown alone, None for all of it."""
    asked = route.parameter(PART)
    return next((one for one in _NAMES if one in _PARTS and one == asked), None)


def _tab(route: Route, tab: Tab, current: bool, count: int | None) -> Element:
    return el(
        "a",
        {"href": href(route, tab), "aria-current": "page" if current else None},
        _NAMES[tab],
        (" ", el("span.count", None, hostile(f"{count:,}"))) if count is not None else None,
    )
