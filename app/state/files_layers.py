"""Which layers a route means: those of the manifest it names, of one platform of an index, or one blob alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.client.errors import ClientError
from app.client.registry import CONFIG_LIMIT, Fetched
from app.layers.soci import INDEX_DIGEST
from app.oci.config import ImageConfig, layer_history, parse_config
from app.oci.digest import DigestError, parse_digest
from app.oci.document import InvalidDocument
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.oci.schema1 import Schema1
from app.oci.value import value
from app.state.files_model import LayerRef, Unsuitable
from app.state.manifest_page import choose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.oci.descriptor import Descriptor
    from app.oci.digest import Digest
    from app.state.route import Route
    from app.state.work import Work

_DEEPEST = 4


@value
class Image(NamedTuple):
    """The layers, base first. `platform`: the one of an index that was taken; `platforms`: those it has.

    `manifest`: of an image, else None. `soci`: the SOCI index that annotations name.
    """

    layers: tuple[LayerRef, ...]
    unsuitable: Unsuitable | None = None
    platform: str | None = None
    platforms: tuple[str, ...] = ()
    manifest: Digest | None = None
    soci: Digest | None = None


async def find_layers(work: Work) -> Image:
    """What the route of that work means. Raises `app.client.errors` and `app.auth.errors`."""
    route = work.route
    if route.tag is None and route.digest is None:
        return Image(() if route.blob is None else (_alone(route, route.blob),))
    image = await _of_manifest(work)
    if route.blob is None:
        return image
    known = next((layer for layer in image.layers if layer.digest == route.blob), None)
    return image._replace(layers=(known or _alone(route, route.blob),), unsuitable=None)


async def _of_manifest(work: Work) -> Image:
    route = work.route
    repository = route.repository or ""
    fetched = await work.client.manifest(repository, route.digest or route.tag or "")
    platform: str | None = None
    platforms: tuple[str, ...] = ()
    soci: Digest | None = None
    for _ in range(_DEEPEST):
        if not isinstance(fetched.document, Index):
            break
        found = choose(fetched.document.manifests, route.parameter("platform"))
        if found is None:
            return Image((), "no-layers")
        platform = platform or (str(found.platform) if found.platform is not None else None)
        platforms = platforms or _platforms(fetched.document)
        soci = _soci(found.annotations)
        fetched = await work.client.manifest(repository, found.digest, found.media_type)
    document = fetched.document
    if isinstance(document, Schema1):
        lines = [line.created_by for line in document.history]
        told = [*lines, *[None] * len(document.layers)]
        refs = tuple(
            LayerRef(number, digest, "", None, None, {}, (), None, said)
            for number, (digest, said) in enumerate(zip(document.layers, told, strict=False), 1)
        )
        return Image(refs, None if refs else "no-layers")
    if not isinstance(document, Manifest):
        return Image((), "unknown", platform, platforms)
    if kind_of(document) != "image":
        refs = _refs(document, None)
        return Image(refs, _unsuitable(document, refs), platform, platforms)
    refs = _refs(document, await _config(work, fetched))
    soci = _soci(document.annotations) or soci
    return Image(refs, _unsuitable(document, refs), platform, platforms, fetched.digest, soci)


def _soci(annotations: Mapping[str, str]) -> Digest | None:
    """soci-snapshotter docs/soci-index-manifest-v2.md: of a manifest, or of its entry in an index."""
    try:
        return parse_digest(annotations.get(INDEX_DIGEST, ""))
    except DigestError:
        return None


def _platforms(document: Index) -> tuple[str, ...]:
    names = (
        str(one.platform) for one in document.manifests if one.platform is not None and one.platform.os != "unknown"
    )
    return tuple(dict.fromkeys(names))


def _unsuitable(document: Manifest, refs: tuple[LayerRef, ...]) -> Unsuitable | None:
    if not refs:
        return "no-layers"
    if kind_of(document) != "image" and not any("tar" in ref.media_type for ref in refs):
        return "no-archive"
    return None


async def _config(work: Work, fetched: Fetched) -> ImageConfig | None:
    """For diff_ids and history; without it the files can be shown all the same."""
    document = fetched.document
    if not isinstance(document, Manifest) or document.config is None:
        return None
    try:
        digest = document.config.digest
        return parse_config(await work.client.blob(work.route.repository or "", digest, CONFIG_LIMIT))
    except (LoginRequired, ApprovalRequired):
        raise
    except (AuthError, ClientError, InvalidDocument):
        return None


def _refs(document: Manifest, config: ImageConfig | None) -> tuple[LayerRef, ...]:
    said: dict[int, str | None] = {}
    diff_ids: tuple[Digest, ...] = ()
    if config is not None:
        steps = layer_history(config, document.layers)
        said = {step.number: step.history.created_by for step in steps if step.number and step.history}
        diff_ids = config.diff_ids if len(config.diff_ids) == len(document.layers) else ()
    return tuple(
        _ref(number, layer, diff_ids[number - 1] if diff_ids else None, said.get(number))
        for number, layer in enumerate(document.layers, 1)
    )


def _ref(number: int, layer: Descriptor, diff_id: Digest | None, said: str | None) -> LayerRef:
    return LayerRef(
        number, layer.digest, layer.media_type, layer.size, diff_id, layer.annotations, layer.urls, layer.data, said
    )


def _alone(route: Route, digest: Digest) -> LayerRef:
    """A blob of which the link alone tells, if anything."""
    size = route.parameter("size") or ""
    octets = int(size) if size.isascii() and size.isdecimal() and len(size) < 16 else None
    return LayerRef(1, digest, route.parameter("type") or "", octets, None, {}, (), None, None)
