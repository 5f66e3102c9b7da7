"""Collects what refers to a manifest, wherever registries and clients keep it, into one tree."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from app.auth.errors import AuthError
from app.client.errors import ClientError, NotFound
from app.oci.descriptor import Descriptor
from app.oci.document import EMPTY
from app.oci.index import Index
from app.oci.manifest import Manifest
from app.trust.referrer import Place, Referrer, ReferrerTree, Trouble

if TYPE_CHECKING:
    from app.client.fetched import Fetched
    from app.client.registry import RegistryClient
    from app.oci.digest import Digest

DEEPEST = 5
"""How deep is looked: a signature of an SBOM of an image is two."""

MOST = 60
"""Manifests that are asked about; each costs a request or two, one with cosign's tags five."""

# cosign specs/SIGNATURE_SPEC.md, "Storage": the digest with "-" for ":", and what it is.
_COSIGN_TAGS: tuple[tuple[Place, str], ...] = (("cosign-sig", "sig"), ("cosign-att", "att"), ("cosign-sbom", "sbom"))

# moby/buildkit docs/attestations/attestation-storage.md
_BUILDKIT_TYPE = "vnd.docker.reference.type"
_BUILDKIT_DIGEST = "vnd.docker.reference.digest"


def buildkit_subject(descriptor: Descriptor) -> str | None:
    """The digest, as written, that buildkit's attestation manifest is about; None for any other entry of an index."""
    if descriptor.annotations.get(_BUILDKIT_TYPE) != "attestation-manifest":
        return None
    return descriptor.annotations.get(_BUILDKIT_DIGEST, "")


class Gathering:
    """One collection. `artifact_type`: the registry is asked for those alone; cosign's tags and buildkit's entries are
    then held to it too."""

    def __init__(
        self, client: RegistryClient, repository: str, subject: Fetched, artifact_type: str | None = None
    ) -> None:
        self._client = client
        self._repository = repository
        self._subject = subject
        self._type = artifact_type
        self._asked = 0
        self._tree = ReferrerTree(subject.digest)
        # By digest: what was found under it so far. A manifest that is there twice is asked about once.
        self._under: dict[Digest, tuple[Referrer, ...]] = {}

    async def trees(self) -> AsyncIterator[ReferrerTree]:
        """The tree each time it has grown, `complete` at the end. Raises errors of the sign-in alone."""
        root = self._subject.digest
        self._under[root] = self._from_index()
        waiting: list[tuple[int, Digest]] = [(0, root)]
        while waiting:
            depth, digest = waiting.pop(0)
            if self._asked >= MOST or depth >= DEEPEST:
                self._tree = self._tree._replace(left_out=self._tree.left_out + 1)
                continue
            self._asked += 1
            await self._ask(digest)
            for one in self._under[digest]:
                if one.descriptor.digest not in self._under:
                    self._under[one.descriptor.digest] = ()
                    waiting.append((depth + 1, one.descriptor.digest))
            yield self._grown(complete=False)
        yield self._grown(complete=True)

    def _from_index(self) -> tuple[Referrer, ...]:
        document = self._subject.document
        if not isinstance(document, Index):
            return ()
        platforms = {str(one.digest): str(one.platform) for one in document.manifests if one.platform is not None}
        return tuple(
            Referrer(one, ("buildkit",), platform=platforms.get(about))
            for one in document.manifests
            if (about := buildkit_subject(one)) is not None and self._fits(one)
        )

    async def _ask(self, digest: Digest) -> None:
        try:
            found = await self._client.referrers(self._repository, digest, self._type)
        except (ClientError, AuthError) as error:
            self._trouble(digest, "api", error)
        else:
            if found is not None:
                for one in found.descriptors:
                    self._add(digest, Referrer(one, (found.source,)))
            if digest == self._subject.digest:
                supported = found is not None and found.source == "api"
                self._tree = self._tree._replace(supported=supported, filtered=found is not None and found.filtered)
        for place, ending in _COSIGN_TAGS:
            await self._ask_tag(digest, place, f"{str(digest).replace(':', '-')}.{ending}")

    async def _ask_tag(self, digest: Digest, place: Place, tag: str) -> None:
        try:
            found = await self._client.manifest(self._repository, tag)
        except NotFound:
            return
        except (ClientError, AuthError) as error:
            self._trouble(digest, place, error)
            return
        kind = found.document.artifact_type if isinstance(found.document, Manifest | Index) else None
        if kind is None and isinstance(found.document, Manifest) and found.document.layers:
            # cosign's own manifests call themselves images; what is in them tells.
            kind = found.document.layers[0].media_type
        descriptor = Descriptor(found.media_type, found.digest, len(found.raw), EMPTY, None, kind, (), None)
        if self._fits(descriptor):
            self._add(digest, Referrer(descriptor, (place,), tag))

    def _fits(self, descriptor: Descriptor) -> bool:
        return self._type is None or descriptor.artifact_type == self._type

    def _trouble(self, digest: Digest, place: Place, error: Exception) -> None:
        self._tree = self._tree._replace(troubles=(*self._tree.troubles, Trouble(digest, place, error)))

    def _add(self, digest: Digest, new: Referrer) -> None:
        known = list(self._under[digest])
        for number, one in enumerate(known):
            if one.descriptor.digest == new.descriptor.digest:
                places = (*one.places, *(place for place in new.places if place not in one.places))
                known[number] = one._replace(places=places, tag=one.tag or new.tag)
                break
        else:
            known.append(new)
        self._under[digest] = tuple(known)

    def _grown(self, *, complete: bool) -> ReferrerTree:
        root = self._subject.digest
        self._tree = self._tree._replace(referrers=self._children(root, (root,)), complete=complete)
        return self._tree

    def _children(self, digest: Digest, above: tuple[Digest, ...]) -> tuple[Referrer, ...]:
        found = []
        for one in self._under.get(digest, ()):
            under = one.descriptor.digest
            if under in above or len(above) > DEEPEST:
                found.append(one._replace(loop=under in above))
            else:
                found.append(one._replace(children=self._children(under, (*above, under))))
        return tuple(found)
