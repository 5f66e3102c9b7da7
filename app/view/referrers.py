"""What refers to a manifest: signatures, SBOMs, attestations."""

from app.oci.descriptor import Descriptor
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.state.model import AppState, ManifestPage
from app.view import links
from app.view.components import badge, copy, notice, section, skeleton
from app.view.format import plural, size
from app.view.markup import Element, Node, el, foreign

MOST = 100


def referrers(state: AppState, page: ManifestPage) -> Element | None:
    """The section of the manifest that the page is about."""
    if page.fetched is None:
        return None
    href = str(state.route.with_query(()).at_view("referrers"))
    return section(
        "referrers",
        "Referrers",
        _content(state, page),
        # The tags cost some requests for each manifest, so they are asked for on a page of their own.
        el("p.small", None, el("a", {"href": href}, "Open them, and look for signatures under tags too")),
    )


def _content(state: AppState, page: ManifestPage) -> Node:
    found = page.referrers
    if page.referrers_failure is not None:
        from app.view.problem import brief

        said = brief(page.referrers_failure.error)
        return notice(
            "plain", "The referrers could not be read", el("p", None, f"The registry was asked: {said}."), level="h3"
        )
    if found is None:
        return el("div.card.card-body", None, skeleton("The referrers are being read"))
    if not found:
        return el("p.card.card-body.muted", None, "No signature, SBOM or other manifest refers to this one.")
    more = len(found) - MOST
    return el(
        "div.card.card-body",
        None,
        el("ul.tree", None, [_node(state, one) for one in found[:MOST]]),
        el("p.muted.small", None, f"and {plural(more, 'more', 'more')}") if more > 0 else None,
    )


def _node(state: AppState, descriptor: Descriptor) -> Element:
    said = descriptor.artifact_type or descriptor.media_type
    return el(
        "li",
        None,
        el(
            "span.tree-node",
            None,
            badge(_kind(descriptor)),
            el("a.mono.small", {"href": links.content(state.route, descriptor)}, foreign(said)),
            el(
                "span.muted.small.nowrap",
                None,
                size(descriptor.size),
                copy(str(descriptor.digest), f"digest {descriptor.digest.short}…"),
            ),
        ),
    )


def _kind(descriptor: Descriptor) -> str:
    # distribution-spec, "Listing Referrers": the descriptor carries the artifact type and annotations of its manifest.
    return kind_of(Manifest(descriptor.media_type, 2, descriptor.artifact_type, None, (), None, descriptor.annotations))
