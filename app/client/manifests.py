"""Reading manifests: which types are asked for in which order, and what is made of the answer."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.auth.scope import pull
from app.client.accept import ALL_FOUR, DOCKER_PAIR, OCI_PAIR, asked_for, media_type_of
from app.client.answer import Answer
from app.client.errors import BadAnswer, BadAnswerReason, ClientError
from app.client.fetched import Fetched, Head, named_bytes, stated_digest, stated_size, verified_digest
from app.client.session import Session
from app.client.status import looks_like_html
from app.oci.digest import Digest
from app.oci.document import LARGEST_DOCUMENT, InvalidDocument, decode
from app.oci.manifest_document import Schema1, parse_manifest
from app.oci.media_type import DOCKER_SCHEMA1_SIGNED
from app.ports.transport import Request

T = TypeVar("T")
Receive = Callable[[Answer, bool], Awaitable[T]]
"""What to make of an answer. With True it counts, whatever its type is; otherwise it may raise NotAskedFor."""


class NotAskedFor(Exception):
    """The answer is of another type than those of the request: another request should name its type."""


async def negotiate(
    session: Session, request: Request, repository: str, alone: str | None, settled: bool, receive: Receive[T]
) -> T:
    """Ask for a manifest with the smallest Accept that does.

    `alone`: the one type to ask for, where it is known. Otherwise the OCI pair, which needs no preflight, and on 404,
    400 or another type the Docker pair, whose answer then counts: asked for OCI alone, distribution 2.8 turns a Docker
    image into schema 1, with another digest, and 3.1 answers 400. As soon as the request carries Authorization it is
    preflighted anyway, and asks for all four types at once. `settled`: any first answer counts, being held to a digest.
    """
    scopes = (pull(repository),)
    if alone is not None:
        return await receive(await session.open(request.with_header("Accept", alone), scopes), True)
    try:
        answer = await session.open(request.with_header("Accept", OCI_PAIR), scopes, accept_authorized=ALL_FOUR)
        return await receive(answer, settled or answer.request.header("Authorization") is not None)
    except NotAskedFor:
        pass
    except ClientError as error:
        if error.status not in (400, 404) or error.authorized:
            raise
    answer = await session.open(request.with_header("Accept", DOCKER_PAIR), scopes, accept_authorized=ALL_FOUR)
    return await receive(answer, True)


async def receive_manifest(answer: Answer, counts: bool, wanted: Digest | None, known_type: str | None) -> Fetched:
    """Read, hold to its digest, parse. Raises BadDigest, BadAnswer, Unreachable, NotAskedFor."""
    said = media_type_of(answer.headers.get("Content-Type"))
    if not counts and said is not None and not asked_for(OCI_PAIR, said):
        answer.close()
        raise NotAskedFor
    raw = await answer.read(LARGEST_DOCUMENT)
    stated = stated_digest(answer.headers)
    # Only what the digest names is parsed, so that nothing else of the answer is shown as verified.
    content = named_bytes(raw, wanted or stated)
    digest = verified_digest(answer.request, content, wanted, stated)
    try:
        document = parse_manifest(content, said or known_type)
    except InvalidDocument as error:
        raise unreadable(answer, raw, error) from None
    # The body's own word stands above the field's: it is what the digest names.
    own = DOCKER_SCHEMA1_SIGNED if isinstance(document, Schema1) else document.media_type
    media_type = own or said or known_type or ""
    if not counts and not asked_for(OCI_PAIR, said or media_type):
        raise NotAskedFor
    return Fetched(raw, media_type, digest, stated, document)


async def receive_head(answer: Answer, counts: bool) -> Head:
    said = media_type_of(answer.headers.get("Content-Type"))
    answer.close()
    if not counts and said is not None and not asked_for(OCI_PAIR, said):
        raise NotAskedFor
    return Head(stated_digest(answer.headers), said, stated_size(answer.headers))


def unreadable(answer: Answer, data: bytes, error: InvalidDocument) -> BadAnswer:
    """The error of a 2xx answer that is not the document it should be."""
    request = answer.request
    if looks_like_html(answer.headers, data):
        return BadAnswer(request.method, request.url, "html", answer.status)
    reason: BadAnswerReason = "shape" if _is_json(data) else "json"
    return BadAnswer(request.method, request.url, reason, answer.status, path=error.path, detail=error.reason)


def _is_json(data: bytes) -> bool:
    try:
        decode(data, "answer", len(data))
    except InvalidDocument:
        return False
    return True
