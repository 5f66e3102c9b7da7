"""Media types: parsing, and the ones that registries hold."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from app.oci.grammar import GrammarError, named
from app.oci.value import value

if TYPE_CHECKING:
    from app.oci.index import Index
    from app.oci.kind import Kind
    from app.oci.manifest import Manifest, Unknown
    from app.oci.schema1 import Schema1

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_ARTIFACT_MANIFEST = "application/vnd.oci.artifact.manifest.v1+json"
ORAS_ARTIFACT_MANIFEST = "application/vnd.cncf.oras.artifact.manifest.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json"
DOCKER_SCHEMA1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"

OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json"
DOCKER_PLUGIN_CONFIG = "application/vnd.docker.plugin.v1+json"
OCI_EMPTY = "application/vnd.oci.empty.v1+json"

OCI_LAYER = "application/vnd.oci.image.layer.v1.tar"
OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip"
OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd"
OCI_LAYER_NONDISTRIBUTABLE = "application/vnd.oci.image.layer.nondistributable.v1.tar"
OCI_LAYER_NONDISTRIBUTABLE_GZIP = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
OCI_LAYER_NONDISTRIBUTABLE_ZSTD = "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"
DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar"
DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip"
DOCKER_LAYER_ZSTD = "application/vnd.docker.image.rootfs.diff.tar.zstd"
DOCKER_LAYER_FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar"
DOCKER_LAYER_FOREIGN_GZIP = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"

HELM_CONFIG = "application/vnd.cncf.helm.config.v1+json"
HELM_CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
HELM_PROVENANCE = "application/vnd.cncf.helm.chart.provenance.v1.prov"
WASM_CONFIG = "application/vnd.wasm.config.v0+json"
WASM_CONFIG_V1 = "application/vnd.wasm.config.v1+json"
WASM_LAYER = "application/vnd.wasm.content.layer.v1+wasm"
WASM = "application/wasm"

COSIGN_SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json"
COSIGN_SIGNATURE = "application/vnd.dev.cosign.artifact.sig.v1+json"
COSIGN_ATTESTATION = "application/vnd.dev.cosign.artifact.att.v1+json"
COSIGN_SBOM = "application/vnd.dev.cosign.artifact.sbom.v1+json"
SIGSTORE_BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
NOTATION_SIGNATURE = "application/vnd.cncf.notary.signature"
IN_TOTO = "application/vnd.in-toto+json"
DSSE = "application/vnd.dsse.envelope.v1+json"
SPDX = "application/spdx+json"
SPDX_TEXT = "text/spdx"
SPDX_TAG_VALUE = "text/spdx+json"
CYCLONEDX = "application/vnd.cyclonedx+json"
CYCLONEDX_XML = "application/vnd.cyclonedx+xml"
SYFT = "application/vnd.syft+json"

# RFC 9110 section 8.3.1:  media-type = type "/" subtype parameters
# section 5.6.6:           parameters = *( OWS ";" OWS [ parameter ] ), parameter = token "=" ( token / quoted-string )
_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]++"
_QUOTED = r"(?:[\t !#-\[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*+"
_ESSENCE = re.compile(rf"{_WORD}/{_WORD}")
_PARAMETER = re.compile(rf'[ \t]*+;[ \t]*+(?:({_WORD})=(?:({_WORD})|"({_QUOTED})"))?+')
_PLAIN = re.compile(_WORD)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TO_ESCAPE = re.compile(r'(["\\])')


class MediaTypeError(GrammarError):
    """A text that is no media type."""


@value
class MediaType(NamedTuple):
    """`type` is type and subtype in lower case; parameters by lower-case name, the first of each name counts."""

    type: str
    parameters: Mapping[str, str]

    def __str__(self) -> str:
        return "; ".join((self.type, *(f"{name}={_quoted(text)}" for name, text in self.parameters.items())))


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else '"' + _TO_ESCAPE.sub(r"\\\1", text) + '"'


def parse_media_type(text: str) -> MediaType:
    """Parse a media type as a Content-Type header or a descriptor has it. Raises MediaTypeError."""
    start = len(text) - len(text.lstrip(" \t"))
    end = len(text.rstrip(" \t"))
    match = _ESSENCE.match(text, start, end)
    if match is None:
        raise MediaTypeError(text, start, "A media type is two words with a slash between them.")
    parameters: dict[str, str] = {}
    position = match.end()
    while position < end:
        found = _PARAMETER.match(text, position, end)
        if found is None:
            at = position + len(text[position:end]) - len(text[position:end].lstrip(" \t"))
            raise MediaTypeError(text, at, f"A semicolon follows a media type, not {named(text[at])}.")
        name, plain, quoted = found.groups()
        if name:
            parameters.setdefault(name.lower(), plain if quoted is None else _ESCAPED.sub(r"\1", quoted))
        position = found.end()
    return MediaType(match[0].lower(), MappingProxyType(parameters))


def essence(text: str) -> str:
    """Type and subtype in lower case without parameters. Never raises: what is no media type comes back trimmed."""
    return text.partition(";")[0].strip().lower()


def layer_compression(media_type: str) -> str | None:
    """`gzip`, `zstd` or `none` as the type of a layer says; None where the type is no tar layer's."""
    plain = essence(media_type)
    for ending, compression in (("gzip", "gzip"), ("zstd", "zstd"), (".tar", "none")):
        if plain.endswith(ending) and ".tar" in plain:
            return compression
    return None


