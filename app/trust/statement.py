"""in-toto statements: what is claimed (the predicate) of which artifacts (the subjects); in-toto/attestation, v1."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.oci.digest import Digest
from app.oci.document import Json, as_object, items, member, optional_text, text, text_map
from app.oci.value import value
from app.trust.encoded import object_in
from app.trust.lenient import inside, word


@value
class StatementSubject(NamedTuple):
    """An artifact by name and digests, pairs of algorithm and hexadecimal text."""

    name: str
    digests: tuple[tuple[str, str], ...]

    def is_of(self, digest: Digest) -> bool:
        """Whether it is the manifest of that digest."""
        return (digest.algorithm, digest.encoded) in self.digests


@value
class Provenance(NamedTuple):
    """What an SLSA predicate says of a build (slsa.dev/spec, v0.2 and v1), None where it does not.

    `materials`: address and digests of what went in.
    """

    builder: str | None
    build_type: str | None
    invocation: str | None
    started: str | None
    finished: str | None
    source: str | None
    materials: tuple[tuple[str, str], ...]


@value
class Statement(NamedTuple):
    """A statement; nothing of it was verified. `provenance`: where the predicate is one; `raw`: its JSON."""

    type: str
    predicate_type: str
    subjects: tuple[StatementSubject, ...]
    provenance: Provenance | None
    raw: bytes

    def is_of(self, digest: Digest) -> bool:
        """Whether one of its subjects is the manifest of that digest."""
        return any(subject.is_of(digest) for subject in self.subjects)


def parse_statement(data: bytes) -> Statement:
    """Read one. Raises InvalidDocument."""
    return read_statement(object_in(data, "in-toto statement"), data)


def read_statement(found: Mapping[str, Json], raw: bytes) -> Statement:
    """One out of decoded JSON, which those bytes are. Raises InvalidDocument."""
    kind = text(found, "predicateType", "")
    predicate = member(found, "predicate", "") if isinstance(found.get("predicate"), dict) else None
    subjects = []
    for one, path in items(found, "subject", ""):
        entry = as_object(one, path)
        digests = text_map(entry, "digest", path)
        subjects.append(StatementSubject(optional_text(entry, "name", path) or "", tuple(sorted(digests.items()))))
    is_provenance = kind.startswith("https://slsa.dev/provenance/") and predicate is not None
    provenance = _provenance(predicate) if is_provenance and predicate is not None else None
    return Statement(optional_text(found, "_type", "") or "", kind, tuple(subjects), provenance, raw)


def _provenance(predicate: Mapping[str, Json]) -> Provenance:
    # v1 has buildDefinition and runDetails, v0.2 builder, invocation, metadata and materials. Clients differ in the
    # rest, so what is of another shape is nothing said.
    definition, details = inside(predicate, "buildDefinition"), inside(predicate, "runDetails")
    if definition or details:
        metadata = inside(details, "metadata")
        parameters = inside(definition, "externalParameters")
        materials = tuple(_materials(definition.get("resolvedDependencies")))
        source = _word(parameters, "source") or _word(inside(parameters, "workflow"), "repository")
        return Provenance(
            _word(inside(details, "builder"), "id"),
            _word(definition, "buildType"),
            _word(metadata, "invocationId"),
            _word(metadata, "startedOn"),
            _word(metadata, "finishedOn"),
            source,
            materials,
        )
    metadata, invocation = inside(predicate, "metadata"), inside(predicate, "invocation")
    return Provenance(
        _word(inside(predicate, "builder"), "id"),
        _word(predicate, "buildType"),
        _word(metadata, "buildInvocationId") or _word(metadata, "buildInvocationID"),
        _word(metadata, "buildStartedOn"),
        _word(metadata, "buildFinishedOn"),
        _word(inside(invocation, "configSource"), "uri"),
        tuple(_materials(predicate.get("materials"))),
    )


def _word(found: Mapping[str, Json], key: str) -> str | None:
    return word(found, key) or None


def _materials(found: Json) -> Iterator[tuple[str, str]]:
    for one in found[:1000] if isinstance(found, list) else ():
        if isinstance(one, dict):
            uri, digests = _word(one, "uri") or _word(one, "name"), inside(one, "digest")
            said = ", ".join(f"{name}:{text}" for name, text in digests.items() if isinstance(text, str))
            if uri is not None:
                yield uri, said
