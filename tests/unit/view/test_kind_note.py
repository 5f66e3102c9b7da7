import pytest

from app.oci import media_type as types
from app.oci.manifest import Manifest
from app.view.kind_note import kind_note
from app.view.markup import render
from tests.unit.view.reading import read
from tests.unit.view.states import CHART, digest, fetched


def note(artifact_type: str | None = None, config: str = types.OCI_EMPTY, layer: str = "application/x") -> str:
    document: dict[str, object] = {
        "schemaVersion": 2,
        "mediaType": types.OCI_MANIFEST,
        "config": {"mediaType": config, "digest": str(digest("c")), "size": 2},
        "layers": [{"mediaType": layer, "digest": str(digest("l")), "size": 5}],
    }
    if artifact_type is not None:
        document["artifactType"] = artifact_type
    found = fetched(document, types.OCI_MANIFEST).document
    assert isinstance(found, Manifest)
    shown = kind_note(found)
    return read(render(shown)).words if shown is not None else ""


@pytest.mark.parametrize(
    ("where", "media_type", "said"),
    [
        ("config", types.HELM_CONFIG, "A Helm chart"),
        ("config", "application/vnd.cncf.flux.config.v1+json", "A Flux artifact"),
        ("config", "application/vnd.cncf.openpolicyagent.config.v1+json", "An OPA bundle"),
        ("layer", types.WASM_LAYER, "WebAssembly"),
        ("layer", types.COSIGN_SIMPLE_SIGNING, "A cosign signature"),
        ("layer", types.DSSE, "An attestation of cosign"),
        ("artifact_type", types.SIGSTORE_BUNDLE, "A Sigstore bundle"),
        ("artifact_type", types.NOTATION_SIGNATURE, "Notary Project"),
        ("artifact_type", "application/vnd.docker.attestation.manifest.v1+json", "BuildKit"),
        ("artifact_type", types.SPDX, "SPDX"),
        ("artifact_type", types.CYCLONEDX, "CycloneDX"),
        ("artifact_type", "application/vnd.amazon.soci.index.v1+json", "SOCI"),
        ("artifact_type", "application/vnd.unknown.artifact.v1", "without naming a type"),
    ],
)
def test_a_kind_is_explained_by_its_types(where: str, media_type: str, said: str) -> None:
    assert said in note(**{where: media_type})


def test_what_nobody_knows_is_not_explained() -> None:
    assert note("application/vnd.example.thing") == ""


def test_one_can_read_on() -> None:
    assert isinstance(CHART.document, Manifest)
    shown = kind_note(CHART.document)
    assert shown is not None
    assert read(render(shown)).one("a")["href"] == "https://helm.sh/docs/topics/registries/"
