"""Documents about software: SPDX and CycloneDX lists of packages, SLSA provenance."""

from collections.abc import Mapping

from playground.answer import Json
from playground.store import Object, sha256

SPDX_PREDICATE = "https://spdx.dev/Document"
SLSA = "https://slsa.dev/provenance/v1"

CREATOR = "playground-sbom-1.0"


def purl(name: str, version: str) -> str:
    """Package URL of a package of the sample's own distribution."""
    return f"pkg:apk/harbour/{name}@{version}?arch=x86_64"


def licence(name: str) -> str:
    """Some licence, always the same for one package."""
    return ("Apache-2.0", "MIT", "BSD-3-Clause", "GPL-2.0-only")[len(name) % 4]


def spdx(title: str, version: str, packages: Mapping[str, str], created: str) -> Object:
    """An SPDX 2.3 document in JSON."""
    listed: list[Json] = [
        {
            "SPDXID": f"SPDXRef-Package-{name}",
            "name": name,
            "versionInfo": number,
            "supplier": "Organization: Harbour Office",
            "downloadLocation": "NOASSERTION",
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": licence(name),
            "externalRefs": [
                {
                    "referenceCategory": "PACKAGE-MANAGER",
                    "referenceType": "purl",
                    "referenceLocator": purl(name, number),
                }
            ],
        }
        for name, number in packages.items()
    ]
    relations: list[Json] = [
        {
            "spdxElementId": "SPDXRef-DOCUMENT",
            "relatedSpdxElement": f"SPDXRef-Package-{name}",
            "relationshipType": "DESCRIBES",
        }
        for name in packages
    ]
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{title}-{version}",
        "documentNamespace": f"https://harbour.example/spdx/{title}-{version}",
        "creationInfo": {"created": created, "creators": [f"Tool: {CREATOR}", "Organization: Harbour Office"]},
        "packages": listed,
        "relationships": relations,
    }


def cyclonedx(title: str, version: str, packages: Mapping[str, str], created: str) -> Object:
    """A CycloneDX 1.5 document in JSON."""
    components: list[Json] = [
        {
            "type": "library",
            "bom-ref": purl(name, number),
            "name": name,
            "version": number,
            "purl": purl(name, number),
            "licenses": [{"license": {"id": licence(name)}}],
            "hashes": [{"alg": "SHA-256", "content": sha256(name.encode())[7:]}],
        }
        for name, number in packages.items()
    ]
    subject: Object = {"type": "container", "name": title, "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": "urn:uuid:5a1ad000-0000-4000-8000-000000000000",
        "version": 1,
        "metadata": {"timestamp": created, "tools": [{"name": CREATOR}], "component": subject},
        "components": components,
    }


def provenance(version: str, created: str) -> Object:
    """An SLSA v1 provenance predicate."""
    revision = sha256(version.encode())[7:47]
    source = f"git+https://git.example/harbour/harbour@refs/tags/v{version}"
    return {
        "buildDefinition": {
            "buildType": "https://git.example/actions/container/v1",
            "externalParameters": {"source": source, "target": "release"},
            "resolvedDependencies": [{"uri": source, "digest": {"gitCommit": revision}}],
        },
        "runDetails": {
            "builder": {"id": "https://git.example/actions/runner"},
            "metadata": {
                "invocationId": f"https://git.example/harbour/harbour/runs/{revision[:8]}",
                "startedOn": created,
            },
        },
    }