_IMAGE_SPEC = "https://github.com/opencontainers/image-spec/blob/main/"
_DISTRIBUTION = "https://github.com/distribution/distribution/blob/main/docs/content/spec/"
_SPEC_URLS = {
    OCI_INDEX: _IMAGE_SPEC + "image-index.md",
    OCI_MANIFEST: _IMAGE_SPEC + "manifest.md",
    OCI_CONFIG: _IMAGE_SPEC + "config.md",
    OCI_EMPTY: _IMAGE_SPEC + "manifest.md#guidance-for-an-empty-descriptor",
    OCI_LAYER: _IMAGE_SPEC + "layer.md",
    OCI_LAYER_GZIP: _IMAGE_SPEC + "layer.md#gzip-media-types",
    OCI_LAYER_ZSTD: _IMAGE_SPEC + "layer.md#zstd-media-types",
    OCI_LAYER_NONDISTRIBUTABLE: _IMAGE_SPEC + "layer.md#non-distributable-layers",
    OCI_LAYER_NONDISTRIBUTABLE_GZIP: _IMAGE_SPEC + "layer.md#non-distributable-layers",
    OCI_LAYER_NONDISTRIBUTABLE_ZSTD: _IMAGE_SPEC + "layer.md#non-distributable-layers",
    DOCKER_LIST: _DISTRIBUTION + "manifest-v2-2.md#manifest-list",
    DOCKER_MANIFEST: _DISTRIBUTION + "manifest-v2-2.md#image-manifest",
    DOCKER_SCHEMA1: _DISTRIBUTION + "deprecated-schema-v1.md",
    DOCKER_SCHEMA1_SIGNED: _DISTRIBUTION + "deprecated-schema-v1.md",
    COSIGN_SIMPLE_SIGNING: "https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md",
    SIGSTORE_BUNDLE: "https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md",
    NOTATION_SIGNATURE: "https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md",
    IN_TOTO: "https://github.com/in-toto/attestation/blob/main/spec/README.md",
    DSSE: "https://github.com/secure-systems-lab/dsse/blob/master/envelope.md",
    HELM_CONFIG: "https://helm.sh/docs/topics/registries/",
    HELM_CHART: "https://helm.sh/docs/topics/registries/",
    HELM_PROVENANCE: "https://helm.sh/docs/topics/provenance/",
    WASM_CONFIG: "https://tag-runtime.cncf.io/wgs/wasm/deliverables/wasm-oci-artifact/",
    SPDX: "https://spdx.github.io/spdx-spec/",
    CYCLONEDX: "https://cyclonedx.org/specification/overview/",
}


def spec_url(media_type: str) -> str | None:
    """Where that media type is specified, None where that is not known."""
    return _SPEC_URLS.get(essence(media_type))


def kind_of(manifest: "Manifest | Index | Schema1 | Unknown") -> "Kind":
    """The kind of a manifest, see `app.oci.kind`."""
    # Imported here because that module and the manifests' own build on this one's names.
    from app.oci.kind import kind_of as by_evidence

    return by_evidence(manifest)
