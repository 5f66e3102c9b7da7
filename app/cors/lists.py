"""Step 5: what the registry has, as far as a page is told, and whether it can see that a list goes on."""

from collections.abc import Callable

from app.client.endpoints import catalog_url, tags_url
from app.client.paging import read_catalog, read_tags
from app.cors.asking import Asking, content_meaning
from app.cors.notes import Asked
from app.oci.document import InvalidDocument, decode
from app.oci.origin import Origin
from app.ports.probing import Sight

BODY = 1 << 20
"""Bytes of a list; of a longer one nothing is concluded."""


class Lists:
    """A list is asked for at most once with each size."""

    def __init__(self, asking: Asking, registry: Origin) -> None:
        self._asking = asking
        self._registry = registry
        self._first: dict[str | None, Asked | None] = {}

    async def repository(self) -> str | None:
        """The first repository of the catalog."""
        return next((name for name in _names(await self._one(None, "catalog")) if self._url(name, 1) is not None), None)

    async def tag(self, repository: str) -> str | None:
        """The first tag of that repository."""
        return next((tag for tag in _names(await self._one(repository, "tags")) if tag not in (".", "..")), None)

    async def examine_link(self, repository: str | None) -> None:
        """RFC 8288: a list of which one entry was asked for has a Link where there are two.

        Without a second entry, or where the registry ignores how many were asked for, nothing is certain.
        """
        for of in (repository, None) if repository is not None else (None,):
            known = of in self._first
            one = await self._one(of, "link-one", _link_meaning)
            if one is None or one.status != 200:
                continue
            linked = one.sight.headers.get("Link") is not None
            if linked or len(_names(one)) != 1:
                if linked and known:
                    self._asking.notes.note("registry", "link-one", "header-readable", one.sight)
                if linked:
                    return
                continue  # distribution 2.8 ignores `n` with tags
            two = await self._ask(of, 2, "link-two", content_meaning)
            if two is not None and len(_names(two)) > 1:
                self._asking.notes.note("registry", "link-one", "header-hidden", one.sight)
                self._asking.rule("link-not-exposed", self._url(of, 1) or "", (one, two), exposed=True)
                return

    async def _one(
        self, of: str | None, question: str, meaning: Callable[[Sight], str] = content_meaning
    ) -> Asked | None:
        if of not in self._first:
            self._first[of] = await self._ask(of, 1, question, meaning)
        return self._first[of]

    async def _ask(self, of: str | None, n: int, question: str, meaning: Callable[[Sight], str]) -> Asked | None:
        url = self._url(of, n)
        return None if url is None else await self._asking.get(question, url, limit=BODY, meaning=meaning)

    def _url(self, of: str | None, n: int) -> str | None:
        try:
            return catalog_url(self._registry, n) if of is None else tags_url(self._registry, of, n)
        except ValueError:
            return None  # a name from a hostile catalog that would lead elsewhere


def _link_meaning(sight: Sight) -> str:
    return "header-readable" if sight.headers.get("Link") is not None else content_meaning(sight)


def _names(asked: Asked | None) -> tuple[str, ...]:
    """The names in a list of either kind, none where it cannot be read."""
    if asked is None or asked.status != 200:
        return ()
    try:
        found = decode(asked.sight.body, "list")
        return read_catalog(found) if isinstance(found, dict) and "repositories" in found else read_tags(found)
    except InvalidDocument:
        return ()
