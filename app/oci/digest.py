"""Digests: what names a blob or manifest by its bytes."""

import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from app.oci.grammar import GrammarError, named
from app.oci.value import value

# image-spec descriptor.md, "Digests":
#   digest                ::= algorithm ":" encoded
#   algorithm             ::= algorithm-component (algorithm-separator algorithm-component)*
#   algorithm-component   ::= [a-z0-9]+
#   algorithm-separator   ::= [+._-]
#   encoded               ::= [a-zA-Z0-9=_-]+
_ALGORITHM = re.compile(r"[a-z0-9]++(?:[+._-][a-z0-9]++)*+")
_ENCODED = re.compile(r"[a-zA-Z0-9=_-]++")
_HEX = re.compile(r"[0-9a-f]*+")

# image-spec descriptor.md, "Registered algorithms": the encoded part of each is lower-case hex of this length.
# sha384 is not registered there, but every client built on go-digest accepts and checks it.
_HEX_LENGTH = {"sha256": 64, "sha384": 96, "sha512": 128, "blake3": 64}


class Hasher(Protocol):
    """The part of hashlib's objects that a verification needs."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


_HASHERS: dict[str, Callable[[], Hasher]] = {
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


class DigestError(GrammarError):
    """A text that is no digest."""


@value
class Digest(NamedTuple):
    """A parsed digest; `str()` gives `algorithm:encoded`."""

    algorithm: str
    encoded: str

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.encoded}"

    @property
    def verifiable(self) -> bool:
        """Whether this program can compute digests of that algorithm."""
        return self.algorithm in _HASHERS

    @property
    def short(self) -> str:
        """The first twelve characters of the encoded part, for people."""
        return self.encoded[:12]


def parse_digest(text: str) -> Digest:
    """Parse `algorithm:encoded`.

    Algorithms that are not registered parse as well, and are not `verifiable`. Raises DigestError.
    """
    match = _ALGORITHM.match(text)
    if match is None:
        raise DigestError(text, 0, f"A digest starts with its algorithm, such as sha256, not with {named(text[:1])}.")
    algorithm, end = match[0], match.end()
    if text[end : end + 1] != ":":
        raise DigestError(text, end, f"A colon follows the algorithm of a digest, not {named(text[end : end + 1])}.")
    start = end + 1
    length = _HEX_LENGTH.get(algorithm)
    allowed = _ENCODED if length is None else _HEX
    match = allowed.match(text, start)
    end = match.end() if match else start
    if length is not None:
        _check_hex(text, start, end, algorithm, length)
    elif end < len(text) or end == start:
        found = named(text[end : end + 1])
        raise DigestError(text, end, f"The encoded part of a digest is letters, digits, =, _ and -, not {found}.")
    return Digest(algorithm, text[start:])


def _check_hex(text: str, start: int, end: int, algorithm: str, length: int) -> None:
    found = named(text[end : end + 1])
    if end < len(text) and end - start < length:
        raise DigestError(text, end, f"A {algorithm} digest is {length} characters of 0 to 9 and a to f, not {found}.")
    if end < len(text) or end - start != length:
        position = min(end, start + length)
        raise DigestError(text, position, f"A {algorithm} digest has {length} characters, not {len(text) - start}.")


def hasher(digest: Digest) -> Hasher:
    """A fresh hash object for the algorithm of `digest`. Raises DigestError where it is not verifiable."""
    make = _HASHERS.get(digest.algorithm)
    if make is None:
        raise DigestError(str(digest), 0, f"Digests of the algorithm {digest.algorithm} cannot be computed here.")
    return make()


def verify(digest: Digest, data: bytes) -> bool:
    """Whether `data` has that digest. False as well where the algorithm cannot be computed: never take it on trust."""
    return digest.verifiable and digest_of(data, digest.algorithm) == digest


def digest_of(data: bytes, algorithm: str = "sha256") -> Digest:
    """The digest of `data`. Raises DigestError for an algorithm that cannot be computed."""
    computed = hasher(Digest(algorithm, ""))
    computed.update(data)
    return Digest(algorithm, computed.hexdigest())
