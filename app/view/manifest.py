"""A manifest's page: an index with its platforms, an image, an artifact."""

from app.client.registry import Fetched
from app.oci.descriptor import Descriptor
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest, Unknown
from app.oci.schema1 import Schema1
from app.state.model import AppState, ManifestPage
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.annotations import annotations
from app.view.compare_form import compare_menu
from app.view.components import (
    badge,
    button_link,
    copy,
    digest_stat,
    kind_word,
    moment,
    notice,
    page_head,
    section,
    skeleton,
    stats,
)
from app.view.format import exact_size, plural, size
from app.view.markup import Element, Node, el, foreign, group, render, wrapping
from app.view.pull_menu import pull_menu
from app.view.referrers import referrers
from app.view.tabs import OF_AN_IMAGE, OF_ANOTHER, Tab, has_layers, part_of, tabs

_CREATED = "org.opencontainers.image.created"


def title(state: AppState) -> str:
    return frame.named(state.route)


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, ManifestPage):
        return ""
    told = frame.announcement(state, "manifest")
    if told is not None or page.fetched is None:
        return told or ""
    document = page.fetched.document
    if isinstance(document, Index):
        return f"{title(state)}: index of {plural(len(document.manifests), 'manifest')}"
    layers = plural(len(document.layers), "layer") if isinstance(document, Manifest | Schema1) else "of an unknown type"
    return f"{title(state)}: {kind_word(kind_of(document))}, {layers}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, ManifestPage):
        return ()
    layers = page.image.document.layers if page.image is not None and isinstance(page.image.document, Manifest) else ()
    key = ("manifest", *frame.key(state), page, state.loading, part_of(state.route))
    return (RegionView("main", key, lambda: render(_page(state, page)), len(page.children) + len(layers)),)


def _heading(state: AppState) -> Node:
    # The whole digest is below; in the heading it would push everything else off a phone.
    route = state.route
    host = route.registry.netloc if route.registry is not None else ""
    suffix = f":{route.tag}" if route.tag is not None else ""
    whole = f"{host}/{route.repository}{suffix}" + (f"@{route.digest}" if route.digest is not None else "")
    return (foreign(frame.named(route)), copy(whole, f"reference {frame.named(route)}"))


def _page(state: AppState, page: ManifestPage) -> Element:
    fetched = page.fetched
    if fetched is None:
        waiting = state.failure is None and not frame.asking(state)
        return frame.page(
            state,
            "manifest",
            page_head(_heading(state), el("p.facts", None, el("span", None, "Manifest"))),
            _waiting() if waiting else None,
        )
    return frame.page(
        state,
        "manifest",
        page_head(_heading(state), _facts(fetched), _actions(state, fetched)),
        _tabs(state, page, fetched),
        _body(state, page, fetched),
    )


def _tabs(state: AppState, page: ManifestPage, fetched: Fetched) -> Element:
    shown = page.image.document if page.image is not None else None
    layered = has_layers(fetched.document)
    counts: dict[Tab, int] = {}
    if isinstance(shown, Manifest) and layered:
        counts["layers"] = len(shown.layers)
    if page.referrers is not None:
        counts["referrers"] = len(page.referrers)
    return tabs(state.route, part_of(state.route) or "overview", counts, OF_AN_IMAGE if layered else OF_ANOTHER)


def _facts(fetched: Fetched) -> Element:
    document = fetched.document
    subject = document.subject if isinstance(document, Manifest | Index) else None
    return el(
        "p.facts",
        None,
        badge(kind_of(document)),
        el("span.mono.small", None, wrapping(fetched.media_type)) if fetched.media_type else None,
        el(
            "span",
            None,
            "refers to ",
            el("span.mono.small", None, f"{subject.digest.algorithm}:{subject.digest.short}"),
        )
        if subject is not None
        else None,
    )


def _actions(state: AppState, fetched: Fetched) -> Node:
    route = state.route
    menu = (
        pull_menu(route.registry, route.repository, route.tag, fetched.digest, kind_of(fetched.document))
        if route.registry is not None and route.repository is not None
        else None
    )
    # Without a tag the address is permanent as it is.
    permanent = (
        button_link(
            links.pinned(route, fetched.digest), "Permanent link", el("kbd.hint", {"aria-hidden": "true"}, "y"), key="y"
        )
        if route.digest is None
        else None
    )
    return (permanent, compare_menu(), menu)


