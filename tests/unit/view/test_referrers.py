import pytest

from app.client.errors import Unreachable
from app.oci import media_type as types
from app.oci.descriptor import Descriptor
from app.view import referrers as module
from app.view.markup import group, render
from app.view.referrers import referrers
from tests.unit.view.reading import Node, read
from tests.unit.view.states import MANIFEST, REPOSITORY, URL, at, digest, failed, image_page, manifest_page


def found(artifact_type: str, name: str = "r") -> Descriptor:
    return Descriptor(types.OCI_MANIFEST, digest(name), 1400, {}, None, artifact_type, (), None)


def section(**fields: object) -> Node:
    page = image_page(**fields)
    return read(render(group(referrers(at(MANIFEST, page), page))))


@pytest.mark.parametrize(
    ("artifact_type", "kind"),
    [
        (types.COSIGN_SIGNATURE, "signature"),
        (types.SPDX, "sbom"),
        (types.IN_TOTO, "attestation"),
        ("application/vnd.example", "artifact"),
    ],
)
def test_a_referrer_has_its_kind_and_leads_to_its_manifest(artifact_type: str, kind: str) -> None:
    node = section(referrers=(found(artifact_type),)).one("li")
    assert node.one("span.badge").words == kind
    assert node.one("a")["href"] == f"{REPOSITORY}@{digest('r')}"
    assert artifact_type in node.text


def test_none_is_said() -> None:
    assert "No signature, SBOM or other manifest refers to this one." in section(referrers=()).text


def test_before_they_are_read_there_is_a_frame() -> None:
    assert section(referrers=None).all("span.skeleton")


def test_a_failure_is_not_taken_for_none() -> None:
    node = section(referrers=None, referrers_failure=failed(Unreachable("GET", URL, "network")))
    assert node.one("div.notice").one("h3").words == "The referrers could not be read"
    assert "no answer" in node.text


def test_very_many_are_cut() -> None:
    node = section(referrers=tuple(found(types.SPDX, str(number)) for number in range(module.MOST + 7)))
    assert len(node.all("li")) == module.MOST
    assert "and 7 more" in node.text


def test_without_a_manifest_there_is_no_section() -> None:
    page = manifest_page(None)
    assert referrers(at(MANIFEST, page), page) is None
