"""Listings that arrive in pages: what a page holds, and when there is no next one, whatever the registry says."""

from typing import NamedTuple

from app.oci.document import InvalidDocument, Json, as_object, items
from app.oci.value import value


@value
class Page(NamedTuple):
    """One page of a listing. `items`: those that no earlier page had, in the registry's order; they are hostile text.

    `next`: the URL of the next page, None at the end. `cut`: the URL of this page, where it named a next one that must
    not be followed: then the listing ends here without being complete.
    """

    items: tuple[str, ...]
    next: str | None
    cut: str | None = None


class Pages:
    """The memory of one listing. It ends where there is no next page, and also where

    - a page adds nothing: zot and Gitea have a Link on the last page too, and 2.8 distributions ignore `last`;
    - the next page was asked for before: the links go in a circle.
    """

    __slots__ = ("_items", "_urls", "linked")

    def __init__(self) -> None:
        self.linked = False
        """Whether a page of it had a readable Link: then the page without one is the last."""
        self._items: set[str] = set()
        self._urls: set[str] = set()

    def take(self, url: str, items: tuple[str, ...], following: str | None) -> Page:
        """Note the page that came from `url`, and say what it adds. `following`: what the registry has as the next."""
        self._urls.add(url)
        fresh = tuple(dict.fromkeys(item for item in items if item not in self._items))
        self._items.update(fresh)
        onward = bool(fresh) and following is not None and following not in self._urls
        return Page(fresh, following if onward else None)


# The bodies of the two listings: distribution-spec, "Listing Tags"; distribution's spec/api.md, "Listing Repositories".


# {"repositories": ["NAME", …]}
def read_catalog(decoded: Json) -> tuple[str, ...]:
    """The names in the registry's order, as hostile text. Raises InvalidDocument."""
    return _names(decoded, "repositories")


# {"name": "NAME", "tags": ["TAG", …]}
def read_tags(decoded: Json) -> tuple[str, ...]:
    """The tags in the registry's order, as hostile text. Raises InvalidDocument."""
    return _names(decoded, "tags")


def _names(decoded: Json, member: str) -> tuple[str, ...]:
    found = as_object(decoded, "")
    if member not in found:
        raise InvalidDocument("document", member, "is missing")
    # Null is distribution's word for a repository whose tags were all deleted; items() reads it as none.
    # A name outside the grammar is still shown, since the registry has it; what is no text is no name at all.
    return tuple(item for item, _ in items(found, member, "") if isinstance(item, str) and item)
