"""The operations of a registry (distribution-spec, "Endpoints"), each with what real registries make of it."""

from collections.abc import Callable

from app.auth.scope import CATALOG, pull
from app.client.accept import accept_of
from app.client.answer import Answer
from app.client.cache import Cache
from app.client.endpoints import (
    PAGE_SIZE,
    api_origin,
    blob_url,
    catalog_url,
    manifest_url,
    ping_url,
    tags_url,
)
from app.client.errors import BadAnswer, NotFound, Unreachable, Unsupported
from app.client.fetched import Fetched, Head, verified_digest
from app.client.flights import Flights
from app.client.link import names_next, next_page
from app.client.manifests import negotiate, receive_head, receive_manifest, unreadable
from app.client.paging import Page, Pages, read_catalog, read_tags
from app.client.referrers import Referrers, list_by_api, list_by_tag
from app.client.session import Session
from app.client.status import looks_like_html
from app.oci.digest import Digest
from app.oci.document import InvalidDocument, Json, decode
from app.oci.origin import origin_of
from app.ports.transport import Request

__all__ = ["CONFIG_LIMIT", "PAGE_LIMIT", "Fetched", "Head", "Page", "Referrers", "RegistryClient"]

PAGE_LIMIT = 16 * 1024 * 1024
"""Bytes of one page of a listing. Registries without paging (MCR's catalog) send all of it in one."""

CONFIG_LIMIT = 8 * 1024 * 1024
"""Bytes of a config. Histories of some thousand lines are real."""

_CACHED_BYTES = 32 * 1024 * 1024
_PING_LIMIT = 64 * 1024

# Listings whose next page may still be asked for; the memory of older ones is given up, not their pages.
_LISTINGS = 32


