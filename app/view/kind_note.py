"""What kinds of artifacts are, in a sentence, with the place that specifies them."""

from collections.abc import Iterable

from app.oci import media_type as types
from app.oci.manifest import Manifest
from app.view.components import external
from app.view.markup import Element, el

_COSIGN = "https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md"
_REFERENCE_TYPE = "vnd.docker.reference.type"

# By how an artifact type, a config's type or a layer's type starts: what it is, and where one reads on.
_NOTES: tuple[tuple[str, str, str], ...] = (
    ("application/vnd.cncf.helm.", "A Helm chart: a package of templates for Kubernetes.", types.HELM_CHART),
    ("application/vnd.cncf.flux.", "A Flux artifact: manifests that Flux applies to a cluster.",
     "https://fluxcd.io/flux/cheatsheets/oci-artifacts/"),
    ("application/vnd.cncf.openpolicyagent.", "An OPA bundle: policies and data of the Open Policy Agent.",
     "https://www.openpolicyagent.org/docs/latest/management-bundles/"),
    ("application/vnd.oci.image.layer.v1.opa", "An OPA bundle: policies and data of the Open Policy Agent.",
     "https://www.openpolicyagent.org/docs/latest/management-bundles/"),
    ("application/vnd.wasm.", "WebAssembly: a module or a component.", types.WASM_CONFIG),
    ("application/wasm", "WebAssembly: a module or a component.", types.WASM_CONFIG),
    ("application/vnd.module.wasm.", "WebAssembly: a module or a component.", types.WASM_CONFIG),
    (types.COSIGN_SIMPLE_SIGNING, "A cosign signature: the payload is a blob, what signs it an annotation.", _COSIGN),
    (types.COSIGN_SIGNATURE, "A cosign signature: the payload is a blob, what signs it an annotation.", _COSIGN),
    ("application/vnd.dsse.envelope", "An attestation of cosign: a statement in a signed envelope.", types.DSSE),
    ("application/vnd.dev.sigstore.bundle", "A Sigstore bundle: a signature with all that is needed to check it.",
     types.SIGSTORE_BUNDLE),
    (types.NOTATION_SIGNATURE, "A signature of the Notary Project.", types.NOTATION_SIGNATURE),
    ("application/vnd.docker.attestation", "BuildKit's attestations of one image of an index.",
     "https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md"),
    ("application/vnd.in-toto", "An in-toto attestation: what somebody claims of an image.", types.IN_TOTO),
    ("application/spdx", "A list of packages in SPDX.", types.SPDX),
    ("text/spdx", "A list of packages in SPDX.", types.SPDX),
    ("application/vnd.cyclonedx", "A list of packages in CycloneDX.", types.CYCLONEDX),
    ("application/vnd.syft", "A list of packages as Syft writes it.", "https://github.com/anchore/syft"),
    ("application/vnd.docker.plugin", "A plugin of the Docker Engine.",
     "https://docs.docker.com/engine/extend/config/"),
    ("application/vnd.sylabs.sif", "An image of Singularity or Apptainer.", "https://github.com/apptainer/sif"),
    ("application/vnd.amazon.soci", "A SOCI index: tables of contents, for layers to be read in parts.",
     "https://github.com/awslabs/soci-snapshotter/blob/main/docs/soci-index-manifest-v2.md"),
    ("application/vnd.cncf.model.", "A machine learning model.", "https://github.com/modelpack/model-spec"),
    ("application/vnd.devcontainers", "A development container's template or feature.",
     "https://containers.dev/implementors/features-distribution/"),
    ("application/vnd.unknown.", "Files that a client pushed without naming a type.",
     "https://oras.land/docs/concepts/artifact"),
)  # fmt: skip


def kind_note(document: Manifest) -> Element | None:
    """The sentence for a manifest, None for an image and for what nobody knows."""
    found = next(filter(None, map(_note, _evidence(document))), None)
    if found is None:
        return None
    words, where = found
    url = where if where.startswith("https://") else types.spec_url(where)
    return el("p.muted", None, words, (" ", external(url, "How it is kept in a registry")) if url else None)


def _evidence(document: Manifest) -> Iterable[str]:
    if document.artifact_type:
        yield types.essence(document.artifact_type)
    if document.config is not None:
        yield types.essence(document.config.media_type)
    for layer in document.layers[:8]:
        yield types.essence(layer.media_type)


def _note(media_type: str) -> tuple[str, str] | None:
    return next(((words, where) for prefix, words, where in _NOTES if media_type.startswith(prefix)), None)
