"""X.509 certificates, read and believed in nothing: RFC 5280, and what Fulcio adds to them."""

from base64 import b64decode
from collections.abc import Mapping
from typing import NamedTuple

from app.auth.der import CONTEXT_0, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, Element, NotDer, key_algorithm, read_element
from app.oci.value import value
from app.trust import asn1

# X.520 and RFC 4519: what the parts of a name are called.
_ATTRIBUTES: Mapping[str, str] = {
    "2.5.4.3": "CN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O",
    "2.5.4.11": "OU", "2.5.4.97": "organizationIdentifier", "1.2.840.113549.1.9.1": "E",
    "0.9.2342.19200300.100.1.25": "DC",
}  # fmt: skip
_ALGORITHMS: Mapping[str, str] = {
    "1.2.840.113549.1.1.1": "RSA", "1.2.840.10045.2.1": "EC", "1.3.101.112": "Ed25519", "1.3.101.113": "Ed448",
    "1.2.840.113549.1.1.5": "RSA with SHA-1", "1.2.840.113549.1.1.10": "RSA-PSS",
    "1.2.840.113549.1.1.11": "RSA with SHA-256", "1.2.840.113549.1.1.12": "RSA with SHA-384",
    "1.2.840.113549.1.1.13": "RSA with SHA-512", "1.2.840.10045.4.3.2": "ECDSA with SHA-256",
    "1.2.840.10045.4.3.3": "ECDSA with SHA-384", "1.2.840.10045.4.3.4": "ECDSA with SHA-512",
}  # fmt: skip
_CURVES: Mapping[str, str] = {"1.2.840.10045.3.1.7": "P-256", "1.3.132.0.34": "P-384", "1.3.132.0.35": "P-521"}
_EXTENSIONS: Mapping[str, str] = {
    "2.5.29.14": "subject key identifier", "2.5.29.15": "key usage", "2.5.29.17": "subject alternative name",
    "2.5.29.18": "issuer alternative name", "2.5.29.19": "basic constraints", "2.5.29.30": "name constraints",
    "2.5.29.31": "CRL distribution points", "2.5.29.32": "certificate policies",
    "2.5.29.35": "authority key identifier", "2.5.29.37": "extended key usage",
    "1.3.6.1.5.5.7.1.1": "authority information access",
    "1.3.6.1.4.1.11129.2.4.2": "signed certificate timestamps",
}  # fmt: skip
_USES: Mapping[str, str] = {
    "1.3.6.1.5.5.7.3.1": "TLS server", "1.3.6.1.5.5.7.3.2": "TLS client", "1.3.6.1.5.5.7.3.3": "code signing",
    "1.3.6.1.5.5.7.3.4": "e-mail", "1.3.6.1.5.5.7.3.8": "timestamping", "1.3.6.1.5.5.7.3.9": "OCSP signing",
}  # fmt: skip
_KEY_USES = (
    "digital signature", "non-repudiation", "key encipherment", "data encipherment", "key agreement",
    "certificate signing", "CRL signing",
)  # fmt: skip
# sigstore/fulcio docs/oid-info.md; .1 to .6 hold bare text, the later ones a DER UTF8String.
_FULCIO = "1.3.6.1.4.1.57264.1."
_FULCIO_NAMES: Mapping[str, str] = {
    "1": "issuer", "2": "GitHub workflow trigger", "3": "GitHub workflow SHA", "4": "GitHub workflow name",
    "5": "GitHub workflow repository", "6": "GitHub workflow ref", "7": "other name", "8": "issuer (v2)",
    "9": "build signer URI", "10": "build signer digest", "11": "runner environment", "12": "source repository URI",
    "13": "source repository digest", "14": "source repository ref", "15": "source repository identifier",
    "16": "source repository owner URI", "17": "source repository owner identifier", "18": "build config URI",
    "19": "build config digest", "20": "build trigger", "21": "run invocation URI",
    "22": "source repository visibility at signing", "23": "deployment environment",
}  # fmt: skip
_SAN_KINDS = {0x81: "e-mail", 0x82: "DNS", 0x86: "URI"}
_MOST = 200

_BEGIN = "-----BEGIN CERTIFICATE-----"
_END = "-----END CERTIFICATE-----"


@value
class Extension(NamedTuple):
    """One extension. `name`: None when it is not known here; `text`: what it says, None when that is not read."""

    identifier: str
    name: str | None
    critical: bool
    text: str | None


