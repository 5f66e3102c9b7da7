from app.oci import media_type as types
from app.oci.descriptor import Descriptor
from app.trust.referrer import Referrer
from app.view.referrer_node import kind
from tests.unit.view.states import digest


def of(artifact_type: str | None, *places: str) -> str:
    descriptor = Descriptor(types.OCI_MANIFEST, digest("a"), 1, {}, None, artifact_type, (), None)
    return kind(Referrer(descriptor, places))  # type: ignore[arg-type]


def test_the_type_tells_the_kind_before_the_place_does() -> None:
    assert of(types.SPDX, "cosign-sig") == "sbom"
    assert of(None, "cosign-sig") == "signature"
    assert of(None, "cosign-sbom", "api") == "sbom"
    assert of("x/y", "api") == "artifact"
