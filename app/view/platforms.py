"""The platforms of an index, filled in as their manifests are read."""

from app.oci.descriptor import Descriptor
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.state.model import AppState, Child, ManifestPage
from app.view import links
from app.view.components import badge, digest_link, hidden, notice, outcome, section, skeleton
from app.view.format import plural, size
from app.view.markup import Element, Node, el, foreign
from app.view.tables import body, cell, column, row, row_head, table
from app.view.tabs import href, part_of

MOST = 150
"""Rows of an index that are shown; its JSON has them all."""

# buildkit's attestations: manifests of no platform whose annotations say which image of the same index they are about.
_TITLE = "org.opencontainers.image.title"
_REF_NAME = "org.opencontainers.image.ref.name"
_REFERENCE_TYPE = "vnd.docker.reference.type"
_REFERENCE_DIGEST = "vnd.docker.reference.digest"


def chosen(page: ManifestPage) -> Descriptor | None:
    """The manifest of the index that is shown below its table."""
    if page.image is None:
        return None
    return next((child.descriptor for child in page.children if child.descriptor.digest == page.image.digest), None)


def platforms(state: AppState, page: ManifestPage, selected: Descriptor | None) -> Element:
    """The table of an index."""
    if not page.children:
        return section(
            "platforms",
            "Platforms",
            notice("plain", "This index is empty", el("p", None, "It names no manifest."), level="h3"),
        )
    names = {
        str(child.descriptor.digest): name(child.descriptor) for child in page.children if child.descriptor.platform
    }
    rows = [_row(state, child, names, child.descriptor == selected) for child in page.children[:MOST]]
    heading = (
        "Platforms"
        if any(not _is_about(child.descriptor) and child.descriptor.platform for child in page.children)
        else "Manifests"
    )
    more = len(page.children) - MOST
    columns = (
        column("Platform"),
        column("Digest"),
        column("Type"),
        column("Layers", "num"),
        column("Size", "num"),
        column(hidden("State")),
    )
    return section(
        "platforms",
        heading,
        table("Platforms in this index", columns, body(rows)),
        el(
            "p.muted.small",
            None,
            f"{plural(more, 'manifest')} more in the ",
            el("a", {"href": links.raw(state.route)}, "JSON"),
            ".",
        )
        if more > 0
        else None,
        _absent(page),
        _explained(page),
    )


def _explained(page: ManifestPage) -> Element | None:
    """What the manifests of no platform are, which look like a mistake."""
    if not any(_is_about(child.descriptor) for child in page.children):
        return None
    return el(
        "p.muted.small",
        None,
        "Attestations say what an image was built from and how. BuildKit keeps them in the index under the platform ",
        el("code", None, "unknown/unknown"),
        ", so that no client takes one for an image.",
    )


def choices(state: AppState, page: ManifestPage, selected: Descriptor | None) -> Element | None:
    """The platforms as links alone, above one part of the image of one of them."""
    part = part_of(state.route)
    real = [one.descriptor for one in page.children if one.descriptor.platform and not _is_about(one.descriptor)]
    if part is None or not real:
        return None
    items = [
        el(
            "li",
            None,
            el(
                "a.mono",
                {
                    "href": href(state.route.with_query((("platform", str(one.platform)),)), part),
                    "aria-current": "true" if one == selected else None,
                },
                foreign(name(one)),
            ),
        )
        for one in real[:MOST]
    ]
    return el(
        "nav.choices", {"aria-label": "Platform"}, el("span.muted.small", None, "Platform"), el("ul", None, items)
    )


def name(descriptor: Descriptor) -> str:
    """The platform as clients write it, with the version of the operating system where there is one."""
    platform = descriptor.platform
    if platform is None:
        return "no platform"
    return f"{platform} {platform.os_version}" if platform.os_version else str(platform)


def _is_about(descriptor: Descriptor) -> bool:
    return _REFERENCE_TYPE in descriptor.annotations


def _absent(page: ManifestPage) -> Element | None:
    if page.platform is None or any(str(child.descriptor.platform) == page.platform for child in page.children):
        return None
    asked = el("span.mono", None, foreign(page.platform))
    return notice(
        "plain", ("This index has no ", asked), el("p", None, "Another of its platforms is shown."), level="h3"
    )


def _row(state: AppState, child: Child, names: dict[str, str], current: bool) -> Element:
    descriptor = child.descriptor
    about = _is_about(descriptor)
    attributes = {"aria-current": "true"} if current else None
    return row(
        row_head("lead beside", _name(state, descriptor, names)),
        cell("fit", digest_link(descriptor.digest, links.content(state.route, descriptor))),
        cell("fit", badge(_kind(child))),
        _layers(child),
        _size(child),
        cell("act hide-narrow", (hidden("shown below"), el("span", {"aria-hidden": "true"}, "▾")) if current else None),
        kind="tr.is-current" if current else "tr.is-muted" if about else "tr",
        attributes=attributes,
    )


def _name(state: AppState, descriptor: Descriptor, names: dict[str, str]) -> Node:
    if _is_about(descriptor):
        subject = names.get(descriptor.annotations.get(_REFERENCE_DIGEST, ""))
        return el("span", None, "for ", foreign(subject) if subject else "another manifest")
    if descriptor.platform is None:
        title = descriptor.annotations.get(_TITLE) or descriptor.annotations.get(_REF_NAME)
        said = title or descriptor.artifact_type or descriptor.media_type
        return el("a.tag", {"href": links.content(state.route, descriptor)}, foreign(said))
    version = descriptor.platform.os_version
    # Several manifests may be of one platform (Windows: by version); the query names platforms, so those go by digest.
    href = links.content(state.route, descriptor) if version else links.platform(state.route, str(descriptor.platform))
    return el("a.tag", {"href": href}, foreign(name(descriptor)))


def _kind(child: Child) -> str:
    if _is_about(child.descriptor):
        return "attestation"
    if child.fetched is not None:
        return kind_of(child.fetched.document)
    return "index" if "index" in child.descriptor.media_type or "list" in child.descriptor.media_type else "image"


def _layers(child: Child) -> Element:
    document = child.fetched.document if child.fetched is not None else None
    if isinstance(document, Manifest):
        return cell("num hide-narrow", str(len(document.layers)))
    return cell("num hide-narrow")


def _size(child: Child) -> Element:
    if child.failure is not None:
        from app.view.problem import brief

        return cell("num", outcome("bad", brief(child.failure.error)))
    if child.fetched is None:
        return cell("num", skeleton("not read yet"))
    document = child.fetched.document
    if isinstance(document, Manifest):
        return cell(
            "num", size(sum(layer.size for layer in document.layers) + (document.config.size if document.config else 0))
        )
    if isinstance(document, Index):
        return cell("num", plural(len(document.manifests), "manifest"))
    return cell("num", size(len(child.fetched.raw)))
