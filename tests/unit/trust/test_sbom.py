import json

import pytest
from playground.sboms import cyclonedx, spdx

from app.oci.document import InvalidDocument
from app.trust.sbom import Package, parse_sbom
from tests.unit.trust.signers import document

PACKAGES = {"musl": "1.2.5", "zlib": "1.3.1"}
CREATED = "2026-01-05T08:00:00Z"


def test_spdx_2_lists_packages_with_purl_and_licence() -> None:
    found = parse_sbom(json.dumps(spdx("harbour", "2.0.0", PACKAGES, CREATED)).encode())
    assert (found.format, found.version, found.name, found.created) == ("SPDX", "2.3", "harbour-2.0.0", CREATED)
    assert found.tools == ("playground-sbom-1.0",)
    assert found.packages[0] == Package("musl", "1.2.5", "pkg:apk/harbour/musl@1.2.5?arch=x86_64", "Apache-2.0")


def test_cyclonedx_lists_the_same_packages() -> None:
    found = parse_sbom(json.dumps(cyclonedx("harbour", "2.0.0", PACKAGES, CREATED)).encode())
    assert (found.format, found.version, found.created) == ("CycloneDX", "1.5", CREATED)
    assert [(one.name, one.version) for one in found.packages] == list(PACKAGES.items())
    assert found.tools == ("playground-sbom-1.0",)


def test_components_inside_components_are_listed() -> None:
    inner = {"name": "inner", "licenses": [{"expression": "MIT"}, {"license": {"name": "own"}}]}
    outer = {"group": "org", "name": "outer", "components": [inner]}
    tools = {"components": [{"name": "syft", "version": "1.2"}]}
    found = parse_sbom(document(bomFormat="CycloneDX", components=[outer], metadata={"tools": tools}))
    assert [one.name for one in found.packages] == ["org/outer", "inner"]
    assert found.packages[1].licence == "MIT AND own"
    assert found.tools == ("syft 1.2",)


def test_spdx_3_is_a_graph() -> None:
    graph = [
        {"type": "CreationInfo", "specVersion": "3.0.1", "created": CREATED},
        {"type": "SpdxDocument", "name": "doc"},
        {"type": "Tool", "name": "maker"},
        {"type": "software_Package", "name": "musl", "software_packageVersion": "1", "software_packageUrl": "pkg:a/b"},
    ]
    found = parse_sbom(document(**{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": graph}))
    assert (found.version, found.name, found.tools) == ("3.0.1", "doc", ("maker",))
    assert found.packages == (Package("musl", "1", "pkg:a/b", ""),)


def test_syfts_own_document_is_read() -> None:
    descriptor = {"name": "syft", "version": "1.2"}
    found = parse_sbom(document(artifacts=[{"name": "a", "version": "1", "purl": "p"}], descriptor=descriptor))
    assert (found.format, found.tools, found.packages) == ("syft", ("syft 1.2",), (Package("a", "1", "p", ""),))


def test_the_text_form_of_spdx_is_read() -> None:
    text = (
        "SPDXVersion: SPDX-2.3\nDocumentName: doc\nCreator: Tool: maker\nCreated: now\n# a comment\n"
        "PackageName: musl\nPackageVersion: 1.2\nPackageLicenseConcluded: NOASSERTION\nPackageLicenseDeclared: MIT\n"
        "PackageCopyrightText: <text>one\nPackageName: not one\n</text>\n"
        "ExternalRef: PACKAGE-MANAGER purl pkg:apk/a@1\nPackageName: zlib\n"
    )
    found = parse_sbom(text.encode())
    assert (found.version, found.name, found.created, found.tools) == ("2.3", "doc", "now", ("maker",))
    assert found.packages == (Package("musl", "1.2", "pkg:apk/a@1", "MIT"), Package("zlib", "", "", ""))


@pytest.mark.parametrize("members", [{}, {"artifacts": []}, {"bomFormat": "Other"}])
def test_what_is_no_list_of_packages_is_refused(members: dict[str, object]) -> None:
    with pytest.raises(InvalidDocument):
        parse_sbom(document(**members))


@pytest.mark.parametrize("broken", [None, 7, "text", [], {"a": 1}, [7, None, [], {"name": 7}]])
def test_members_of_another_shape_are_left_out(broken: object) -> None:
    assert parse_sbom(document(spdxVersion="SPDX-2.3", packages=broken, creationInfo=broken)).tools == ()
    assert parse_sbom(document(bomFormat="CycloneDX", components=broken, metadata=broken)).tools == ()