@value
class Certificate(NamedTuple):
    """A certificate; nothing of it was verified. Times are `2026-09-21T07:00:00Z`; `serial` is hexadecimal.

    `key`: algorithm and curve; `spki`: its SubjectPublicKeyInfo; `names`: of the subject's alternative names, the kind
    and the text; `fulcio`: what Fulcio put in about the sign-in; `der`: the whole.
    """

    subject: str
    issuer: str
    serial: str
    not_before: str
    not_after: str
    algorithm: str
    key: str
    spki: bytes
    names: tuple[tuple[str, str], ...]
    uses: tuple[str, ...]
    is_authority: bool
    fulcio: tuple[tuple[str, str], ...]
    extensions: tuple[Extension, ...]
    der: bytes

    @property
    def identity(self) -> str:
        """Whom it names: the first alternative name, else the subject."""
        return self.names[0][1] if self.names else self.subject


def parse_certificate(data: bytes) -> Certificate:
    """Read one in DER. Raises NotDer."""
    whole = read_element(data, 0, len(data), SEQUENCE)
    if whole.end != len(data):
        raise NotDer("something follows it")
    body = read_element(data, whole.content, whole.end, SEQUENCE)
    parts = list(asn1.children(data, body))
    if parts and parts[0].tag == CONTEXT_0:
        del parts[0]
    if len(parts) < 6 or [one.tag for one in parts[:6]] != [INTEGER, *(SEQUENCE,) * 5]:
        raise NotDer("no certificate")
    serial, algorithm, issuer, validity, subject, key = parts[:6]
    times = list(asn1.children(data, validity))
    if len(times) != 2:
        raise NotDer("no validity")
    spki = data[key.start : key.end]
    raw = _raw_extensions(data, parts[6:])
    extensions = tuple(Extension(oid, _extension_name(oid), critical, _said(oid, said)) for oid, critical, said in raw)
    fulcio = [
        (_FULCIO_NAMES[one.identifier.removeprefix(_FULCIO)], one.text)
        for one in extensions
        if one.identifier.startswith(_FULCIO) and one.name is not None and one.text is not None
    ]
    return Certificate(
        _name(data, subject),
        _name(data, issuer),
        asn1.content(data, serial).hex(),
        asn1.moment(data, times[0]),
        asn1.moment(data, times[1]),
        _algorithm(data, algorithm),
        _key(spki),
        spki,
        tuple(name for one in _all(raw, "2.5.29.17") for name in _alternatives(one)),
        tuple(use for one in _all(raw, "2.5.29.37") for use in _uses(one)),
        any(_authority(one) for one in _all(raw, "2.5.29.19")),
        tuple(fulcio),
        extensions,
        data,
    )


def parse_chain(text: str) -> tuple[Certificate, ...]:
    """All certificates of a PEM text (RFC 7468), in its order, at most 20. Raises NotDer."""
    found: list[Certificate] = []
    at = text.find(_BEGIN)
    while at >= 0 and len(found) < 20:
        end = text.find(_END, at)
        if end < 0:
            raise NotDer("it ends too early")
        try:
            der = b64decode("".join(text[at + len(_BEGIN) : end].split()), validate=True)
        except ValueError:
            raise NotDer("not base64") from None
        found.append(parse_certificate(der))
        at = text.find(_BEGIN, end)
    return tuple(found)


def _algorithm(data: bytes, element: Element) -> str:
    oid = read_element(data, element.content, element.end, OBJECT_IDENTIFIER)
    named = asn1.identifier(asn1.content(data, oid))
    return _ALGORITHMS.get(named, named)


def _key(spki: bytes) -> str:
    algorithm, curve = key_algorithm(spki)
    named = asn1.identifier(algorithm)
    kind = _ALGORITHMS.get(named, named)
    if curve is None:
        return kind
    named = asn1.identifier(curve)
    return f"{kind} {_CURVES.get(named, named)}"


def _name(data: bytes, name: Element) -> str:
    """RFC 4514 in the order of the certificate: `CN=x, O=y`; quoted nowhere, since it is shown and never parsed."""
    parts: list[str] = []
    for group in asn1.children(data, name):
        for pair in asn1.children(data, group):
            fields = list(asn1.children(data, pair))
            if len(fields) != 2 or fields[0].tag != OBJECT_IDENTIFIER:
                raise NotDer("a name that is none")
            oid = asn1.identifier(asn1.content(data, fields[0]))
            said = asn1.text(data, fields[1])
            parts.append(f"{_ATTRIBUTES.get(oid, oid)}={asn1.content(data, fields[1]).hex() if said is None else said}")
            if len(parts) > _MOST:
                raise NotDer("a name without end")
    return ", ".join(parts)


