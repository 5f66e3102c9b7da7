"""Lists of packages: SPDX 2 and 3 in JSON, SPDX's tag-value text, CycloneDX in JSON, syft's own JSON.

spdx.github.io/spdx-spec, cyclonedx.org/docs. What is of another shape than expected is left out, never guessed.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from app.oci.document import InvalidDocument, Json
from app.oci.value import value
from app.trust.encoded import object_in
from app.trust.lenient import inside, listed, word

SbomFormat = Literal["SPDX", "CycloneDX", "syft"]

MOST = 200_000
"""Packages of one document that are read."""


@value
class Package(NamedTuple):
    """A package, empty strings where the document says nothing. `purl`: its package URL; `licence`: as written."""

    name: str
    version: str
    purl: str
    licence: str


@value
class Sbom(NamedTuple):
    """`version`: of the format; `tools`: what made it; `created`: as written."""

    format: SbomFormat
    version: str
    name: str
    created: str
    tools: tuple[str, ...]
    packages: tuple[Package, ...]


def parse_sbom(data: bytes) -> Sbom:
    """Read one, whichever it is. Raises InvalidDocument."""
    if data[:200].lstrip().startswith(b"SPDXVersion:"):
        return _tag_value(data.decode("utf-8", "replace"))
    return read_sbom(object_in(data, "SBOM"))


def read_sbom(found: Mapping[str, Json]) -> Sbom:
    """One out of decoded JSON. Raises InvalidDocument when it is none of these."""
    if "spdxVersion" in found:
        return _spdx2(found)
    if found.get("bomFormat") == "CycloneDX":
        return _cyclonedx(found)
    if isinstance(found.get("@graph"), list) and "@context" in found:
        return _spdx3(found)
    if isinstance(found.get("artifacts"), list) and "descriptor" in found:
        return _syft(found)
    raise InvalidDocument("SBOM", "", "is neither SPDX nor CycloneDX")


def _spdx2(found: Mapping[str, Json]) -> Sbom:
    creation = inside(found, "creationInfo")
    creators = [one for one in listed(creation, "creators") if isinstance(one, str)]
    tools = tuple(one.removeprefix("Tool: ") for one in creators if one.startswith("Tool: "))
    packages = tuple(
        Package(
            word(one, "name"),
            word(one, "versionInfo"),
            next((word(ref, "referenceLocator") for ref in _objects(one, "externalRefs") if _is_purl(ref)), ""),
            _licence(word(one, "licenseConcluded"), word(one, "licenseDeclared")),
        )
        for one in _objects(found, "packages")
    )
    version = word(found, "spdxVersion").removeprefix("SPDX-")
    return Sbom("SPDX", version, word(found, "name"), word(creation, "created"), tools, packages)


def _is_purl(ref: Mapping[str, Json]) -> bool:
    return word(ref, "referenceType") == "purl"


def _licence(*given: str) -> str:
    return next((one for one in given if one and one not in ("NOASSERTION", "NONE")), "")


def _spdx3(found: Mapping[str, Json]) -> Sbom:
    packages: list[Package] = []
    name = version = created = ""
    tools: list[str] = []
    for one in _objects(found, "@graph"):
        kind = word(one, "type")
        if kind.endswith(("_Package", "/Package")):
            version_, purl = word(one, "software_packageVersion"), word(one, "software_packageUrl")
            packages.append(Package(word(one, "name"), version_, purl, ""))
        elif kind == "SpdxDocument":
            name = word(one, "name")
        elif kind == "CreationInfo":
            version, created = word(one, "specVersion"), word(one, "created")
        elif kind == "Tool":
            tools.append(word(one, "name"))
    return Sbom("SPDX", version or "3", name, created, tuple(tools), tuple(packages))


def _cyclonedx(found: Mapping[str, Json]) -> Sbom:
    metadata = inside(found, "metadata")
    # Up to 1.4 `tools` is a list, from 1.5 on it may be an object with components.
    listed = metadata.get("tools")
    entries = (
        _objects(metadata, "tools") if isinstance(listed, list) else _objects(inside(metadata, "tools"), "components")
    )
    tools = tuple(" ".join(part for part in (word(one, "name"), word(one, "version")) if part) for one in entries)
    subject = inside(metadata, "component")
    packages: list[Package] = []
    # Components may hold components: taken one after another, so that depth costs no recursion.
    waiting = [*_objects(found, "components")][::-1]
    while waiting and len(packages) < MOST:
        one = waiting.pop()
        packages.append(Package(_full_name(one), word(one, "version"), word(one, "purl"), _cyclonedx_licence(one)))
        waiting += [*_objects(one, "components")][::-1]
    version = word(found, "specVersion")
    return Sbom("CycloneDX", version, _full_name(subject), word(metadata, "timestamp"), tools, tuple(packages))


def _full_name(component: Mapping[str, Json]) -> str:
    group, name = word(component, "group"), word(component, "name")
    return f"{group}/{name}" if group and name else name


def _cyclonedx_licence(component: Mapping[str, Json]) -> str:
    said = []
    for one in _objects(component, "licenses"):
        licence = inside(one, "license")
        said.append(word(one, "expression") or word(licence, "id") or word(licence, "name"))
    return " AND ".join(part for part in said if part)


def _syft(found: Mapping[str, Json]) -> Sbom:
    tool, source = inside(found, "descriptor"), inside(found, "source")
    packages = tuple(
        Package(word(one, "name"), word(one, "version"), word(one, "purl"), "") for one in _objects(found, "artifacts")
    )
    named = " ".join(part for part in (word(tool, "name"), word(tool, "version")) if part)
    return Sbom("syft", word(inside(found, "schema"), "version"), word(source, "name"), "", (named,), packages)


def _tag_value(text: str) -> Sbom:
    """SPDX 2's text: one `Tag: value` a line, `<text>` values over several; a PackageName begins a package."""
    facts: dict[str, str] = {}
    tools: list[str] = []
    packages: list[Package] = []
    multiline = False
    for line in text.splitlines():
        if multiline or line.startswith("#"):
            multiline = multiline and "/text>" not in line
            continue
        tag, colon, said = line.partition(":")
        said = said.strip()
        multiline = said[1:6] == "text>" and "/text>" not in said
        if not colon:
            continue
        if tag == "PackageName" and len(packages) < MOST:
            packages.append(Package(said, "", "", ""))
        elif tag == "PackageVersion" and packages:
            packages[-1] = packages[-1]._replace(version=said)
        elif tag in ("PackageLicenseConcluded", "PackageLicenseDeclared") and packages:
            packages[-1] = packages[-1]._replace(licence=packages[-1].licence or _licence(said))
        elif tag == "ExternalRef" and packages and " purl " in f" {said} ":
            packages[-1] = packages[-1]._replace(purl=said.rpartition(" ")[2])
        elif tag == "Creator" and said.startswith("Tool: "):
            tools.append(said.removeprefix("Tool: "))
        elif tag in ("SPDXVersion", "DocumentName", "Created"):
            facts.setdefault(tag, said)
    version = facts.get("SPDXVersion", "").removeprefix("SPDX-")
    name, created = facts.get("DocumentName", ""), facts.get("Created", "")
    return Sbom("SPDX", version, name, created, tuple(tools), tuple(packages))


def _objects(found: Mapping[str, Json], key: str) -> Iterator[Mapping[str, Json]]:
    for number, one in enumerate(listed(found, key)):
        if number == MOST:
            return
        if isinstance(one, dict):
            yield one
