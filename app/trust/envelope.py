"""DSSE envelopes: a payload with its type, and signatures over both (secure-systems-lab/dsse, protocol.md)."""

from collections.abc import Mapping
from typing import NamedTuple

from app.oci.document import InvalidDocument, Json, as_object, at, items, optional_text, text
from app.oci.value import value
from app.trust.encoded import bytes_at


@value
class EnvelopeSignature(NamedTuple):
    """One signature; `key`: a hint at the key, chosen by the signer. `certificate`: PEM, where the signer put it in."""

    key: str
    signature: bytes
    certificate: str | None


@value
class Envelope(NamedTuple):
    """An envelope; nothing of it was verified."""

    payload_type: str
    payload: bytes
    signatures: tuple[EnvelopeSignature, ...]

    @property
    def signed(self) -> bytes:
        """The bytes that the signatures cover, protocol.md, "Signature Definition":

        PAE(type, body) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body
        """
        kind = self.payload_type.encode()
        return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(self.payload), self.payload)


def read_envelope(found: Mapping[str, Json], path: str) -> Envelope:
    """One out of decoded JSON at `path`. Raises InvalidDocument."""
    signatures = []
    for one, place in items(found, "signatures", path):
        entry = as_object(one, place)
        key, certificate = optional_text(entry, "keyid", place) or "", optional_text(entry, "cert", place)
        signatures.append(EnvelopeSignature(key, bytes_at(entry, "sig", place), certificate or None))
    if "payload" not in found:
        raise InvalidDocument("DSSE envelope", at(path, "payload"), "is missing")
    return Envelope(text(found, "payloadType", path), bytes_at(found, "payload", path), tuple(signatures))
