"""Sigstore's bundles: a signature with all that is needed to check it (sigstore/protobuf-specs, sigstore_bundle)."""

from collections.abc import Mapping
from typing import NamedTuple

from app.auth.der import NotDer
from app.oci.document import InvalidDocument, Json, as_object, at, items, member, optional_text, text
from app.oci.value import value
from app.trust.certificate import Certificate, parse_certificate
from app.trust.encoded import bytes_at, object_in
from app.trust.envelope import Envelope, read_envelope
from app.trust.rekor import LogEntry, read_entry


@value
class MessageSignature(NamedTuple):
    """A signature over bytes kept elsewhere; `algorithm` and `digest` (hexadecimal) name them."""

    algorithm: str
    digest: str
    signature: bytes


@value
class Bundle(NamedTuple):
    """A bundle; nothing of it was verified. `key`: a hint at the public key where there is no certificate.

    `timestamps`: how many signed timestamps (RFC 3161) it carries.
    """

    media_type: str
    certificates: tuple[Certificate, ...]
    key: str | None
    entries: tuple[LogEntry, ...]
    timestamps: int
    content: Envelope | MessageSignature


def parse_bundle(data: bytes) -> Bundle:
    """Read one. Raises InvalidDocument."""
    found = object_in(data, "Sigstore bundle")
    material = member(found, "verificationMaterial", "") or {}
    path = "verificationMaterial"
    key = member(material, "publicKey", path)
    stamps = member(material, "timestampVerificationData", path) or {}
    return Bundle(
        text(found, "mediaType", ""),
        _certificates(material, path),
        None if key is None else optional_text(key, "hint", at(path, "publicKey")) or "",
        tuple(read_entry(one, place) for one, place in items(material, "tlogEntries", path)),
        len(list(items(stamps, "rfc3161Timestamps", at(path, "timestampVerificationData")))),
        _content(found),
    )


def _certificates(material: Mapping[str, Json], path: str) -> tuple[Certificate, ...]:
    alone = member(material, "certificate", path)
    listed = [(alone, at(path, "certificate"))] if alone is not None else []
    chain = member(material, "x509CertificateChain", path)
    if chain is not None:
        place = at(path, "x509CertificateChain")
        listed += [(as_object(one, where), where) for one, where in items(chain, "certificates", place)]
    found = []
    for one, where in listed[:20]:
        try:
            found.append(parse_certificate(bytes_at(one, "rawBytes", where)))
        except NotDer as error:
            raise InvalidDocument("Sigstore bundle", at(where, "rawBytes"), f"is no certificate: {error}") from None
    return tuple(found)


def _content(found: Mapping[str, Json]) -> Envelope | MessageSignature:
    envelope = member(found, "dsseEnvelope", "")
    if envelope is not None:
        return read_envelope(envelope, "dsseEnvelope")
    message = member(found, "messageSignature", "")
    if message is None:
        raise InvalidDocument("Sigstore bundle", "", "has neither an envelope nor a signature")
    path = "messageSignature"
    digest = member(message, "messageDigest", path) or {}
    return MessageSignature(
        optional_text(digest, "algorithm", at(path, "messageDigest")) or "",
        bytes_at(digest, "digest", at(path, "messageDigest")).hex() if digest.get("digest") else "",
        bytes_at(message, "signature", path),
    )
