"""A blob that is too large to show, received to be saved: verified on the way, given up with the page."""

from contextlib import aclosing

from app.client.blob_stream import open_blob
from app.client.endpoints import blob_url
from app.client.errors import BadAnswer, BadDigest
from app.oci.digest import Digest, hasher
from app.ports.shell import Shell
from app.state.model import Blob
from app.state.work import Work

LARGEST = 1 << 30
"""Bytes that are kept in memory for it; a browser's tab has room for about twice as many."""

_BETWEEN = 0.25
"""Seconds between two reports of how far it is."""


async def download(work: Work, shell: Shell, name: str) -> None:
    """Receive the blob of the page and offer it as a file. Raises `app.client.errors` and `app.auth.errors`."""
    page = work.page()
    if not isinstance(page, Blob) or page.received is not None:
        return
    _say(work, 0)
    try:
        content = await _received(work, page.digest)
    finally:
        _say(work, None)
    shell.download(name, content, "application/octet-stream")


async def _received(work: Work, digest: Digest) -> bytes:
    repository = work.route.repository or ""
    url = blob_url(work.client.session.registry, repository, digest)
    stream = await open_blob(work.client.session, repository, digest)
    hashing = hasher(digest)
    parts: list[bytes] = []
    total, told = 0, work.clock.monotonic()
    async with aclosing(stream.chunks()) as chunks:
        async for chunk in chunks:
            hashing.update(chunk)
            parts.append(chunk)
            total += len(chunk)
            if total > LARGEST:
                raise BadAnswer("GET", url, "too-large", 200)
            if work.clock.monotonic() - told >= _BETWEEN:
                told = work.clock.monotonic()
                _say(work, total)
    actual = Digest(digest.algorithm, hashing.hexdigest())
    if actual != digest:
        raise BadDigest("GET", url, digest, actual, total)
    return b"".join(parts)


def _say(work: Work, received: int | None) -> None:
    page = work.page()
    if isinstance(page, Blob):
        work.show(page._replace(received=received))
