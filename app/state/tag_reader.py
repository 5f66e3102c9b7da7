"""Fills in the rows of the tag table that are in view, a few requests at a time, and gives up those that left it."""

import asyncio
from collections.abc import Sequence

from app.auth.errors import AuthError
from app.client.errors import ClientError, RateLimited
from app.client.registry import Fetched
from app.oci.config import parse_config
from app.oci.document import InvalidDocument
from app.oci.index import Index
from app.oci.manifest import Manifest
from app.oci.media_type import kind_of
from app.state.failure import failure_of
from app.state.model import TagDetail, Tags
from app.state.work import Work

AT_A_TIME = 4
PLATFORMS = 12
"""Platforms whose sizes are read for a row; an index of more shows no size there."""

CONFIG_LIMIT = 1 << 20


class TagReader:
    """One repository's. `aim` names the tags in view; what is read stays in the page's `details`."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._gate = asyncio.Semaphore(AT_A_TIME)
        self._stopped = False

    def aim(self, tags: Sequence[str]) -> None:
        """Read these rows and no others."""
        page = self._work.page()
        if self._stopped or not isinstance(page, Tags):
            return
        wanted = set(tags)
        for tag in [tag for tag in self._tasks if tag not in wanted]:
            self._tasks.pop(tag).cancel()
        for tag in tags:
            if tag not in self._tasks and tag not in page.details:
                self._tasks[tag] = asyncio.ensure_future(self._read(tag))

    def close(self) -> None:
        """Give up everything."""
        self._stopped = True
        for task in list(self._tasks.values()):
            task.cancel()

    async def _read(self, tag: str) -> None:
        async with self._gate:
            try:
                await self._describe(tag)
                del self._tasks[tag]
            except RateLimited as error:
                self._put(tag, TagDetail(None, None, None, (), None, failure_of(error)))
                self.close()
            except (AuthError, ClientError, InvalidDocument) as error:
                self._put(tag, TagDetail(None, None, None, (), None, failure_of(error)))

    async def _describe(self, tag: str) -> None:
        repository = self._work.route.repository or ""
        fetched = await self._work.client.manifest(repository, tag)
        document = fetched.document
        kind = kind_of(document)
        if isinstance(document, Manifest):
            detail = TagDetail(fetched.digest, kind, size_of(document), (), None, None)
            self._put(tag, detail)
            self._put(tag, await self._dated(detail, document))
        elif isinstance(document, Index):
            await self._describe_index(tag, fetched, document, kind)
        else:
            self._put(tag, TagDetail(fetched.digest, kind, None, (), None, None))

    async def _describe_index(self, tag: str, fetched: Fetched, index: Index, kind: str) -> None:
        images = [one for one in index.manifests if one.platform is not None and one.platform.os != "unknown"]
        detail = TagDetail(fetched.digest, kind, None, tuple(str(one.platform) for one in images), None, None)
        self._put(tag, detail)
        if not images or len(images) > PLATFORMS:
            return
        repository = self._work.route.repository or ""
        sizes: list[int] = []
        first: Manifest | None = None
        for image in images:
            child = (await self._work.client.manifest(repository, image.digest, image.media_type)).document
            if not isinstance(child, Manifest):
                return
            first = first or child
            sizes.append(size_of(child))
        detail = detail._replace(size=sum(sizes))
        self._put(tag, detail)
        if first is not None:
            self._put(tag, await self._dated(detail, first))

    async def _dated(self, detail: TagDetail, manifest: Manifest) -> TagDetail:
        """With the platform and the time of creation, from the annotations or the config."""
        created = manifest.annotations.get("org.opencontainers.image.created")
        config = manifest.config
        if config is None or kind_of(manifest) != "image" or config.size > CONFIG_LIMIT:
            return detail._replace(created=created)
        repository = self._work.route.repository or ""
        parsed = parse_config(await self._work.client.blob(repository, config.digest, CONFIG_LIMIT))
        platforms = detail.platforms or (f"{parsed.os}/{parsed.architecture}",)
        return detail._replace(created=created or parsed.created, platforms=platforms)

    def _put(self, tag: str, detail: TagDetail) -> None:
        page = self._work.page()
        if isinstance(page, Tags):
            self._work.show(page._replace(details={**page.details, tag: detail}))


def size_of(manifest: Manifest) -> int:
    """Bytes to pull: the layers and the config, as the registry holds them."""
    return sum(layer.size for layer in manifest.layers) + (manifest.config.size if manifest.config else 0)
