"""Where what refers to a manifest is collected, and what a person opens of it is read, decoded and checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.client.errors import ClientError
from app.oci.digest import DigestError, parse_digest
from app.oci.document import InvalidDocument
from app.oci.manifest import Manifest
from app.oci.media_type import layer_compression
from app.state.referrers_model import Opened, OpenedPart, ReferrersPage
from app.trust.checks import checks
from app.trust.decode import decode_content
from app.trust.encoded import LONGEST
from app.trust.gathering import Gathering, buildkit_subject
from app.trust.referrer import ReferrerTree

if TYPE_CHECKING:
    from app.oci.descriptor import Descriptor
    from app.oci.digest import Digest
    from app.ports.crypto import Crypto
    from app.state.controller import Controller
    from app.state.visit import Visit
    from app.state.work import Work
    from app.trust.referrer import Referrer

PARTS = 12
"""Blobs of one referrer that are looked into: buildkit's attestations have two."""


async def load(controller: Controller, work: Visit) -> None:
    """Read the manifest, then collect what refers to it; the tree is shown each time it has grown."""
    page = work.page()
    if not isinstance(page, ReferrersPage):
        return
    route = work.route
    fetched = await work.client.manifest(route.repository or "", route.digest or route.tag or "")
    if page.fetched is not None and page.fetched.digest != fetched.digest:
        page = page._replace(tree=None, opened=())
    work.show(page._replace(fetched=fetched, tree=page.tree or ReferrerTree(fetched.digest)))
    for one in page.opened:
        # Somebody had to sign in for it, and the page began anew.
        descriptor = _descriptor(page, one)
        if one.parts is None and descriptor is not None:
            work.also(read(work, descriptor, one.subject, controller.crypto))
    async for tree in Gathering(work.client, route.repository or "", fetched, page.artifact_type).trees():
        _update(work, lambda page, tree=tree: page._replace(tree=tree))  # type: ignore[misc]


def _descriptor(page: ReferrersPage, opened: Opened) -> Descriptor | None:
    found = page.tree.walk() if page.tree is not None else ()
    return next((one.descriptor for _, one in found if one.descriptor.digest == opened.digest), None)


def about(one: Referrer, above: Digest) -> str:
    """The digest of what a referrer is about, as text. `above`: of what it stands under in the tree."""
    return buildkit_subject(one.descriptor) or str(above)


async def read(work: Work, descriptor: Descriptor, subject: str, crypto: Crypto | None) -> None:
    """Read one that was opened, decode what is in it, and check that against its subject."""
    repository = work.route.repository or ""
    try:
        fetched = await work.client.manifest(repository, descriptor.digest, descriptor.media_type)
        document = fetched.document
        layers = document.layers if isinstance(document, Manifest) else ()
        parts: list[OpenedPart] = []
        for number, layer in enumerate(layers[:PARTS], 1):
            key = f"{descriptor.digest.short}-{number}"
            parts.append(await _part(work, key, layer, _digest(subject), crypto))
    except (LoginRequired, ApprovalRequired):
        raise
    except (ClientError, AuthError, InvalidDocument) as error:
        _fill(work, Opened(descriptor.digest, subject, (), error))
    else:
        left_out = max(0, len(layers) - PARTS)
        _fill(work, Opened(descriptor.digest, subject, tuple(parts), None, left_out))


async def _part(
    work: Work, key: str, descriptor: Descriptor, subject: Digest | None, crypto: Crypto | None
) -> OpenedPart:
    if descriptor.size > LONGEST or layer_compression(descriptor.media_type) is not None:
        return OpenedPart(key, descriptor, None, ())
    try:
        content = await work.client.blob(work.route.repository or "", descriptor.digest, LONGEST)
        decoded = decode_content(content, descriptor.media_type, descriptor.annotations)
    except (LoginRequired, ApprovalRequired):
        raise
    except (ClientError, AuthError, InvalidDocument) as error:
        return OpenedPart(key, descriptor, None, (), error)
    found = () if decoded is None else await checks(decoded, subject, crypto)
    return OpenedPart(key, descriptor, decoded, found)


def _digest(text: str) -> Digest | None:
    # What buildkit wrote down may be no digest at all.
    try:
        return parse_digest(text)
    except DigestError:
        return None


def _fill(work: Work, opened: Opened) -> None:
    def change(page: ReferrersPage) -> ReferrersPage:
        if page.open_at(opened.subject, opened.digest) is None:
            return page  # closed meanwhile
        return page._replace(
            opened=tuple(
                opened if (one.digest, one.subject) == (opened.digest, opened.subject) else one for one in page.opened
            )
        )

    _update(work, change)


def _update(work: Work, change: Callable[[ReferrersPage], ReferrersPage]) -> None:
    page = work.page()
    if isinstance(page, ReferrersPage):
        work.show(change(page))
