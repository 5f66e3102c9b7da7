"""A manifest's page: an index with its platforms, an image with its config, or an artifact; and its raw JSON."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.client.errors import ClientError, NotFound, Unsupported
from app.client.registry import CONFIG_LIMIT, Fetched
from app.oci.config import parse_config
from app.oci.descriptor import Descriptor
from app.oci.document import InvalidDocument
from app.oci.index import Index
from app.oci.manifest import Manifest
from app.oci.media_type import OCI_EMPTY, essence, kind_of
from app.state.failure import Failure, failure_of
from app.state.model import Child, ManifestPage, Raw
from app.state.route import Route
from app.state.together import together
from app.state.work import Work

AT_A_TIME = 4

FACTS = 1 << 18
"""Bytes of an artifact's config that are read to say what it is."""


def begin(route: Route) -> ManifestPage:
    """The page before anything is read."""
    return ManifestPage(None, (), dict(route.query).get("platform"), None, None, None, None, None)


def on_platform(page: ManifestPage, platform: str | None) -> ManifestPage:
    """The page with another platform of the same index, as far as it was read already."""
    chosen = choose([child.descriptor for child in page.children], platform)
    image = next((child.fetched for child in page.children if child.descriptor == chosen), page.image)
    return page._replace(platform=platform, image=image, config=None, config_failure=None)


async def load(work: Work) -> None:
    """Read the manifest, then what it leads to: platforms, the config of the one shown, referrers.

    What an earlier attempt read of the same manifest stays, and is not asked for again.
    """
    fetched = await _read(work)
    _update(work, lambda page: _opened(page, fetched))
    page = work.page()
    if isinstance(page, ManifestPage):
        await together(_platforms(work, page), _config(work, page.image), _referrers(work, fetched))


def _opened(page: ManifestPage, fetched: Fetched) -> ManifestPage:
    """The page of that manifest, with what is known of it already."""
    document = fetched.document
    if page.fetched is None or page.fetched.digest != fetched.digest:
        page = ManifestPage(None, (), page.platform, None, None, None, None, None)
    children = page.children
    if not children and isinstance(document, Index):
        children = tuple(Child(one, None, None) for one in document.manifests)
    image = fetched if isinstance(document, Manifest) else page.image
    children = tuple(child._replace(failure=None) for child in children)
    return page._replace(fetched=fetched, children=children, image=image, config_failure=None, referrers_failure=None)


async def load_raw(work: Work) -> None:
    """Read the manifest alone."""
    work.show(Raw(await _read(work), loading=False))


async def _read(work: Work) -> Fetched:
    route = work.route
    return await work.client.manifest(route.repository or "", route.digest or route.tag or "")


async def _platforms(work: Work, page: ManifestPage) -> None:
    gate = asyncio.Semaphore(AT_A_TIME)
    chosen = choose([child.descriptor for child in page.children], page.platform)

    async def read(number: int, descriptor: Descriptor) -> None:
        async with gate:
            fetched: Fetched | None = None
            failure: Failure | None = None
            try:
                fetched = await work.client.manifest(
                    work.route.repository or "", descriptor.digest, descriptor.media_type
                )
            except (LoginRequired, ApprovalRequired):
                raise
            except (AuthError, ClientError) as error:
                failure = failure_of(error)
        filled = Child(descriptor, fetched, failure)
        _update(work, lambda page: _with_child(page, number, filled))
        if descriptor == chosen:
            if failure is not None:
                _update(work, lambda page: page._replace(config_failure=failure))
            elif fetched is not None and isinstance(fetched.document, Manifest):
                _update(work, lambda page: page._replace(image=fetched))
                await _config(work, fetched)

    missing = [(number, child.descriptor) for number, child in enumerate(page.children) if child.fetched is None]
    # The platform that is shown comes first.
    missing.sort(key=lambda one: one[1] != chosen)
    await together(*(read(number, descriptor) for number, descriptor in missing))


def _with_child(page: ManifestPage, number: int, child: Child) -> ManifestPage:
    return page._replace(children=(*page.children[:number], child, *page.children[number + 1 :]))


def choose(descriptors: Sequence[Descriptor], platform: str | None) -> Descriptor | None:
    """The manifest of that platform, else the first that names a real one, else the first."""
    for descriptor in descriptors:
        if platform is not None and str(descriptor.platform) == platform:
            return descriptor
    real = (one for one in descriptors if one.platform is not None and one.platform.os != "unknown")
    return next(real, descriptors[0] if descriptors else None)


async def _config(work: Work, image: Fetched | None) -> None:
    page = work.page()
    if isinstance(page, ManifestPage) and page.config is not None:
        return
    if image is None or not isinstance(image.document, Manifest) or image.document.config is None:
        return
    kind = kind_of(image.document)
    if kind in ("chart", "wasm"):
        await _facts(work, image.document.config)
    if kind != "image":
        return
    try:
        content = await work.client.blob(work.route.repository or "", image.document.config.digest, CONFIG_LIMIT)
        config = parse_config(content)
        _update(work, lambda page: page._replace(config=config))
    except (LoginRequired, ApprovalRequired):
        raise
    except (AuthError, ClientError, InvalidDocument) as error:
        failure = failure_of(error)
        _update(work, lambda page: page._replace(config_failure=failure))


async def _facts(work: Work, descriptor: Descriptor) -> None:
    """The config of an artifact, as far as it says something of it; without it the page is none the worse."""
    page = work.page()
    known = isinstance(page, ManifestPage) and page.facts is not None
    if known or descriptor.size > FACTS or essence(descriptor.media_type) == OCI_EMPTY:
        return
    with suppress(AuthError, ClientError):
        content = await work.client.blob(work.route.repository or "", descriptor.digest, FACTS)
        _update(work, lambda page: page._replace(facts=content))


async def _referrers(work: Work, fetched: Fetched) -> None:
    page = work.page()
    if isinstance(page, ManifestPage) and page.referrers is not None:
        return
    try:
        found = await work.client.referrers(work.route.repository or "", fetched.digest)
        _update(work, lambda page: page._replace(referrers=() if found is None else found.descriptors))
    except (NotFound, Unsupported):
        _update(work, lambda page: page._replace(referrers=()))
    except (AuthError, ClientError, InvalidDocument) as error:
        # A registry that wants a login for referrers alone must not hide a public image behind the form.
        failure = failure_of(error)
        _update(work, lambda page: page._replace(referrers_failure=failure))


def _update(work: Work, change: Callable[[ManifestPage], ManifestPage]) -> None:
    page = work.page()
    if isinstance(page, ManifestPage):
        work.show(change(page))
