import pytest

from app.oci import media_type as types
from app.oci.descriptor import Descriptor
from app.oci.digest import digest_of
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest, Unknown
from app.oci.schema1 import Schema1


def described(media_type: str) -> Descriptor:
    return Descriptor(media_type, digest_of(b""), 0, {}, None, None, (), None)


def manifest(
    config: str | None, *layers: str, artifact_type: str | None = None, annotations: dict[str, str] | None = None
) -> Manifest:
    return Manifest(
        types.OCI_MANIFEST,
        2,
        artifact_type,
        described(config) if config else None,
        tuple(described(layer) for layer in layers),
        None,
        annotations or {},
    )


@pytest.mark.parametrize(
    ("config", "layers", "artifact_type", "kind"),
    [
        (types.OCI_CONFIG, [types.OCI_LAYER_GZIP], None, "image"),
        (types.DOCKER_CONFIG, [types.DOCKER_LAYER_GZIP, types.DOCKER_LAYER_FOREIGN_GZIP], None, "image"),
        (types.OCI_CONFIG, [], None, "image"),
        (types.HELM_CONFIG, [types.HELM_CHART], None, "chart"),
        (types.HELM_CONFIG, [types.HELM_CHART, types.HELM_PROVENANCE], None, "chart"),
        (types.WASM_CONFIG, [types.WASM], None, "wasm"),
        (types.OCI_CONFIG, [types.WASM_LAYER], None, "wasm"),
        (types.OCI_CONFIG, [types.COSIGN_SIMPLE_SIGNING, types.COSIGN_SIMPLE_SIGNING], None, "signature"),
        (types.OCI_EMPTY, ["application/jose+json"], types.NOTATION_SIGNATURE, "signature"),
        (types.NOTATION_SIGNATURE, ["application/cose"], None, "signature"),
        (types.OCI_CONFIG, [types.DSSE], None, "attestation"),
        (types.OCI_CONFIG, [types.IN_TOTO, types.IN_TOTO], None, "attestation"),
        (types.OCI_EMPTY, [types.IN_TOTO], types.IN_TOTO, "attestation"),
        (types.OCI_EMPTY, [types.SPDX], types.SPDX, "sbom"),
        (types.OCI_CONFIG, [types.SPDX_TEXT], None, "sbom"),
        (types.OCI_EMPTY, [types.CYCLONEDX + "; version=1.6"], None, "sbom"),
        (types.OCI_EMPTY, ["text/plain"], "application/vnd.example+json", "artifact"),
        (types.OCI_CONFIG, [types.OCI_LAYER], "application/vnd.example+json", "artifact"),
        (types.OCI_CONFIG, [types.OCI_LAYER, types.IN_TOTO], None, "image"),
        (types.DOCKER_PLUGIN_CONFIG, [types.DOCKER_LAYER_GZIP], None, "artifact"),
        ("application/vnd.unknown.config.v1+json", [], None, "artifact"),
        (None, [], None, "artifact"),
    ],
)
def test_the_kind_of_a_manifest(config: str | None, layers: list[str], artifact_type: str | None, kind: str) -> None:
    assert kind_of(manifest(config, *layers, artifact_type=artifact_type)) == kind


@pytest.mark.parametrize(
    ("annotations", "kind"),
    [
        ({}, "signature"),
        ({"dev.sigstore.bundle.content": "message-signature"}, "signature"),
        ({"dev.sigstore.bundle.predicateType": "https://sigstore.dev/cosign/sign/v1"}, "signature"),
        ({"dev.sigstore.bundle.predicateType": "https://slsa.dev/provenance/v1"}, "attestation"),
    ],
)
def test_a_sigstore_bundle_is_what_its_annotations_say(annotations: dict[str, str], kind: str) -> None:
    bundle = manifest(
        types.OCI_EMPTY, types.SIGSTORE_BUNDLE, artifact_type=types.SIGSTORE_BUNDLE, annotations=annotations
    )
    assert kind_of(bundle) == kind


def test_what_is_no_manifest_of_layers_has_its_own_kind() -> None:
    assert kind_of(Index(types.DOCKER_LIST, None, (), None, {})) == "index"
    assert kind_of(Schema1("a", "1", "amd64", (), ())) == "schema1"
    assert kind_of(Unknown("", "It has neither layers nor manifests.")) == "artifact"
