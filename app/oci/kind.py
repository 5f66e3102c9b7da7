"""What a manifest is to a person: an image, a chart, a signature …"""

from collections.abc import Iterable
from typing import Literal

from app.oci import media_type as types
from app.oci.index import Index
from app.oci.manifest import Manifest, Unknown
from app.oci.schema1 import Schema1

Kind = Literal["index", "image", "schema1", "chart", "wasm", "signature", "attestation", "sbom", "artifact"]

# By how an artifact type, a config's type or a layer's type starts; versions and suffixes vary.
_BY_PREFIX: tuple[tuple[str, Kind], ...] = (
    ("application/vnd.cncf.helm.", "chart"),
    ("application/vnd.wasm.", "wasm"),
    ("application/vnd.bytecodealliance.wasm.", "wasm"),
    ("application/vnd.module.wasm.", "wasm"),
    (types.WASM, "wasm"),
    (types.COSIGN_SIMPLE_SIGNING, "signature"),
    (types.COSIGN_SIGNATURE, "signature"),
    (types.NOTATION_SIGNATURE, "signature"),
    ("application/jose", "signature"),
    ("application/cose", "signature"),
    (types.COSIGN_ATTESTATION, "attestation"),
    ("application/vnd.in-toto", "attestation"),
    ("application/vnd.dsse.envelope", "attestation"),
    (types.COSIGN_SBOM, "sbom"),
    ("application/spdx", "sbom"),
    ("text/spdx", "sbom"),
    ("application/vnd.cyclonedx", "sbom"),
    ("application/vnd.syft", "sbom"),
)
_BUNDLE_PREFIX = "application/vnd.dev.sigstore.bundle"
_BUNDLE_CONTENT = "dev.sigstore.bundle.content"
_BUNDLE_PREDICATE = "dev.sigstore.bundle.predicateType"
_BUNDLE_SIGNS = ("https://sigstore.dev/cosign/sign/", "https://cosign.sigstore.dev/attestation/sign/")


def kind_of(manifest: Manifest | Index | Schema1 | Unknown) -> Kind:
    """The kind of a manifest, by artifact type, else config, else layers (image-spec manifest.md, `artifactType`).

    cosign's `.sig` tags and buildkit's attestations carry an image's config, so layers that agree overrule it.
    """
    if isinstance(manifest, Index):
        return "index"
    if isinstance(manifest, Schema1):
        return "schema1"
    if isinstance(manifest, Unknown):
        return "artifact"
    config = types.essence(manifest.config.media_type) if manifest.config else ""
    layers = [types.essence(layer.media_type) for layer in manifest.layers]
    for evidence in ([types.essence(manifest.artifact_type or "")], [config], layers):
        kind = _agreed(evidence, manifest)
        if kind is not None:
            return kind
    is_image = config in (types.OCI_CONFIG, types.DOCKER_CONFIG) and not manifest.artifact_type
    return "image" if is_image else "artifact"


def _agreed(evidence: Iterable[str], manifest: Manifest) -> Kind | None:
    # A chart's layers are the chart and its provenance, both of one family, hence all must agree.
    kinds = {_by_type(media_type, manifest) for media_type in evidence}
    return kinds.pop() if len(kinds) == 1 else None


def _by_type(media_type: str, manifest: Manifest) -> Kind | None:
    if media_type.startswith(_BUNDLE_PREFIX):
        return _bundle(manifest)
    for prefix, kind in _BY_PREFIX:
        if media_type.startswith(prefix):
            return kind
    return None


def _bundle(manifest: Manifest) -> Kind:
    # cosign's specs/BUNDLE_SPEC.md: the annotations of a bundle's manifest tell what is in it.
    annotations = manifest.annotations
    predicate = annotations.get(_BUNDLE_PREDICATE, "")
    signs = annotations.get(_BUNDLE_CONTENT) == "message-signature" or predicate.startswith(_BUNDLE_SIGNS)
    return "attestation" if predicate and not signs else "signature"
