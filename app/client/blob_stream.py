"""A blob as it arrives, from any of its bytes on."""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from app.auth.scope import pull
from app.client.answer import Answer
from app.client.endpoints import blob_url
from app.client.errors import BadAnswer
from app.client.session import Session
from app.oci.digest import Digest
from app.ports.transport import Request

# RFC 9110 section 14.4:  Content-Range = range-unit SP first-pos "-" last-pos "/" ( complete-length / "*" )
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/(?:[0-9]{1,18}|\*)", re.IGNORECASE)


class BlobStream:
    """The body of a blob from the byte that was asked for; exactly one of chunks and close is called.

    `ranged`: whether the registry sends only that part. Some ignore Range and send all of it (Gitea); then what comes
    before is received and passed over.
    """

    __slots__ = ("_answer", "_skip", "ranged")

    def __init__(self, answer: Answer, skip: int, ranged: bool) -> None:
        self._answer = answer
        self._skip = skip
        self.ranged = ranged

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Raises `app.client.errors`: Unreachable. Closing the generator ends the request."""
        left = self._skip
        async with aclosing(self._answer.chunks()) as chunks:
            async for chunk in chunks:
                if left >= len(chunk):
                    left -= len(chunk)
                    continue
                yield chunk[left:] if left else chunk
                left = 0

    def close(self) -> None:
        self._answer.close()


async def open_blob(session: Session, repository: str, digest: Digest, start: int = 0) -> BlobStream:
    """Ask for a blob from that byte on; nothing is verified. Raises `app.client.errors` and `app.auth.errors`.

    A range from one byte to the end needs no preflight of its own (Fetch, "CORS-safelisted request-header").
    """
    request = Request("GET", blob_url(session.registry, repository, digest))
    if start:
        request = request.with_header("Range", f"bytes={start}-")
    answer = await session.open(request, (pull(repository),))
    if answer.status != 206:
        return BlobStream(answer, start, ranged=not start)
    # Content-Range is hidden from a page unless the registry exposes it; then the status has to be believed.
    stated = _CONTENT_RANGE.match(answer.headers.get("Content-Range") or "")
    first = start if stated is None else int(stated[1])
    if first > start:
        answer.close()
        raise BadAnswer(
            "GET", request.url, "shape", 206, path="Content-Range", detail="begins after what was asked for"
        )
    return BlobStream(answer, start - first, ranged=True)
