"""A blob's page: its bytes, verified, when they are few enough to show."""

from app.client.errors import BadAnswer
from app.oci.digest import Digest, parse_digest
from app.state.model import Blob
from app.state.route import Route
from app.state.work import Work

SHOWN = 4 << 20
"""Bytes of a blob that are read to be shown."""


def begin(route: Route) -> Blob:
    """The page before anything is read; the query carries what the link's descriptor said of type and size.

    Raises DigestError when the route names no digest.
    """
    query = dict(route.query)
    text = query.get("size", "")
    size = int(text) if text.isdecimal() and len(text) < 16 else None
    return Blob(parse_digest(route.tail), query.get("type"), size, content=None, too_large=False)


async def load(work: Work) -> None:
    """Read the blob, unless it is said or found to be larger than SHOWN."""
    page = work.page()
    if not isinstance(page, Blob):
        return
    if page.size is not None and page.size > SHOWN:
        work.show(page._replace(too_large=True))
        return
    try:
        content = await read(work, page.digest)
    except BadAnswer as error:
        if error.reason != "too-large":
            raise
        work.show(page._replace(too_large=True))
    else:
        work.show(page._replace(content=content))


async def read(work: Work, digest: Digest) -> bytes:
    """The verified bytes of a blob of up to SHOWN bytes."""
    return await work.client.blob(work.route.repository or "", digest, SHOWN)
