"""One string of a document: where it leads, and what is noted beside it."""

from collections.abc import Callable, Mapping, Sequence

from app.oci.digest import Digest, DigestError, parse_digest
from app.oci.document import Json
from app.oci.media_type import OCI_MANIFEST
from app.view.components import external, is_web
from app.view.json_search import Search, quoted
from app.view.markup import Node, el, foreign
from app.view.media import gloss, media_type_link

Target = Callable[[Digest, str | None, int | None], str | None]
"""Where a digest leads, given the media type and the size that stand beside it."""

Around = Sequence[tuple[str | None, Json]]
"""The arrays and objects around a value, outermost first, each with the key it has in the one before."""

_BASE_NAME = "org.opencontainers.image.base.name"
_BASE_DIGEST = "org.opencontainers.image.base.digest"
# Keys whose digest is a manifest's: cosign's payload, buildkit's attestations.
_OF_MANIFESTS = frozenset(("docker-manifest-digest", "vnd.docker.reference.digest", "containerimage.digest"))


def leaf(key: str | None, text: str, around: Around, target: Target, search: Search | None) -> tuple[Node, Node]:
    """The string as it is shown, and the note that follows it; `around` ends with what holds it."""
    beside = _object(around, -1)
    href = _digest_target(key, text, beside, around, target)
    if href is not None:
        return el("a", {"href": href}, quoted(text, search)), None
    if key in ("mediaType", "artifactType", "payloadType") or (key is not None and key.endswith("MediaType")):
        note = gloss(text)
        spans = search.spans(text) if search is not None else ()
        shown: Node = quoted(text, search, wrap=True) if spans else ('"', media_type_link(text), '"')
        return el("span.s", None, shown), note
    shown = quoted(text, search, wrap=True)
    if key == _BASE_NAME:
        return _to_image(text, beside.get(_BASE_DIGEST) if beside else None, shown), None
    if text.startswith("pkg:"):
        return _purl(text, shown)
    commit = _commit(key, text, beside)
    if commit is not None:
        return external(commit, shown), "commit"
    if is_web(text):
        return external(text, shown), None
    if text.startswith("git+https://") and is_web(text[4:]):
        return external(text[4:].partition("@")[0], shown), None
    return el("span.s", None, shown), None


def folders(text: str, folder: Callable[[str], str]) -> Node:
    """The folders of a PATH, each as a link to what is in it."""
    found = [one for one in text.removeprefix("PATH=").split(":")[:50] if one.startswith("/")]
    return ("files in ", [(el("a", {"href": folder(one)}, foreign(one)), " ") for one in found])


def _object(around: Around, at: int) -> Mapping[str, Json] | None:
    if len(around) < -at:
        return None
    found = around[at][1]
    return found if isinstance(found, dict) else None


def _digest_target(
    key: str | None, text: str, beside: Mapping[str, Json] | None, around: Around, target: Target
) -> str | None:
    if key in ("sha256", "sha512") and len(text) in (64, 128):
        return _in_digest_set(f"{key}:{text}", around, target)
    if not 40 <= len(text) <= 200 or ":" not in text:
        return None
    digest = _digest(text)
    if digest is None:
        return None
    if key == _BASE_DIGEST:
        from app.view.links import elsewhere

        name = beside.get(_BASE_NAME) if beside is not None else None
        return elsewhere(name, digest) if isinstance(name, str) else None
    if key in _OF_MANIFESTS:
        return target(digest, OCI_MANIFEST, None)
    if beside is None or beside.get("digest") != text:
        return target(digest, None, None)
    media_type, octets = beside.get("mediaType"), beside.get("size")
    counted = octets if isinstance(octets, int) and not isinstance(octets, bool) and octets >= 0 else None
    return target(digest, media_type if isinstance(media_type, str) else None, counted)


def _in_digest_set(text: str, around: Around, target: Target) -> str | None:
    """in-toto's spec/v1/digest_set.md: {"sha256": "…"} under `digest`, of a subject or of what was used."""
    if len(around) < 2 or around[-1][0] != "digest":
        return None
    digest = _digest(text)
    if digest is None:
        return None
    if len(around) > 2 and around[-3][0] == "subject":
        return target(digest, OCI_MANIFEST, None)
    uri = (_object(around, -2) or {}).get("uri")
    return _image_of(uri, digest) if isinstance(uri, str) else None


def _digest(text: str) -> Digest | None:
    try:
        return parse_digest(text)
    except DigestError:
        return None


def _image_of(purl: str, digest: Digest) -> str | None:
    from app.oci.purl import PurlError, image_of, parse_purl
    from app.view.links import elsewhere

    try:
        name = image_of(parse_purl(purl))
    except PurlError:
        return None
    return elsewhere(name, digest) if name else None


def _to_image(text: str, digest: Json | None, shown: Node) -> Node:
    """The base image in its own registry: by the digest that stands beside its name, else by its tag."""
    from app.view import links

    known = _digest(digest) if isinstance(digest, str) else None
    href = links.elsewhere(text, known) if known is not None else links.named(text)
    return el("a", {"href": href}, shown) if href is not None else el("span.s", None, shown)


def _purl(text: str, shown: Node) -> tuple[Node, Node]:
    from app.oci.purl import PurlError, page_of, parse_purl

    try:
        purl = parse_purl(text)
    except PurlError:
        return el("span.s", None, shown), None
    name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
    note = foreign(f"{purl.type} package {name} {purl.version}".rstrip())
    page = page_of(purl)
    if page is not None and is_web(page):
        return external(page, shown), note
    image = _image_page(text, purl.version)
    return (el("a", {"href": image}, shown) if image is not None else el("span.s", None, shown)), note


def _image_page(text: str, version: str) -> str | None:
    from app.oci.purl import image_of, parse_purl
    from app.view import links

    name = image_of(parse_purl(text))
    if not name:
        return None
    digest = _digest(version)
    if digest is not None:
        return links.elsewhere(name, digest)
    return links.named(f"{name}:{version}" if version else name)


def _commit(key: str | None, text: str, beside: Mapping[str, Json] | None) -> str | None:
    """The page of a revision, where the source beside it is at a host whose addresses are known."""
    if key is None or beside is None:
        return None
    from app.view.revision import SOURCES, commit_page

    source = beside.get(SOURCES.get(key, ""))
    return commit_page(source, text) if isinstance(source, str) else None
