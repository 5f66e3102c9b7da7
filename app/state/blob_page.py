"""A blob's page: its bytes, verified, when they are few enough to show; parts of a larger one, unverified."""

from app.client.errors import BadAnswer
from app.oci.digest import Digest, parse_digest
from app.state.model import Blob
from app.state.route import Route
from app.state.work import Work

SHOWN = 4 << 20
"""Bytes of a blob that are read to be shown."""

PART = 4096
"""Bytes of a larger one that are shown at once."""


def begin(route: Route) -> Blob:
    """The page before anything is read; the query carries what the link's descriptor said of type and size.

    Raises DigestError when the route names no digest.
    """
    query = dict(route.query)
    text = query.get("size", "")
    size = int(text) if text.isdecimal() and len(text) < 16 else None
    return Blob(parse_digest(route.tail), query.get("type"), size, content=None, too_large=False)


async def load(work: Work) -> None:
    """Read the blob, unless it is said or found to be larger than SHOWN; of such a one the part that is asked for."""
    page = work.page()
    if not isinstance(page, Blob):
        return
    if page.size is None or page.size <= SHOWN:
        try:
            content = await read(work, page.digest)
        except BadAnswer as error:
            if error.reason != "too-large":
                raise
        else:
            work.show(page._replace(content=content))
            return
    if work.route.parameter("as") == "hex":
        page = page._replace(part=await _part(work, page))
    work.show(page._replace(too_large=True))


async def read(work: Work, digest: Digest) -> bytes:
    """The verified bytes of a blob of up to SHOWN bytes."""
    return await work.client.blob(work.route.repository or "", digest, SHOWN)


async def _part(work: Work, page: Blob) -> tuple[int, bytes | None]:
    """The bytes from where the route says; None where the registry sends only whole blobs."""
    from app.layers.blob_source import RangesIgnored, RegistryBlob, read_range

    text = work.route.parameter("at") or ""
    start = int(text) if text.isdecimal() and len(text) < 16 else 0
    start -= start % 16
    source = RegistryBlob(work.client.session, work.route.repository or "", page.digest, page.size, must_range=True)
    try:
        return start, await read_range(source, start, PART)
    except RangesIgnored:
        return start, None
