"""Registries known by name that send no CORS headers, so that no page can read them (as of November 2026)."""

from typing import NamedTuple

from app.oci.origin import Origin
from app.oci.value import value


@value
class PublicRegistry(NamedTuple):
    """`name` for people. `realm`, `storage`: hosts that a relay or an extension needs too, `*.` any name before."""

    name: str
    hosts: tuple[str, ...]
    realm: tuple[str, ...]
    storage: tuple[str, ...]
    evidence: str


def known_silent(registry: Origin) -> PublicRegistry | None:
    """The public registry that this is, if it is known to send no CORS headers."""
    return None
