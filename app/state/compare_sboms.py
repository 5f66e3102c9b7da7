"""The list of packages of an image: the first among what refers to it, or BuildKit's beside it in its index."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from app.oci.document import InvalidDocument
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.oci.media_type import layer_compression
from app.state.compare_model import Listed, Side
from app.state.predicate import packages_in
from app.trust.decode import SignedBundle, SignedStatement, decode_content
from app.trust.encoded import LONGEST
from app.trust.gathering import buildkit_subject
from app.trust.sbom import Package, Sbom
from app.trust.statement import Statement

if TYPE_CHECKING:
    from app.client.registry import RegistryClient
    from app.oci.descriptor import Descriptor

TRIED = 6
"""Referrers that are opened to find one."""


async def find_packages(client: RegistryClient, side: Side) -> Listed:
    """Raises `app.client.errors` and `app.auth.errors`."""
    repository = side.route.repository or ""
    tried = 0
    async for descriptor in _candidates(client, side):
        if tried == TRIED:
            break
        tried += 1
        found = await _read(client, repository, descriptor)
        if found is not None:
            return Listed(found, descriptor)
    return Listed(None)


async def _candidates(client: RegistryClient, side: Side) -> AsyncIterator[Descriptor]:
    subjects = {one.digest: None for one in (side.image, side.fetched) if one is not None}
    for one in _of_buildkit(side):
        yield one
    for digest in subjects:
        found = await client.referrers(side.route.repository or "", digest)
        # An SBOM as it is before one inside an attestation.
        for kind in ("sbom", "attestation"):
            for one in () if found is None else found.descriptors:
                if _kind(one) == kind:
                    yield one


def _of_buildkit(side: Side) -> Iterator[Descriptor]:
    document = side.fetched.document if side.fetched is not None else None
    if isinstance(document, Index) and side.image is not None:
        yield from (one for one in document.manifests if buildkit_subject(one) == str(side.image.digest))


def _kind(one: Descriptor) -> str:
    return kind_of(Manifest(one.media_type, 2, one.artifact_type, None, (), None, one.annotations))


async def _read(client: RegistryClient, repository: str, descriptor: Descriptor) -> Sbom | None:
    fetched = await client.manifest(repository, descriptor.digest, descriptor.media_type)
    layers = fetched.document.layers if isinstance(fetched.document, Manifest) else ()
    for layer in layers[:4]:
        if layer.size > LONGEST or layer_compression(layer.media_type) is not None:
            continue
        content = await client.blob(repository, layer.digest, LONGEST)
        try:
            decoded = decode_content(content, layer.media_type, layer.annotations)
        except InvalidDocument:
            continue
        match decoded:
            case Sbom():
                return decoded
            case Statement():
                found = packages_in(decoded)
            case SignedStatement(statement=Statement() as inner) | SignedBundle(statement=Statement() as inner):
                found = packages_in(inner)
            case _:
                found = None
        if found is not None:
            return found
    return None


Versions = tuple[str, ...]


def compare_packages(left: Sbom, right: Sbom) -> list[tuple[str, Versions, Versions]]:
    """The packages that differ: name, versions on the left, versions on the right; in the order of names."""
    before, after = _versions(left.packages), _versions(right.packages)
    names = sorted(before.keys() | after.keys(), key=str.lower)
    rows = ((name, before.get(name, ()), after.get(name, ())) for name in names)
    return [one for one in rows if one[1] != one[2]]


def _versions(packages: Sequence[Package]) -> dict[str, Versions]:
    found: dict[str, set[str]] = {}
    for one in packages:
        found.setdefault(one.name, set()).add(one.version)
    return {name: tuple(sorted(versions)) for name, versions in found.items()}
