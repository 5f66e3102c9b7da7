"""The SOCI index of an image: looked up once, for those of its layers that tell nothing of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.client.errors import ClientError
from app.layers.soci import LAYER_DIGEST, SOCI_INDEX, read_ztoc
from app.oci.manifest import Manifest
from app.oci.media_type import layer_compression

if TYPE_CHECKING:
    from app.client.registry import RegistryClient
    from app.layers.layer_index import LayerIndex
    from app.oci.descriptor import Descriptor
    from app.oci.digest import Digest
    from app.state.files_layers import Image
    from app.state.files_model import LayerRef

ZTOC_LIMIT = 16 << 20
"""Bytes of a ztoc: 32 KiB for each place to enter, of which soci has one in 4 MiB, are enough for 2 GiB of files."""

_IMAGES = 16


class SociIndex:
    """What stands beside the image of that manifest. `named`: the index that annotations say it goes with."""

    def __init__(self, client: RegistryClient, repository: str, manifest: Digest, named: Digest | None) -> None:
        self._client = client
        self._repository = repository
        self._manifest = manifest
        self._named = named
        self._ztocs: dict[str, Descriptor] | None = None

    async def read(self, ref: LayerRef) -> LayerIndex | None:
        """The layer as its ztoc tells of it; None without one that is of use: then the layer itself will tell.

        Raises LoginRequired and ApprovalRequired, but not for referrers alone.
        """
        known = layer_compression(ref.media_type)
        if known == "zstd" or ref.size is None:
            return None
        try:
            if self._ztocs is None:
                self._ztocs = await self._find()
            found = self._ztocs.get(str(ref.digest))
            if found is None or found.size > ZTOC_LIMIT or found.size >= ref.size:
                return None
            data = await self._client.blob(self._repository, found.digest, ZTOC_LIMIT)
        except (LoginRequired, ApprovalRequired):
            raise
        except (AuthError, ClientError):
            # It only saves a download: what there is no index of can be read all the same.
            if self._ztocs is None:
                self._ztocs = {}
            self._ztocs.pop(str(ref.digest), None)
            return None
        index = read_ztoc(data, ref.size, found.digest.verifiable)
        if any(problem.kind == "bad-toc" for problem in index.problems) or known not in (None, index.compression):
            self._ztocs.pop(str(ref.digest), None)
            return None
        return index

    async def _find(self) -> dict[str, Descriptor]:
        """The ztocs by the digests of their layers. Raises the errors of the client.

        soci-snapshotter docs/soci-index-manifest-v2.md: what an image is annotated with counts; only without that
        are referrers asked for (version 1), of which the first is taken.
        """
        named, media_type = self._named, None
        if named is None:
            try:
                referrers = await self._client.referrers(self._repository, self._manifest, SOCI_INDEX)
            except AuthError:
                return {}  # a login for referrers alone must not hide a public image behind the form
            if referrers is None or not referrers.descriptors:
                return {}
            named, media_type = referrers.descriptors[0].digest, referrers.descriptors[0].media_type
        document = (await self._client.manifest(self._repository, named, media_type)).document
        if not isinstance(document, Manifest):
            return {}
        return {one.annotations[LAYER_DIGEST]: one for one in document.layers if LAYER_DIGEST in one.annotations}


class SociIndexes:
    """The indexes of the images seen last, so that none is looked up twice."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], SociIndex] = {}

    def of(self, client: RegistryClient, repository: str, image: Image) -> SociIndex | None:
        """That of an image; None for what is no image, or a layer alone."""
        if image.manifest is None:
            return None
        key = (repository, str(image.manifest))
        found = self._known.pop(key, None) or SociIndex(client, repository, image.manifest, image.soci)
        self._known[key] = found
        while len(self._known) > _IMAGES:
            del self._known[next(iter(self._known))]
        return found

    def forget(self) -> None:
        """Drop all that was looked up."""
        self._known.clear()
