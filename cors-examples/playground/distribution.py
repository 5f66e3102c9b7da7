"""The distribution API, read only: ping, catalog, tags, manifests, blobs, referrers."""

import json
from collections.abc import Callable

from playground.answer import Answer, error, json_answer, page_not_found
from playground.calls import Call
from playground.paging import page_answer
from playground.ranges import blob_answer, not_modified
from playground.store import DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST, Blob, Repository

API_VERSION = {"Docker-Distribution-Api-Version": "registry/2.0"}


def distribution_answer(call: Call) -> Answer:
    """The answer to a request that has passed the guard."""
    kind = call.endpoint.kind
    if kind not in HANDLERS and kind != "uploads":
        return page_not_found()
    if call.request.method not in METHODS.get(kind, ()):
        return error("UNSUPPORTED", Allow=", ".join((*METHODS.get(kind, ()), "OPTIONS")))
    return HANDLERS[kind](call)


def ping(call: Call) -> Answer:
    """GET /v2/: the API is spoken here, and one may sign in. It says nothing about any repository."""
    return json_answer({})


def catalog(call: Call) -> Answer:
    """GET /v2/_catalog?n=&last=: every name, also of repositories that one may not read."""
    return page_answer("/v2/_catalog", call.request.query, {}, "repositories", call.shared.store.names)


def tags(call: Call) -> Answer:
    """GET /v2/NAME/tags/list?n=&last="""
    name = call.endpoint.name
    repository = call.shared.store.repositories.get(name)
    if repository is None:
        return error("NAME_UNKNOWN", detail={"name": name})
    return page_answer(f"/v2/{name}/tags/list", call.request.query, {"name": name}, "tags", sorted(repository.tags))


def manifest(call: Call) -> Answer:
    """GET or HEAD /v2/NAME/manifests/REFERENCE, with the choice of types that distribution 3 makes.

    An OCI manifest is sent only to who accepts its exact type: `*/*` and no Accept at all are answered 404. Docker's
    types are sent unasked, but a list by tag becomes its linux/amd64 image for who does not accept lists.
    """
    repository = call.shared.store.repositories.get(call.endpoint.name, Repository())
    reference = call.endpoint.reference
    by_tag = ":" not in reference
    digest = repository.tags.get(reference, "") if by_tag else reference
    if by_tag and not digest:
        return error("MANIFEST_UNKNOWN", detail=f"unknown tag={reference}")
    if not_modified(call, digest):
        return Answer(304, {"ETag": f'"{digest}"', "Docker-Content-Digest": digest})
    found = repository.manifests.get(digest)
    if found is None:
        return error("MANIFEST_UNKNOWN", detail={"Name": call.endpoint.name, "Revision": digest})
    accepted = accepted_types(call)
    if found.media_type in (OCI_MANIFEST, OCI_INDEX) and found.media_type not in accepted:
        what = "manifest" if found.media_type == OCI_MANIFEST else "index"
        text = f"OCI {what} found, but accept header does not support OCI {what}s"
        return error("MANIFEST_UNKNOWN", message=text)
    if by_tag and found.media_type == DOCKER_LIST and DOCKER_LIST not in accepted:
        if DOCKER_MANIFEST not in accepted:
            return error("MANIFEST_INVALID", message="Schema 2 manifest not supported by client")
        found = default_image(repository, found)
    headers = {
        "Content-Type": found.media_type,
        "Docker-Content-Digest": found.digest,
        "ETag": f'"{found.digest}"',
    }
    return Answer(200, headers, found.data)


def accepted_types(call: Call) -> set[str]:
    """The media types of all Accept headers; neither parameters nor q count, as in distribution."""
    texts = ",".join(call.request.headers.getall("Accept", [])).split(",")
    return {text.partition(";")[0].strip().lower() for text in texts}


def default_image(repository: Repository, found: Blob) -> Blob:
    """The linux/amd64 image of a list, which is the one that distribution picks; all lists of the sample have it."""
    platforms = {(e["platform"]["os"], e["platform"]["architecture"]): e for e in json.loads(found.data)["manifests"]}
    return repository.manifests[platforms["linux", "amd64"]["digest"]]


def blob(call: Call) -> Answer:
    """GET or HEAD /v2/NAME/blobs/DIGEST"""
    repository = call.shared.store.repositories.get(call.endpoint.name)
    if repository is None or call.endpoint.reference not in repository.blobs:
        return error("BLOB_UNKNOWN", detail=call.endpoint.reference)
    return blob_answer(call, repository.blobs[call.endpoint.reference])


def referrers(call: Call) -> Answer:
    """GET /v2/NAME/referrers/DIGEST?artifactType=: an index, empty for a digest that nothing refers to."""
    name, digest = call.endpoint.name, call.endpoint.reference
    repository = call.shared.store.repositories.get(name)
    if repository is None:
        return error("NAME_UNKNOWN", detail={"name": name})
    headers = {"Content-Type": OCI_INDEX}
    wanted = call.request.query.get("artifactType", "")
    if wanted:
        headers["OCI-Filters-Applied"] = "artifactType"
    return Answer(200, headers, repository.referrers_index(digest, wanted))


HANDLERS: dict[str, Callable[[Call], Answer]] = {
    "ping": ping,
    "catalog": catalog,
    "tags": tags,
    "manifests": manifest,
    "blobs": blob,
    "referrers": referrers,
}

# As in distribution, a HEAD of a list is not supported.
METHODS = {
    "ping": ("GET", "HEAD"),
    "catalog": ("GET",),
    "tags": ("GET",),
    "manifests": ("GET", "HEAD"),
    "blobs": ("GET", "HEAD"),
    "referrers": ("GET",),
}
