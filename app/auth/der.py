"""Just enough DER to find a public key in a certificate and to write one down: ITU-T X.690.

WebCrypto reads a SubjectPublicKeyInfo and no certificate, and registries put certificates into `x5c`.
"""

from typing import NamedTuple

SEQUENCE = 0x30
INTEGER = 0x02
BIT_STRING = 0x03
NULL = 0x05
OBJECT_IDENTIFIER = 0x06
CONTEXT_0 = 0xA0

# No certificate or key is longer; a length field of four bytes could say 4 GiB.
_LONGEST = 1024 * 1024


class NotDer(ValueError):
    """Bytes that are not the DER they should be."""


class Element(NamedTuple):
    """One element: its tag, where it starts, where its content starts, and where both end."""

    tag: int
    start: int
    content: int
    end: int


def read_element(data: bytes, at: int, end: int, tag: int | None = None) -> Element:
    """The element at that place, which ends before `end`; raises NotDer, also when it is not of that tag."""
    if end > min(len(data), _LONGEST) or at + 2 > end:
        raise NotDer("it ends too early")
    found, length, content = data[at], data[at + 1], at + 2
    if found & 0x1F == 0x1F:
        raise NotDer("a tag of several bytes")  # X.690 8.1.2.4: none of the types wanted here has one
    if length & 0x80:
        # X.690 8.1.3.5, 10.1: the long form, as short as can be, and never indefinite.
        size = length & 0x7F
        if not 1 <= size <= 4 or content + size > end:
            raise NotDer("a length that is none")
        length = int.from_bytes(data[content : content + size], "big")
        if length < 0x80 or data[content] == 0:
            raise NotDer("a length longer than needed")
        content += size
    if content + length > end:
        raise NotDer("it ends too early")
    if tag is not None and found != tag:
        raise NotDer("an element of another kind")
    return Element(found, at, content, content + length)


def write_element(tag: int, *contents: bytes) -> bytes:
    """An element of these contents, one after another."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def write_integer(data: bytes) -> bytes:
    """A positive INTEGER of these bytes, most significant first (X.690 8.3)."""
    bare = data.lstrip(b"\x00") or b"\x00"
    return write_element(INTEGER, b"\x00" + bare if bare[0] & 0x80 else bare)


def certificate_key(data: bytes) -> bytes:
    """The SubjectPublicKeyInfo of a certificate, as it stands there. Nothing of it is verified. Raises NotDer.

    RFC 5280 section 4.1:
        Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }
        TBSCertificate ::= SEQUENCE { [0] version DEFAULT v1, serialNumber, signature, issuer, validity, subject,
                                      subjectPublicKeyInfo, … }
    """
    certificate = read_element(data, 0, len(data), SEQUENCE)
    if certificate.end != len(data):
        raise NotDer("something follows it")
    body = read_element(data, certificate.content, certificate.end, SEQUENCE)
    at = body.content
    first = read_element(data, at, body.end)
    if first.tag == CONTEXT_0:
        at = first.end
    for tag in (INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE):
        at = read_element(data, at, body.end, tag).end
    key = read_element(data, at, body.end, SEQUENCE)
    return data[key.start : key.end]


def key_algorithm(spki: bytes) -> tuple[bytes, bytes | None]:
    """The object identifier of a key's algorithm and that of its curve, if it has one. Raises NotDer.

    RFC 5280 section 4.1.2.7:
        SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY },
                                            subjectPublicKey BIT STRING }
    """
    whole = read_element(spki, 0, len(spki), SEQUENCE)
    if whole.end != len(spki):
        raise NotDer("something follows it")
    algorithm = read_element(spki, whole.content, whole.end, SEQUENCE)
    key = read_element(spki, algorithm.end, whole.end, BIT_STRING)
    if key.end != whole.end:
        raise NotDer("something follows the key")
    name = read_element(spki, algorithm.content, algorithm.end, OBJECT_IDENTIFIER)
    curve = None
    if name.end < algorithm.end:
        found = read_element(spki, name.end, algorithm.end)
        curve = spki[found.content : found.end] if found.tag == OBJECT_IDENTIFIER else None
    return spki[name.content : name.end], curve


def wrap_key(algorithm: bytes, parameters: bytes, key: bytes) -> bytes:
    """A SubjectPublicKeyInfo. `algorithm`: contents of the identifier; `parameters`: a whole element or nothing."""
    named = write_element(SEQUENCE, write_element(OBJECT_IDENTIFIER, algorithm), parameters)
    return write_element(SEQUENCE, named, write_element(BIT_STRING, b"\x00", key))
