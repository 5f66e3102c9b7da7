"""The page of what refers to a manifest, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from app.oci.value import value

if TYPE_CHECKING:
    from app.client.fetched import Fetched
    from app.oci.descriptor import Descriptor
    from app.oci.digest import Digest
    from app.state.route import Route
    from app.trust.checks import Check
    from app.trust.decode import Decoded
    from app.trust.referrer import ReferrerTree

ROWS = 200
"""Packages that are shown at once, and how many more each time."""


@value
class OpenedPart(NamedTuple):
    """A blob of a referrer. `decoded`: None where it is nothing that is decoded; `problem`: why it could not be read.

    `key`: names it among all that are open.
    """

    key: str
    descriptor: Descriptor
    decoded: Decoded | None
    checks: tuple[Check, ...]
    problem: Exception | None = None


@value
class Opened(NamedTuple):
    """A referrer that a person opened in its place. `subject`: the digest of what it is about, as text.

    `parts`: None while they are read; `left_out`: how many blobs were not looked into.
    """

    digest: Digest
    subject: str
    parts: tuple[OpenedPart, ...] | None = None
    problem: Exception | None = None
    left_out: int = 0


@value
class Chosen(NamedTuple):
    """What a person has chosen of a list of packages: the filter, and how many rows."""

    search: str = ""
    shown: int = ROWS


@value
class ReferrersPage(NamedTuple):
    """All that refers to a manifest. `artifact_type`: only those of that type; `tree`: None before anything is known.

    `chosen`: of the lists of packages that are open, by the key of their part.
    """

    fetched: Fetched | None
    artifact_type: str | None
    tree: ReferrerTree | None
    opened: tuple[Opened, ...]
    chosen: Mapping[str, Chosen]

    @property
    def has_data(self) -> bool:
        """Whether something that was read can be shown."""
        return self.tree is not None

    @property
    def pending(self) -> bool:
        """Whether one that is open is still being read."""
        return any(one.parts is None for one in self.opened)

    def open_at(self, subject: str, digest: Digest) -> Opened | None:
        """What is open of that referrer in that place."""
        return next((one for one in self.opened if one.digest == digest and one.subject == subject), None)


def begin(route: Route) -> ReferrersPage:
    """The page before anything is read."""
    return ReferrersPage(None, route.parameter("type") or None, None, (), {})
