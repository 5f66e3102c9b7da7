"""Step 5: can the digest of a manifest be read? And which of its blobs to try next."""

from app.client.accept import ALL_FOUR, DOCKER_PAIR, OCI_PAIR, accept_of
from app.client.endpoints import manifest_url
from app.cors.asking import DENIED, Asking
from app.cors.notes import Asked
from app.oci.digest import Digest
from app.oci.document import InvalidDocument
from app.oci.index import Index
from app.oci.manifest import Manifest, Unknown
from app.oci.manifest_document import parse_manifest
from app.oci.media_type import OCI_EMPTY
from app.oci.origin import Origin
from app.oci.schema1 import Schema1
from app.ports.probing import Sight

BODY = 1 << 20
"""Bytes of a manifest; a longer one is not read to its end, and nothing is concluded from it."""

DIGEST = "Docker-Content-Digest"

# What a manifest asked for by types it has not is answered with.
_OTHER_TYPES = (400, 404, 406)

# An index is only followed while a child manifest, a blob and two looks at its failure can be afforded.
_OF_A_CHILD = 4


class Manifests:
    """`long_accept`: whether an Accept over 128 bytes may be sent."""

    def __init__(self, asking: Asking, registry: Origin, repository: str, long_accept: bool) -> None:
        self._asking = asking
        self._registry = registry
        self._repository = repository
        # A short one needs no preflight; with an Authorization there is one anyway.
        self._accept = ALL_FOUR if long_accept and not asking.anonymous else OCI_PAIR

    async def examine(self, reference: str, find_blob: bool) -> Digest | None:
        """Whether the digest of that manifest can be read. A blob of it, where one is to be found.

        HEAD shows the same headers as GET; where a blob is to be found, one request does for both.
        """
        url = manifest_url(self._registry, self._repository, reference)
        method, limit = ("GET", BODY) if find_blob else ("HEAD", 0)
        for accept in (self._accept,) if self._accept == ALL_FOUR else (self._accept, DOCKER_PAIR):
            asked = await self._asking.get(
                "digest", url, method=method, accept=accept, limit=limit, meaning=_digest_meaning
            )
            if asked is None or await self._stopped(url, asked):
                return None
            if asked.status not in _OTHER_TYPES:
                if asked.status == 200 and asked.sight.headers.get(DIGEST) is None:
                    self._asking.rule("digest-not-exposed", url, (asked,), accept=accept, exposed=True)
                return await self._blob(asked) if find_blob else None
        return None

    async def _stopped(self, url: str, asked: Asked) -> bool:
        if self._asking.notes.forbidden(self._asking.place, asked, url):
            return True
        if asked.sight.outcome == "blocked":
            await self._hidden(url, asked)
            return True
        return asked.status in DENIED

    async def _hidden(self, url: str, asked: Asked) -> None:
        """`/v2/` can be read and a manifest cannot. Where it needs credentials, nothing without them tells why."""
        if not self._asking.anonymous:
            return
        reach = await self._asking.reaches(url)
        if reach is not None and reach.sight.outcome == "opaque":
            self._asking.rule("no-usable-allow-origin", url, (asked, reach), accept=self._accept)

    async def _blob(self, read: Asked) -> Digest | None:
        found = _parsed(read)
        if isinstance(found, Index) and found.manifests:
            child = found.manifests[0]
            url = manifest_url(self._registry, self._repository, child.digest)
            if self._asking.notes.left(url) < _OF_A_CHILD:
                return None
            accept = accept_of(child.media_type) or OCI_PAIR
            below = await self._asking.get("manifest", url, accept=accept, limit=BODY)
            found = None if below is None else _parsed(below)
        return _smallest(found)


def _parsed(asked: Asked) -> Manifest | Index | Schema1 | Unknown | None:
    if asked.status != 200:
        return None
    try:
        return parse_manifest(asked.sight.body, asked.sight.headers.get("Content-Type"))
    except InvalidDocument:
        return None


def _smallest(found: object) -> Digest | None:
    """The config, or the smallest layer that the registry itself has."""
    if isinstance(found, Schema1):
        return found.layers[-1] if found.layers else None
    if not isinstance(found, Manifest):
        return None
    if found.config is not None and found.config.media_type != OCI_EMPTY:
        return found.config.digest
    layers = [layer for layer in found.layers if not layer.urls]
    return min(layers, key=lambda layer: layer.size).digest if layers else None


def _digest_meaning(sight: Sight) -> str:
    if sight.readable and sight.status == 200:
        return "header-hidden" if sight.headers.get(DIGEST) is None else "header-readable"
    if sight.readable:
        return "refused" if sight.status in DENIED else "absent"
    return "timed-out" if sight.outcome == "timeout" else "silent"
