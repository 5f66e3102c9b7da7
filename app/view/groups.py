"""Repositories grouped by namespace, packed into chunks that are rendered together."""

from functools import lru_cache
from typing import NamedTuple

from app.oci.value import value
from app.state.model import CHUNK

MOST = 12
"""Names of a namespace that are shown before one asks for the others."""


@value
class Group(NamedTuple):
    """A namespace ("" for none) with the first of its names, which lack it, and how many there are."""

    namespace: str
    names: tuple[str, ...]
    total: int


Pack = tuple[Group, ...]


@lru_cache(maxsize=2)
def pack(rows: tuple[str, ...]) -> tuple[Pack, ...]:
    """The groups in the order in which their first names come, in packs of at least CHUNK names but for the last."""
    names: dict[str, list[str]] = {}
    for row in rows:
        namespace, slash, name = row.partition("/")
        names.setdefault(namespace if slash else "", []).append(name if slash else row)
    packs: list[Pack] = []
    filling: list[Group] = []
    filled = 0
    for namespace, found in names.items():
        filling.append(Group(namespace, tuple(found[:MOST]), len(found)))
        filled += min(MOST, len(found))
        if filled >= CHUNK:
            packs.append(tuple(filling))
            filling, filled = [], 0
    return (*packs, tuple(filling)) if filling else tuple(packs)
