"""A registry with images in it that real clients pushed, and what those clients said they are."""

import hashlib
from typing import NamedTuple

from tests.servers.harbour import Harbour
from tests.servers.images import Image
from tests.servers.pushing import Crane, Skopeo

INDEX = "lab/harbour:1.0"  # pushed by skopeo
COPY = "lab/deep/er/harbour:1.0"  # the same, by crane
CLASSIC = "lab/classic:2"  # Docker schema 2, by crane
PUBLIC = "public/harbour:1.0"  # in mode token everybody may pull this one

# Nothing that compresses, and more than the 1 MB that a proxy takes unless told otherwise.
CARGO = hashlib.shake_256(b"cargo").digest(1_500_000)

REPOSITORIES = ("lab/classic", "lab/deep/er/harbour", "lab/harbour", "public/harbour")


class Shore(NamedTuple):
    """`digests`: by name:tag, as the client reported that pushed it."""

    harbour: Harbour
    image: Image
    skopeo: Skopeo
    crane: Crane
    digests: dict[str, str]

    @property
    def host(self) -> str:
        return self.harbour.host


def land(harbour: Harbour, image: Image, all_of_it: bool = True) -> Shore:
    """Push everything, or INDEX and CLASSIC, through the proxy, signed in where the registry asks for it."""
    skopeo = Skopeo(harbour.host, harbour.folder / "skopeo", harbour.person)
    crane = Crane(harbour.host, harbour.folder / "crane", harbour.person)
    digests = {INDEX: skopeo.push(image, INDEX), CLASSIC: crane.append({"hold/cargo": CARGO}, CLASSIC)}
    if all_of_it:
        digests |= {COPY: crane.push(image, COPY), PUBLIC: skopeo.push(image, PUBLIC)}
    return Shore(harbour, image, skopeo, crane, digests)
