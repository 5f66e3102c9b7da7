"""The image that an image was built on: what annotations or labels say of it, and whether it has moved on."""

from collections.abc import Mapping
from typing import NamedTuple

from app.oci.digest import Digest, DigestError, parse_digest
from app.oci.value import value
from app.state.base_model import BaseCheck
from app.state.model import AppState, ManifestPage
from app.view import links
from app.view.components import arguments, command, digest_link, outcome
from app.view.markup import Element, Node, el, foreign

# image-spec annotations.md; builders also write them as labels.
BASE_NAME = "org.opencontainers.image.base.name"
BASE_DIGEST = "org.opencontainers.image.base.digest"


@value
class BaseImage(NamedTuple):
    """`name`: a reference as docker writes it; `digest`: of the manifest it named at build time."""

    name: str
    digest: Digest | None


def base_image(*said: Mapping[str, str]) -> BaseImage | None:
    """What the first of these annotations or labels says; None where none names a base."""
    for one in said:
        name = one.get(BASE_NAME)
        if name:
            try:
                return BaseImage(name, parse_digest(one.get(BASE_DIGEST, "")))
            except DigestError:
                return BaseImage(name, None)
    return None


def base_entry(state: AppState, page: ManifestPage, base: BaseImage) -> Node:
    """The name as a link, the digest of then, and what became of it."""
    href = links.elsewhere(base.name, base.digest) if base.digest is not None else links.named(base.name)
    named = foreign(base.name)
    return (
        el("a", {"href": href}, named) if href is not None else named,
        el("div", None, digest_link(base.digest, href, "base digest")) if base.digest is not None else None,
        _moved(page.base, base) if href is not None else None,
    )


def _moved(check: BaseCheck | None, base: BaseImage) -> Element:
    if check is None or check.name != base.name:
        # Another registry is asked only when a person wants it to be.
        asked = command("base-check", "Has it moved on?", args=arguments(name=base.name), kind="btn btn--quiet")
        return el("div.row.tight", None, asked, el("span.faint.small", None, "asks its registry for that tag"))
    return el("div", {"role": "status"}, _answer(check, base))


def _answer(check: BaseCheck, base: BaseImage) -> Node:
    match check.state:
        case "asking":
            return el("span.muted", None, "Asking its registry …")
        case "private":
            return el("span.muted", None, "Its registry is on a private host: open the image to ask it.")
        case "login":
            return el("span.muted", None, "Its registry wants a login: open the image to sign in.")
        case "failed":
            return el("span.muted", None, "Its registry gave no answer: ", foreign(check.reason))
    if check.digest is None:
        return el("span.muted", None, "Its registry does not say which digest the tag has.")
    if base.digest is None:
        return ("It is now ", digest_link(check.digest, links.elsewhere(base.name, check.digest), "digest"))
    if check.digest == base.digest:
        return outcome("ok", "unchanged: the tag still names the same manifest")
    now = digest_link(check.digest, links.elsewhere(base.name, check.digest), "digest of the base now")
    return (outcome("warn", "moved on: the tag now names"), " ", now)