class RegistryClient:
    """Reads one registry. All methods raise `app.client.errors` and, unchanged, `app.auth.errors`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._registry = session.registry
        self._listings: dict[str, Pages] = {}
        self._manifests: Cache[Fetched] = Cache(_CACHED_BYTES)
        self._blobs: Cache[bytes] = Cache(_CACHED_BYTES)
        self._manifest_flights: Flights[Fetched] = Flights()
        self._blob_flights: Flights[bytes] = Flights()

    def forget(self) -> None:
        """Drop what was cached: another identity may read less."""
        self._manifests.clear()
        self._blobs.clear()

    async def ping(self) -> None:
        """Ask whether this is a registry. A success says nothing of its repositories (zot #2928)."""
        answer = await self.session.open(Request("GET", ping_url(self._registry)))
        data = await answer.read(_PING_LIMIT)
        if looks_like_html(answer.headers, data):
            raise BadAnswer("GET", answer.request.url, "html", answer.status)

    async def catalog(self, next: str | None = None) -> Page:  # noqa: A002
        """The first page of the repositories, or the one at an earlier page's `next`."""

        def at(last: str | None) -> str:
            return catalog_url(self._registry, last=last)

        return await self._page(next, at, (CATALOG,), read_catalog)

    async def tags(self, repository: str, next: str | None = None) -> Page:  # noqa: A002
        """The first page of the tags, or the one at an earlier page's `next`."""

        def at(last: str | None) -> str:
            return tags_url(self._registry, repository, last=last)

        return await self._page(next, at, (pull(repository),), read_tags)

    async def manifest(self, repository: str, reference: str | Digest, expected_type: str | None = None) -> Fetched:
        """A manifest by tag or digest. `expected_type`: what a descriptor said of it; counts by digest alone.

        Raises BadDigest when the bytes are not those of the digest, or of the registry's Docker-Content-Digest.
        """
        if not isinstance(reference, Digest):
            return await self._read_manifest(repository, reference, None, None)
        cached = self._manifests.get((repository, str(reference)))
        if cached is not None:
            return cached
        known = accept_of(expected_type)
        return await self._manifest_flights.join(
            (repository, reference, known), lambda: self._read_manifest(repository, reference, reference, known)
        )

    async def _read_manifest(
        self, repository: str, reference: str | Digest, wanted: Digest | None, known: str | None
    ) -> Fetched:
        async def receive(answer: Answer, counts: bool) -> Fetched:
            return await receive_manifest(answer, counts, wanted, known)

        request = Request("GET", manifest_url(self._registry, repository, reference))
        fetched = await negotiate(self.session, request, repository, known, wanted is not None, receive)
        self._manifests.put((repository, str(fetched.digest)), fetched, len(fetched.raw))
        return fetched

    async def head(self, repository: str, reference: str | Digest) -> Head:
        """What the registry says of a manifest without sending it."""
        request = Request("HEAD", manifest_url(self._registry, repository, reference))
        settled = isinstance(reference, Digest)
        return await negotiate(self.session, request, repository, None, settled, receive_head)

    async def blob(self, repository: str, digest: Digest, limit: int) -> bytes:
        """A blob of at most `limit` bytes, verified. Raises BadDigest, and BadAnswer `too-large`."""
        key = (repository, str(digest))
        cached = self._blobs.get(key)
        if cached is not None and len(cached) <= limit:
            return cached
        return await self._blob_flights.join((key, limit), lambda: self._read_blob(repository, digest, limit))

    async def _read_blob(self, repository: str, digest: Digest, limit: int) -> bytes:
        answer = await self.session.open(
            Request("GET", blob_url(self._registry, repository, digest)), (pull(repository),)
        )
        data = await answer.read(limit)
        # Some registries send the digest of the blob here too; the one asked for is what counts.
        verified_digest(answer.request, data, digest, None)
        self._blobs.put((repository, str(digest)), data, len(data))
        return data

    async def referrers(self, repository: str, digest: Digest, artifact_type: str | None = None) -> Referrers | None:
        """What refers to a manifest (distribution-spec, "Listing Referrers"); None where the registry cannot say.

        `artifact_type`: only those of that type. Without the API, the index at the referrers tag. distribution has
        none, and its 404 is unreadable for a page even where its other answers are, so an unreachable API is asked for
        by tag too.
        """
        try:
            return await list_by_api(self.session, self._next, repository, digest, artifact_type)
        except (NotFound, Unsupported):
            broken = None
        except Unreachable as error:
            if error.reason != "network":
                raise
            broken = None
        except BadAnswer as error:  # web servers answer 200 with a page to everything
            broken = error
        found = await list_by_tag(self.session, repository, digest, artifact_type)
        if found is None and broken is not None:
            raise broken
        return found

    async def _page(
        self,
        wanted: str | None,
        at: Callable[[str | None], str],
        scopes: tuple[str, ...],
        read: Callable[[Json], tuple[str, ...]],
    ) -> Page:
        url = at(None) if wanted is None else wanted
        answer = await self.session.open(Request("GET", url), scopes)
        data = await answer.read(PAGE_LIMIT)
        try:
            items = read(decode(data, "listing", PAGE_LIMIT))
        except InvalidDocument as error:
            raise unreadable(answer, data, error) from None
        held = None if wanted is None else self._listings.pop(wanted, None)
        pages = Pages() if held is None else held
        following = self._next(answer)
        link = answer.headers.get("Link")
        if link is not None:
            pages.linked = True
        elif not pages.linked and len(items) == PAGE_SIZE:
            # zot sends no Link to a page, and others one that a page may not read: a full page may not be the last.
            following = at(items[-1])
        page = pages.take(url, items, following)
        if page.next is not None:
            self._listings[page.next] = pages
            while len(self._listings) > _LISTINGS:
                del self._listings[next(iter(self._listings))]
        refused = link is not None and following is None and names_next(link)
        return page._replace(cut=url) if refused else page

    def _next(self, answer: Answer) -> str | None:
        """The next page by the Link field. A listing that was redirected to another origin (registry.k8s.io) ends."""
        header = answer.headers.get("Link")
        url = None if header is None else next_page(answer.url, header)
        return url if url is not None and origin_of(url) == api_origin(self._registry) else None