def _raw_extensions(data: bytes, rest: list[Element]) -> list[tuple[str, bool, bytes]]:
    #   Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
    holder = next((one for one in rest if one.tag == 0xA3), None)
    if holder is None:
        return []
    found: list[tuple[str, bool, bytes]] = []
    for one in asn1.children(data, read_element(data, holder.content, holder.end, SEQUENCE)):
        fields = list(asn1.children(data, one))
        if len(fields) < 2 or fields[0].tag != OBJECT_IDENTIFIER or fields[-1].tag != asn1.OCTET_STRING:
            raise NotDer("an extension that is none")
        critical = len(fields) == 3 and asn1.content(data, fields[1]) == b"\xff"
        found.append((asn1.identifier(asn1.content(data, fields[0])), critical, asn1.content(data, fields[-1])))
        if len(found) > _MOST:
            raise NotDer("extensions without end")
    return found


def _all(raw: list[tuple[str, bool, bytes]], wanted: str) -> list[bytes]:
    return [inside for oid, _, inside in raw if oid == wanted]


def _extension_name(oid: str) -> str | None:
    return _FULCIO_NAMES.get(oid.removeprefix(_FULCIO)) if oid.startswith(_FULCIO) else _EXTENSIONS.get(oid)


def _said(oid: str, inside: bytes) -> str | None:
    """An extension in words, as far as it is read; a broken one is not worth the whole certificate."""
    try:
        if oid.startswith(_FULCIO):
            return _fulcio(inside)
        if oid == "2.5.29.17":
            return ", ".join(f"{kind} {text}" for kind, text in _alternatives(inside))
        if oid == "2.5.29.37":
            return ", ".join(_uses(inside))
        if oid == "2.5.29.19":
            return "certificate authority" if _authority(inside) else "not a certificate authority"
        if oid == "2.5.29.15":
            return ", ".join(_key_uses(inside))
        if oid == "2.5.29.14":
            return asn1.content(inside, read_element(inside, 0, len(inside), asn1.OCTET_STRING)).hex()
    except NotDer:
        return None
    return None


def _fulcio(inside: bytes) -> str:
    try:
        element = read_element(inside, 0, len(inside), asn1.UTF8_STRING)
        if element.end == len(inside):
            return asn1.content(inside, element).decode("utf-8", "replace")
    except NotDer:
        pass
    return inside.decode("utf-8", "replace")


def _alternatives(inside: bytes) -> list[tuple[str, str]]:
    #   GeneralName ::= CHOICE { otherName [0], rfc822Name [1], dNSName [2], …, uniformResourceIdentifier [6], … }
    names = []
    for one in asn1.children(inside, read_element(inside, 0, len(inside), SEQUENCE)):
        said = asn1.content(inside, one)
        if one.tag in _SAN_KINDS:
            names.append((_SAN_KINDS[one.tag], said.decode("utf-8", "replace")))
        elif one.tag == 0x87:
            names.append(("IP", ".".join(map(str, said)) if len(said) == 4 else said.hex(":", 2)))
        elif one.tag == 0xA0:
            names.append(("other name", _other_name(inside, one)))
        else:
            names.append(("other", said.hex()))
    return names[:_MOST]


def _other_name(inside: bytes, element: Element) -> str:
    #   OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }
    fields = list(asn1.children(inside, element))
    if len(fields) == 2 and fields[1].tag == CONTEXT_0:
        said = asn1.text(inside, read_element(inside, fields[1].content, fields[1].end))
        if said is not None:
            return said
    return asn1.content(inside, element).hex()


def _uses(inside: bytes) -> list[str]:
    found = asn1.children(inside, read_element(inside, 0, len(inside), SEQUENCE))
    named = [asn1.identifier(asn1.content(inside, one)) for one in found]
    return [_USES.get(oid, oid) for oid in named][:_MOST]


def _key_uses(inside: bytes) -> list[str]:
    bits = asn1.content(inside, read_element(inside, 0, len(inside), 0x03))
    return [use for at, use in enumerate(_KEY_USES) if len(bits) > 1 and bits[1] & 0x80 >> at]


def _authority(inside: bytes) -> bool:
    fields = list(asn1.children(inside, read_element(inside, 0, len(inside), SEQUENCE)))
    return bool(fields) and fields[0].tag == asn1.BOOLEAN and asn1.content(inside, fields[0]) == b"\xff"
