"""An image: how big, how old, for what; its layers, its config."""

from app.client.registry import Fetched
from app.oci.config import ImageConfig
from app.oci.descriptor import Descriptor
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.state.model import AppState, ManifestPage
from app.view import links
from app.view.annotations import annotations
from app.view.base_image import base_entry, base_image
from app.view.components import badge, digest_stat, moment, pairs, section, skeleton, stats
from app.view.config import config_section
from app.view.format import size
from app.view.layers import layers
from app.view.markup import Element, Node, el, foreign
from app.view.tabs import part_of

_TITLE = "org.opencontainers.image.title"
_CREATED = "org.opencontainers.image.created"


def image(state: AppState, page: ManifestPage, fetched: Fetched, document: Manifest, extra: Node) -> Node:
    """The image that a page is about."""
    return (
        _stats(page, fetched, document, checked=state.route.digest is not None or fetched.stated is not None),
        *_parts(state, page, document, extra),
    )


def under_index(
    state: AppState,
    page: ManifestPage,
    fetched: Fetched,
    document: Manifest,
    descriptor: Descriptor | None,
    own: tuple[Node, ...],
) -> Node:
    """The image of one platform, below the table of its index. `own`: what the index itself has, beside the config."""
    platform = str(descriptor.platform) if descriptor is not None and descriptor.platform is not None else ""
    kind = kind_of(document)
    word = "Image " if kind == "image" else "Manifest "
    head = el(
        "div.section-head",
        None,
        el(
            "div.row",
            None,
            el("h2", {"id": "image-title"}, word, el("span.mono", None, foreign(platform))),
            badge(kind),
        ),
        el(
            "div.row",
            None,
            el("a", {"href": links.manifest(state.route, fetched.digest)}, "On its own page"),
            el("a", {"href": links.raw(state.route, fetched.digest)}, "JSON"),
        ),
    )
    lead = el(
        "section.section",
        {"id": "image", "aria-labelledby": "image-title"},
        head,
        _stats(page, fetched, document, checked=True),
    )
    noted = annotations(document.annotations, f"Annotations of the {word.strip().lower()}")
    if kind != "image":
        from app.view.files import files
        from app.view.kind_note import kind_note

        return (lead, kind_note(document), files(state, document), el("div.split.split--2", None, noted, *own))
    return (lead, *_parts(state, page, document, (*own, noted)))


def _parts(state: AppState, page: ManifestPage, document: Manifest, extra: Node) -> tuple[Node, ...]:
    part = part_of(state.route)
    if part == "layers":
        return (layers(state, page, document), _history(state, page, document))
    if part == "config":
        return (config_section(state, page, document), _origin(state, page, document), _history(state, page, document))
    return (
        layers(state, page, document),
        _titled(state, document),
        el(
            "div.split.split--2",
            None,
            el("div.stack", None, config_section(state, page, document), _origin(state, page, document)),
            el("div.stack", None, extra),
        ),
    )


def _titled(state: AppState, document: Manifest) -> Element | None:
    """Files that were pushed as an image, as clients do for registries that take nothing else."""
    if not any(_TITLE in layer.annotations for layer in document.layers):
        return None
    from app.view.files import files

    return files(state, document)


def _history(state: AppState, page: ManifestPage, document: Manifest) -> Element | None:
    if page.config is None or not page.config.history:
        return None
    from app.view.dockerfile import dockerfile

    base = base_image(document.annotations, page.config.labels)
    return section("dockerfile", "As a Dockerfile", dockerfile(state.route, page.config, document.layers, base))


def _origin(state: AppState, page: ManifestPage, document: Manifest) -> Element | None:
    """What it was built on, and what its times tell."""
    if page.config is None:
        return None
    from app.view.reproducible import times_entry

    index = page.fetched.document if page.fetched is not None else None
    outer = index.annotations if isinstance(index, Index) else {}
    base = base_image(document.annotations, page.config.labels, outer)
    entries: list[tuple[Node, Node]] = []
    if base is not None:
        entries.append(("Base image", base_entry(state, page, base)))
    if page.config.created or page.config.history:
        entries.append(("Times", times_entry(page.config)))
    if not entries:
        return None
    return section("origin", "How it was built", el("div.card.card-body", None, pairs(entries)))


def _stats(page: ManifestPage, fetched: Fetched, document: Manifest, *, checked: bool) -> Element:
    config = page.config
    total = sum(layer.size for layer in document.layers) + (document.config.size if document.config else 0)
    created = (config.created if config is not None else None) or document.annotations.get(_CREATED)
    waiting = config is None and page.config_failure is None and kind_of(document) == "image"
    return stats(
        ("Compressed", size(total)),
        ("Created", skeleton("") if waiting and created is None else moment(created)),
        ("Platform", foreign(platform_of(config))) if config is not None and config.os else None,
        lead=digest_stat(fetched.digest, checked=checked),
    )


def platform_of(config: ImageConfig) -> str:
    return "/".join(part for part in (config.os, config.architecture, config.variant) if part)
