"""Where two references are read, each with the identity of its own registry, and what they are compared by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.client.errors import ClientError
from app.client.registry import CONFIG_LIMIT
from app.oci.config import parse_config
from app.oci.descriptor import Descriptor, Platform
from app.oci.document import EMPTY, InvalidDocument
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.state.compare_model import ComparePage, Listed, Side, Which
from app.state.compare_sboms import find_packages
from app.state.failure import failure_of
from app.state.manifest_page import choose
from app.state.together import together

if TYPE_CHECKING:
    from app.client.fetched import Fetched
    from app.client.registry import RegistryClient
    from app.oci.config import ImageConfig
    from app.oci.origin import Origin
    from app.state.controller import Controller
    from app.state.visit import Visit

_DEEPEST = 4


async def load(controller: Controller, visit: Visit) -> None:
    """Read both manifests, the images of one platform in them with their configs, and their lists of packages.

    What stops the first side is raised, as on any page of its registry; the second side keeps its failure.
    """
    page = visit.page()
    if not isinstance(page, ComparePage) or page.right is None:
        return
    right_registry = page.right.route.registry
    if right_registry is None:
        return  # parse_other refuses what has none
    visit.show(page._replace(files=None))
    clients: dict[Which, RegistryClient] = {
        "left": visit.client,
        "right": controller.connections.client(right_registry),
    }

    def identity(registry: Origin | None) -> str | None:
        return None if registry is None else controller.connections.standing(registry).username

    async def manifest(which: Which) -> None:
        await _kept(visit, which, lambda: _manifest(visit, which, clients[which]))
        _change_side(visit, which, lambda side: side._replace(identity=identity(side.route.registry)))

    await together(manifest("left"), manifest("right"))
    page = visit.page()
    if not isinstance(page, ComparePage) or page.right is None:
        return
    left, right = platforms(page.left), platforms(page.right)
    wanted = page.platform or common_platform(page.left, page.right)

    async def image(which: Which, platform: str | None) -> None:
        await _kept(visit, which, lambda: _image(visit, which, clients[which], platform))

    if bool(left) == bool(right):
        await together(image("left", wanted), image("right", wanted))
    else:
        # One is an index and the other an image, which tells the platform that is looked for in the index.
        alone: Which = "right" if left else "left"
        await image(alone, None)
        page = visit.page()
        side = side_of(page, alone) if isinstance(page, ComparePage) else None
        own = next((str(one.platform) for one in platforms(side)), None)
        await image("left" if left else "right", wanted if own is None or _is_asked(visit) else own)
    await together(_packages(visit, "left", clients["left"]), _packages(visit, "right", clients["right"]))


def side_of(page: ComparePage, which: Which) -> Side | None:
    return page.left if which == "left" else page.right


def _is_asked(visit: Visit) -> bool:
    page = visit.page()
    return isinstance(page, ComparePage) and page.platform is not None


def platforms(side: Side | None) -> tuple[Descriptor, ...]:
    """The manifests of its index that are for a platform; the image itself, once its config is read, where it is no
    index."""
    if side is None or side.fetched is None:
        return ()
    if not isinstance(side.fetched.document, Index):
        return _itself(side.fetched, side.config)
    return tuple(
        one
        for one in side.fetched.document.manifests
        if one.platform is not None and one.platform.os not in ("", "unknown")
    )


def _itself(fetched: Fetched, config: ImageConfig | None) -> tuple[Descriptor, ...]:
    if config is None or not config.os:
        return ()
    platform = Platform(config.os, config.architecture, config.variant, config.os_version, ())
    return (Descriptor(fetched.media_type, fetched.digest, len(fetched.raw), EMPTY, platform, None, (), None),)


def common_platform(left: Side, right: Side) -> str | None:
    """The first platform of the first one that both have; None where they are no indexes or share none."""
    there = [str(one.platform) for one in platforms(right)]
    return next((name for one in platforms(left) if (name := str(one.platform)) in there or not there), None)


async def _kept(visit: Visit, which: Which, job: Callable[[], Awaitable[None]]) -> None:
    """Do it; what fails on the second side is kept there. On the first only what failed after its manifest is."""
    try:
        await job()
    except (AuthError, ClientError, InvalidDocument) as error:
        page = visit.page()
        asked = isinstance(error, LoginRequired | ApprovalRequired)
        started = isinstance(page, ComparePage) and page.left.fetched is not None
        if which == "left" and (asked or not started):
            raise
        failure = failure_of(error)
        _change_side(visit, which, lambda side: side._replace(failure=failure))


async def _manifest(visit: Visit, which: Which, client: RegistryClient) -> None:
    page = visit.page()
    side = side_of(page, which) if isinstance(page, ComparePage) else None
    if side is None:
        return
    route = side.route
    fetched = await client.manifest(route.repository or "", route.digest or route.tag or "")
    _change_side(visit, which, lambda side: Side(side.route, fetched, side.identity))


async def _image(visit: Visit, which: Which, client: RegistryClient, platform: str | None) -> None:
    page = visit.page()
    side = side_of(page, which) if isinstance(page, ComparePage) else None
    if side is None or side.fetched is None:
        return
    repository = side.route.repository or ""
    fetched, chosen = side.fetched, None
    for _ in range(_DEEPEST):
        if not isinstance(fetched.document, Index):
            break
        found = _of_platform(fetched.document.manifests, platform)
        if found is None:
            return
        chosen = chosen or found
        fetched = await client.manifest(repository, found.digest, found.media_type)
    image = fetched
    _change_side(visit, which, lambda side: side._replace(chosen=chosen, image=image))
    document = image.document
    if not isinstance(document, Manifest) or document.config is None or kind_of(document) != "image":
        return
    config = parse_config(await client.blob(repository, document.config.digest, CONFIG_LIMIT))
    _change_side(visit, which, lambda side: side._replace(config=config))


def _of_platform(found: Sequence[Descriptor], platform: str | None) -> Descriptor | None:
    chosen = choose(found, platform)
    # Another platform than the one that is compared would be no comparison.
    if platform is not None and chosen is not None and str(chosen.platform) != platform:
        return None
    return chosen


async def _packages(visit: Visit, which: Which, client: RegistryClient) -> None:
    page = visit.page()
    side = side_of(page, which) if isinstance(page, ComparePage) else None
    if side is None or side.fetched is None:
        return
    try:
        listed = await find_packages(client, side)
    except (AuthError, ClientError, InvalidDocument) as error:
        # A sign-in for referrers alone must not hide what both images are.
        listed = Listed(None, None, failure_of(error))
    page = visit.page()
    if isinstance(page, ComparePage):
        visit.show(page._replace(packages={**page.packages, which: listed}))


def _change_side(visit: Visit, which: Which, change: Callable[[Side], Side]) -> None:
    page = visit.page()
    if not isinstance(page, ComparePage) or page.right is None:
        return
    if which == "left":
        visit.show(page._replace(left=change(page.left)))
    else:
        visit.show(page._replace(right=change(page.right)))
