"""What refers to a manifest: distribution-spec, "Listing Referrers" and "Referrers Tag Schema"."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from app.auth.scope import pull
from app.client.answer import Answer
from app.client.endpoints import manifest_url, referrers_tag, referrers_url
from app.client.errors import BadAnswer, NotFound
from app.client.fetched import Fetched
from app.client.manifests import negotiate, receive_manifest
from app.client.session import Session
from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.oci.index import Index
from app.oci.media_type import OCI_INDEX
from app.oci.value import value
from app.ports.transport import Request

# A registry that links on and on must not keep the page busy for ever.
_PAGES = 100


@value
class Referrers(NamedTuple):
    """Descriptors, each once, and whether the API or the tag named them. `filtered`: the registry says that it applied
    the filter that was asked for (OCI-Filters-Applied); without that it was applied here."""

    descriptors: tuple[Descriptor, ...]
    source: Literal["api", "tag"]
    filtered: bool


async def list_by_api(
    session: Session,
    following: Callable[[Answer], str | None],
    repository: str,
    digest: Digest,
    artifact_type: str | None,
) -> Referrers:
    """All pages of the API. `following`: the address of the page after an answer. Raises the errors of the client."""
    url: str | None = referrers_url(session.registry, repository, digest, artifact_type)
    found: dict[Digest, Descriptor] = {}
    asked: set[str] = set()
    filtered = artifact_type is not None
    while url is not None and url not in asked and len(asked) < _PAGES:
        asked.add(url)
        answer = await session.open(Request("GET", url, (("Accept", OCI_INDEX),)), (pull(repository),))
        applied = answer.headers.get("OCI-Filters-Applied") or ""
        filtered = filtered and "artifactType" in (word.strip() for word in applied.split(","))
        fetched = await receive_manifest(answer, True, None, OCI_INDEX)
        if not isinstance(fetched.document, Index):
            raise BadAnswer("GET", url, "shape", answer.status, path="manifests", detail="is missing")
        for descriptor in fetched.document.manifests:
            found.setdefault(descriptor.digest, descriptor)
        url = following(answer)
    return Referrers(_of_type(tuple(found.values()), artifact_type), "api", filtered)


async def list_by_tag(session: Session, repository: str, digest: Digest, artifact_type: str | None) -> Referrers | None:
    """The index at the referrers tag, None without one. Raises the errors of the client."""

    async def receive(answer: Answer, counts: bool) -> Fetched:
        return await receive_manifest(answer, counts, None, OCI_INDEX)

    request = Request("GET", manifest_url(session.registry, repository, referrers_tag(digest)))
    try:
        fetched = await negotiate(session, request, repository, OCI_INDEX, True, receive)
    except NotFound:
        return None
    if not isinstance(fetched.document, Index):
        return None
    unique = {descriptor.digest: descriptor for descriptor in reversed(fetched.document.manifests)}
    return Referrers(_of_type(tuple(reversed(unique.values())), artifact_type), "tag", False)


def _of_type(descriptors: tuple[Descriptor, ...], artifact_type: str | None) -> tuple[Descriptor, ...]:
    # Also where the registry says that it filtered: a client must not rely on it.
    return tuple(one for one in descriptors if artifact_type is None or one.artifact_type == artifact_type)
