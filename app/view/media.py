"""Media types, with the place that specifies them."""

from app.oci import media_type as types
from app.view.components import external
from app.view.markup import Node, foreign

_GLOSSES = {
    types.OCI_INDEX: "OCI image index",
    types.OCI_MANIFEST: "OCI image manifest",
    types.DOCKER_LIST: "Docker manifest list",
    types.DOCKER_MANIFEST: "Docker image manifest",
    types.DOCKER_SCHEMA1: "Docker schema 1",
    types.DOCKER_SCHEMA1_SIGNED: "Docker schema 1, signed",
    types.OCI_CONFIG: "OCI image config",
    types.DOCKER_CONFIG: "Docker image config",
    types.OCI_EMPTY: "empty",
    types.WASM: "WebAssembly",
    types.WASM_LAYER: "WebAssembly",
    "application/x-pem-file": "certificates or keys in PEM",
    "application/pkix-cert": "certificate",
    types.HELM_CONFIG: "Helm chart config",
    types.HELM_CHART: "Helm chart",
    types.HELM_PROVENANCE: "Helm provenance",
    types.COSIGN_SIMPLE_SIGNING: "cosign signature",
    types.SIGSTORE_BUNDLE: "Sigstore bundle",
    types.NOTATION_SIGNATURE: "Notation signature",
    types.IN_TOTO: "in-toto statement",
    types.DSSE: "DSSE envelope",
    types.SPDX: "SPDX document",
    types.CYCLONEDX: "CycloneDX document",
}


def media_type_link(media_type: str) -> Node:
    """A media type as received, a link to its specification where that is known."""
    url = types.spec_url(media_type)
    return foreign(media_type) if url is None else external(url, foreign(media_type))


def gloss(media_type: str) -> str | None:
    """What a media type is called among people."""
    plain = types.essence(media_type)
    known = _GLOSSES.get(plain)
    if known is not None:
        return known
    compression = types.layer_compression(plain)
    if compression is None:
        return None
    return "layer, tar" if compression == "none" else f"layer, tar + {compression}"
