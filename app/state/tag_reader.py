"""Fills in the rows of the tag table that are in view, a few requests at a time, and gives up those that left it."""

import asyncio
from collections.abc import Sequence

from app.client.errors import RateLimited
from app.oci.config import parse_config
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
    """One repository's. `aim` names the tags in view; what is read stays in the page's `details`.

    A row is read to its end, or to its failure, once: what failed is tried again by the reader of the next attempt.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._settled: set[str] = set()
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
            if tag not in self._tasks and tag not in self._settled and _lacking(page.details.get(tag)):
                self._tasks[tag] = asyncio.ensure_future(self._read(tag))

    def close(self) -> None:
        """Give up everything."""
        self._stopped = True
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()

    async def _read(self, tag: str) -> None:
        async with self._gate:
            try:
                self._put(tag, await self._describe(tag))
            except RateLimited as error:
                # Whatever row is asked for next would be refused too. Retry begins with a new reader.
                self._fail(tag, error)
                self.close()
                self._work.trouble(failure_of(error))
            except Exception as error:  # nobody waits for this task, so the row has to say it
                self._fail(tag, error)
            self._settled.add(tag)
            self._tasks.pop(tag, None)

    async def _describe(self, tag: str) -> TagDetail:
        """All that the row says; what is known early is put there meanwhile."""
        fetched = await self._work.client.manifest(self._repository, tag)
        document = fetched.document
        detail = UNREAD._replace(digest=fetched.digest, kind=kind_of(document))
        if isinstance(document, Manifest):
            detail = detail._replace(size=size_of(document))
            self._put(tag, detail)
            return await self._dated(detail, document)
        if isinstance(document, Index):
            return await self._described_index(tag, detail, document)
        return detail._replace(complete=True)

    async def _described_index(self, tag: str, detail: TagDetail, index: Index) -> TagDetail:
        images = [one for one in index.manifests if one.platform is not None and one.platform.os != "unknown"]
        detail = detail._replace(platforms=tuple(str(one.platform) for one in images))
        if not images or len(images) > PLATFORMS:
            return detail._replace(complete=True)
        self._put(tag, detail)
        manifests: list[Manifest] = []
        for image in images:
            child = (await self._work.client.manifest(self._repository, image.digest, image.media_type)).document
            if not isinstance(child, Manifest):
                return detail._replace(complete=True)
            manifests.append(child)
        detail = detail._replace(size=sum(map(size_of, manifests)))
        self._put(tag, detail)
        return await self._dated(detail, manifests[0])

    async def _dated(self, detail: TagDetail, manifest: Manifest) -> TagDetail:
        """With the platform and the time of creation, from the annotations or the config."""
        created = manifest.annotations.get("org.opencontainers.image.created")
        config = manifest.config
        if config is None or kind_of(manifest) != "image" or config.size > CONFIG_LIMIT:
            return detail._replace(created=created, complete=True)
        parsed = parse_config(await self._work.client.blob(self._repository, config.digest, CONFIG_LIMIT))
        own = "/".join(filter(None, (parsed.os, parsed.architecture, parsed.variant)))
        platforms = detail.platforms or ((own,) if own else ())
        return detail._replace(created=created or parsed.created, platforms=platforms, complete=True)

    @property
    def _repository(self) -> str:
        return self._work.route.repository or ""

    def _fail(self, tag: str, error: Exception) -> None:
        page = self._work.page()
        known = page.details.get(tag) if isinstance(page, Tags) else None
        self._put(tag, (known or UNREAD)._replace(failure=failure_of(error), complete=True))

    def _put(self, tag: str, detail: TagDetail) -> None:
        page = self._work.page()
        if isinstance(page, Tags) and page.details.get(tag) != detail:
            self._work.show(page._replace(details={**page.details, tag: detail}))


UNREAD = TagDetail(None, None, None, (), None, None, complete=False)


def _lacking(detail: TagDetail | None) -> bool:
    return detail is None or not detail.complete or detail.failure is not None


def size_of(manifest: Manifest) -> int:
    """Bytes to pull: the layers and the config, as the registry holds them."""
    return sum(layer.size for layer in manifest.layers) + (manifest.config.size if manifest.config else 0)
