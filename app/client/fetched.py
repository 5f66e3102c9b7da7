"""Manifests as they were received, and how their bytes are held to their digests."""

from typing import NamedTuple

from app.client.errors import BadDigest
from app.oci.digest import Digest, digest_of, parse_digest, verify
from app.oci.document import InvalidDocument
from app.oci.manifest_document import Index, Manifest, Schema1, Unknown, parse_manifest
from app.oci.schema1 import signed_payload
from app.oci.value import value
from app.ports.transport import Headers, Request


@value
class Fetched(NamedTuple):
    """A manifest. `raw`: the bytes as received. `digest`: computed, always, from `raw`, or from its payload where that
    is what the digest of a signed schema 1 manifest names. `stated`: the registry's Docker-Content-Digest, None when it
    was not sent or cannot be read by a page; where it could be checked it agrees.
    """

    raw: bytes
    media_type: str
    digest: Digest
    stated: Digest | None
    document: Manifest | Index | Schema1 | Unknown


@value
class Head(NamedTuple):
    """What a registry says of a manifest without sending it, unverified; None where it does not. `size` in bytes."""

    digest: Digest | None
    media_type: str | None
    size: int | None


def stated_digest(headers: Headers) -> Digest | None:
    """The Docker-Content-Digest of an answer; None when hidden, not sent or no digest."""
    text = headers.get("Docker-Content-Digest")
    try:
        return None if text is None else parse_digest(text.strip())
    except ValueError:
        return None


def verified_digest(request: Request, data: bytes, wanted: Digest | None, stated: Digest | None) -> Digest:
    """The digest of the bytes: in the algorithm of the one asked for, or else the stated one, or else sha256.

    Raises BadDigest when the bytes are not those of both. One asked for in an algorithm that cannot be computed
    never counts as verified; one that is only stated in such an algorithm says nothing.
    """
    if wanted is not None and not verify(wanted, data):
        algorithm = wanted.algorithm if wanted.verifiable else "sha256"
        raise BadDigest(request.method, request.url, wanted, digest_of(data, algorithm), len(data))
    if stated is not None and stated.verifiable and not verify(stated, data):
        raise BadDigest(request.method, request.url, stated, digest_of(data, stated.algorithm), len(data))
    if wanted is not None:
        return wanted
    return stated if stated is not None and stated.verifiable else digest_of(data)


def named_bytes(raw: bytes, named: Digest | None) -> bytes:
    """The bytes that the digest of a manifest names: all of them, or the payload of a signed schema 1 manifest.

    distribution names schema 1 without its signatures (spec/deprecated-schema-v1.md), registries that keep manifests
    as they are name all of it. `named`: a digest that tells which, if there is one.
    """
    if b'"signatures"' not in raw or (named is not None and verify(named, raw)):
        return raw
    try:
        payload = signed_payload(raw)
        return payload if isinstance(parse_manifest(payload, None), Schema1) else raw
    except InvalidDocument:
        return raw


def stated_size(headers: Headers) -> int | None:
    text = headers.get("Content-Length")
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 16 else None