def _body(state: AppState, page: ManifestPage, fetched: Fetched) -> Node:
    document = fetched.document
    if isinstance(document, Index):
        return _index(state, page, fetched, document)
    if isinstance(document, Schema1):
        from app.view.schema1 import schema1

        return (_stats(state, fetched), schema1(state, document))
    if isinstance(document, Unknown):
        return (_stats(state, fetched), _unknown(state, document))
    if kind_of(document) == "image":
        from app.view import image

        extra = (referrers(state, page), annotations(document.annotations))
        return image.image(state, page, fetched, document, extra)
    return _artifact(state, page, fetched, document)


def _index(state: AppState, page: ManifestPage, fetched: Fetched, document: Index) -> Node:
    from app.view.platforms import choices, chosen, platforms

    created = document.annotations.get(_CREATED)
    real = [one for one in document.manifests if one.platform is not None and one.platform.os != "unknown"]
    entries = (
        ("Index size", exact_size(len(fetched.raw))),
        ("Created", moment(created)) if created is not None else None,
        ("Platforms", str(len(real))) if real else ("Manifests", str(len(document.manifests))),
    )
    selected = chosen(page)
    if part_of(state.route) is not None:
        return (choices(state, page, selected), _below(state, page, selected, ()))
    own = (referrers(state, page), annotations(document.annotations, "Annotations of the index"))
    return (
        stats(*entries, lead=digest_stat(fetched.digest, checked=_checked(state, fetched))),
        platforms(state, page, selected),
        _below(state, page, selected, own),
    )


def _below(state: AppState, page: ManifestPage, selected: Descriptor | None, own: tuple[Node, ...]) -> Node:
    """The image of the chosen platform, and what the index has of its `own`."""
    if page.image is not None and isinstance(page.image.document, Manifest):
        from app.view import image

        return image.under_index(state, page, page.image, page.image.document, selected, own)
    failed = page.config_failure is not None
    waiting = state.loading and not failed and bool(page.children)
    return (
        section("image", "Image", el("div.card.card-body", None, skeleton("The image is being read")))
        if waiting
        else None,
        frame.failure(state, page.config_failure, "row", level="h3"),
        el("div.split.split--2", None, *own),
    )


def _artifact(state: AppState, page: ManifestPage, fetched: Fetched, document: Manifest) -> Node:
    from app.view.files import files
    from app.view.kind_facts import kind_facts
    from app.view.kind_note import kind_note

    total = sum(layer.size for layer in document.layers) + (document.config.size if document.config else 0)
    created = document.annotations.get(_CREATED)
    entries = (
        ("Size", size(total)),
        ("Files", str(len(document.layers))),
        ("Created", moment(created)) if created is not None else None,
    )
    return (
        stats(*entries, lead=digest_stat(fetched.digest, checked=_checked(state, fetched))),
        kind_note(document),
        kind_facts(state, document, page.facts),
        files(state, document),
        el("div.split.split--2", None, referrers(state, page), annotations(document.annotations)),
    )


def _stats(state: AppState, fetched: Fetched) -> Element:
    lead = digest_stat(fetched.digest, checked=_checked(state, fetched))
    return stats(("Manifest size", exact_size(len(fetched.raw))), lead=lead)


def _checked(state: AppState, fetched: Fetched) -> bool:
    """Whether there was a digest to check the bytes against: the one asked for or the one the registry stated."""
    return state.route.digest is not None or fetched.stated is not None


def _unknown(state: AppState, document: Unknown) -> Element:
    return notice(
        "plain",
        "Portolan does not know this kind of document",
        el("p", None, foreign(document.reason)),
        el("p", None, "Its JSON can be read all the same."),
        el("p.row", None, button_link(links.raw(state.route), "Show the JSON")),
    )


def _waiting() -> Element:
    bars = [el("p", None, skeleton("The manifest is being read" if number == 0 else "")) for number in range(5)]
    return group(
        stats(("Size", skeleton("")), ("Created", skeleton("")), lead=("Digest", skeleton(""))),
        el("div.card.card-body.flow", None, bars),
    )
