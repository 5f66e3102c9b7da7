"""The tree of what refers to a manifest."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.oci.value import value

Place = Literal["api", "tag", "cosign-sig", "cosign-att", "cosign-sbom", "buildkit"]
"""Where one was found: the registry's API, the referrers tag, one of cosign's tags, buildkit's entry in the index."""


@value
class Referrer(NamedTuple):
    """One of them, and what refers to it in turn. `places`: all that named it; `tag`: of those that are tags.

    `platform`: of the manifest that buildkit's attestation is about. `loop`: it stands above itself in the tree, and is
    not followed again.
    """

    descriptor: Descriptor
    places: tuple[Place, ...]
    tag: str | None = None
    platform: str | None = None
    loop: bool = False
    children: tuple["Referrer", ...] = ()


@value
class Trouble(NamedTuple):
    """A question that was not answered: about which manifest, at which place, and why."""

    digest: Digest
    place: Place
    error: Exception


@value
class ReferrerTree(NamedTuple):
    """What is known so far. `supported`: whether the registry has the API, None before that is known. `left_out`: how
    many manifests were not asked about, since the tree is large."""

    subject: Digest
    referrers: tuple[Referrer, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    supported: bool | None = None
    filtered: bool = False
    complete: bool = False
    left_out: int = 0

    def walk(self) -> Iterator[tuple[int, Referrer]]:
        """All of them with their depth, each before what refers to it."""
        waiting = [(0, one) for one in reversed(self.referrers)]
        while waiting:
            depth, one = waiting.pop()
            yield depth, one
            waiting += [(depth + 1, child) for child in reversed(one.children)]
