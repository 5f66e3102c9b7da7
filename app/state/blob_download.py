"""A blob that is too large to show, received to be saved: verified on the way, given up with the page."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from app.client.blob_stream import open_blob
from app.client.endpoints import blob_url
from app.client.errors import BadAnswer, BadDigest
from app.oci.digest import Digest, DigestError, hasher, parse_digest
from app.ports.shell import Shell
from app.state.model import Blob
from app.state.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.state.controller import Controller

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


def file(controller: Controller, args: Mapping[str, object]) -> None:
    """Offer a blob of the page's repository under the name that its manifest gives it."""
    visit, text, name = controller.visit, args.get("digest"), args.get("name")
    if visit is None or not isinstance(text, str):
        return
    try:
        digest = parse_digest(text)
    except DigestError:
        return
    said = name if isinstance(name, str) else f"{(visit.route.repository or 'blob').rpartition('/')[2]}-{digest.short}"
    visit.also(_offered(visit, controller.shell, digest, file_name(said)))


async def _offered(work: Work, shell: Shell, digest: Digest, name: str) -> None:
    shell.download(name, await _received(work, digest), "application/octet-stream")


def file_name(title: str) -> str:
    """The last part of a title, without what a system may take for more than a name."""
    last = title.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(one if one.isprintable() and one not in ':*?"<>|' else "_" for one in last)
    return kept.strip(" .")[:120] or "file"


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
