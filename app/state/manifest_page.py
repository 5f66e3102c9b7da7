"""A manifest's page: an index with its platforms, an image with its config, or an artifact; and its raw JSON."""

import asyncio
from collections.abc import Callable, Sequence

from app.auth.errors import AuthError
from app.client.errors import ClientError, NotFound, Unsupported
from app.client.registry import Fetched
from app.oci.config import parse_config
from app.oci.descriptor import Descriptor
from app.oci.document import InvalidDocument
from app.oci.index import Index
from app.oci.manifest import Manifest
from app.oci.media_type import kind_of
from app.state.failure import Failure, failure_of
from app.state.model import Child, ManifestPage, Raw
from app.state.route import Route
from app.state.work import Work

AT_A_TIME = 4
CONFIG_LIMIT = 8 << 20


def begin(route: Route) -> ManifestPage:
    """The page before anything is read."""
    return ManifestPage(None, (), dict(route.query).get("platform"), None, None, None, None, None)


async def load(work: Work) -> None:
    """Read the manifest, then what it leads to: platforms, the config of the one shown, referrers."""
    page = work.page()
    known = page.fetched if isinstance(page, ManifestPage) else None
    fetched = known or await _read(work)
    children = tuple(Child(one, None, None) for one in fetched.document.manifests) if isinstance(fetched.document, Index) else ()
    image = fetched if isinstance(fetched.document, Manifest) else None
    _update(work, lambda page: page._replace(fetched=fetched, children=children, image=image))
    await asyncio.gather(_platforms(work, children), _config(work, image), _referrers(work, fetched))


async def load_raw(work: Work) -> None:
    """Read the manifest alone."""
    page = work.page()
    if isinstance(page, Raw) and page.fetched is None:
        work.show(Raw(await _read(work), loading=False))


async def _read(work: Work) -> Fetched:
    route = work.route
    return await work.client.manifest(route.repository or "", route.digest or route.tag or "")


async def _platforms(work: Work, children: Sequence[Child]) -> None:
    gate = asyncio.Semaphore(AT_A_TIME)
    page = work.page()
    chosen = choose([child.descriptor for child in children], page.platform if isinstance(page, ManifestPage) else None)

    async def read(number: int, descriptor: Descriptor) -> None:
        async with gate:
            fetched: Fetched | None = None
            failure: Failure | None = None
            try:
                fetched = await work.client.manifest(work.route.repository or "", descriptor.digest, descriptor.media_type)
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

    # The platform that is shown comes first.
    order = sorted(enumerate(children), key=lambda one: one[1].descriptor != chosen)
    await asyncio.gather(*(read(number, child.descriptor) for number, child in order))


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
    if image is None or not isinstance(image.document, Manifest) or image.document.config is None:
        return
    if kind_of(image.document) != "image":
        return
    try:
        content = await work.client.blob(work.route.repository or "", image.document.config.digest, CONFIG_LIMIT)
        config = parse_config(content)
        _update(work, lambda page: page._replace(config=config))
    except (AuthError, ClientError, InvalidDocument) as error:
        failure = failure_of(error)
        _update(work, lambda page: page._replace(config_failure=failure))


async def _referrers(work: Work, fetched: Fetched) -> None:
    try:
        found = await work.client.referrers(work.route.repository or "", fetched.digest)
        _update(work, lambda page: page._replace(referrers=found or ()))
    except (NotFound, Unsupported):
        _update(work, lambda page: page._replace(referrers=()))
    except (AuthError, ClientError, InvalidDocument) as error:
        failure = failure_of(error)
        _update(work, lambda page: page._replace(referrers_failure=failure))


def _update(work: Work, change: Callable[[ManifestPage], ManifestPage]) -> None:
    page = work.page()
    if isinstance(page, ManifestPage):
        work.show(change(page))
