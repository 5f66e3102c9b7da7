"""Steps 5 and 6 in their order: an error, a manifest, a blob, a list that goes on."""

from app.client.endpoints import blob_url, manifest_url
from app.cors.asking import Asking
from app.cors.blobs import examine_blob
from app.cors.lists import Lists
from app.cors.local_network import LocalNetwork
from app.cors.manifests import Manifests
from app.cors.notes import Notes
from app.cors.place import Place
from app.cors.preflights import Allowed

# A repository and a tag that no registry has.
MISSING = ("portolan-doctor/none", "none")


async def examine_content(
    notes: Notes, place: Place, network: LocalNetwork, allowed: Allowed, authorization: str | None, status: int
) -> None:
    """What is wrong with reading what the registry has.

    `authorization`: of a person who said yes, or an anonymous token. `status`: that of `/v2/`, as it was read.
    """
    subject = notes.subject
    asking = Asking(notes, place, authorization if allowed.authorization else None)
    lists = Lists(asking, subject.registry)
    given = subject.repository
    repository = given or await lists.repository()
    if repository is not None:
        blob = subject.blob if given is not None else None
        reference = subject.reference if given is not None else None
        reference = reference or await lists.tag(repository)
        if reference is not None:
            manifests = Manifests(asking, subject.registry, repository, allowed.accept)
            blob = await manifests.examine(reference, find_blob=blob is None) or blob
        if blob is not None:
            await examine_blob(asking, network, blob_url(subject.registry, repository, blob))
    await lists.examine_link(repository)
    if status < 300 and asking.anonymous and not place.free:
        await _examine_error(asking)


async def _examine_error(asking: Asking) -> None:
    """Is an error as readable as a success? Some servers add headers to some statuses only (nginx without `always`)."""
    url = manifest_url(asking.notes.subject.registry, *MISSING)
    asked = await asking.get("read", url)
    if asked is None or asked.sight.outcome != "blocked" or asked.sight.violated is not None:
        return
    reach = await asking.reaches(url)
    if reach is not None and reach.sight.outcome == "opaque":
        asking.rule("cors-only-on-success", url, (asked, reach))
