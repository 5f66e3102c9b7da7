"""What can be checked in a tab of what a signature says, and what each check proves. None of it makes anything trusted:
whose key may sign what is a policy, and no page has one."""

from typing import Literal, NamedTuple

from app.auth.der import INTEGER, SEQUENCE, NotDer, key_algorithm, read_element
from app.auth.jwk import CURVES, ED25519, ELLIPTIC, RSA
from app.oci.digest import Digest
from app.oci.value import value
from app.ports.crypto import Algorithm, Crypto
from app.trust.asn1 import stamp
from app.trust.bundle import MessageSignature
from app.trust.certificate import Certificate
from app.trust.decode import CosignSignature, Decoded, SignedBundle, SignedStatement
from app.trust.envelope import Envelope
from app.trust.notation import NotationSignature
from app.trust.rekor import LogEntry
from app.trust.statement import Statement

CheckName = Literal["subject", "signature", "validity", "chain", "log", "identity"]
CheckState = Literal["holds", "fails", "cannot", "not-checked"]


@value
class Check(NamedTuple):
    """One check. `subject`: it is about this manifest. `signature`: it was made by the key in the certificate beside
    it. `validity`: the log took it in while the certificate was valid. `chain`, `log`, `identity`: to which root the
    certificate leads, whether the log's proof holds, whose it may be; these are never checked here.

    `cannot`: this browser cannot tell, or what it needs is not there.
    """

    name: CheckName
    state: CheckState


async def checks(decoded: Decoded, subject: Digest | None, crypto: Crypto | None) -> tuple[Check, ...]:
    """All that applies to it, in the order in which a person would ask. Never raises. `subject`: the manifest that it
    refers to; `crypto`: None where there is none (plain http)."""
    found: list[Check] = []
    about = _is_about(decoded, subject)
    if about is not None:
        found.append(Check("subject", "holds" if about else "fails"))
    signed = _signed(decoded)
    if signed is None:
        return tuple(found)
    certificate, data, signature, entry = signed
    found.append(Check("signature", await _verify(certificate, data, signature, crypto)))
    if certificate is not None:
        if entry is not None and entry.integrated is not None:
            found.append(Check("validity", _validity(certificate, entry.integrated)))
        found += [Check("chain", "not-checked"), Check("identity", "not-checked")]
    if entry is not None:
        found.append(Check("log", "not-checked"))
    return tuple(found)


def _is_about(decoded: Decoded, subject: Digest | None) -> bool | None:
    if subject is None:
        return None
    match decoded:
        case CosignSignature(payload=payload):
            return payload.is_of(subject)
        case SignedStatement(statement=Statement() as statement) | SignedBundle(statement=Statement() as statement):
            return statement.is_of(subject)
        case NotationSignature() | Statement():
            return decoded.is_of(subject)
        case SignedBundle(bundle=bundle) if isinstance(bundle.content, MessageSignature):
            return bundle.content.digest == subject.encoded
    return None


_Signed = tuple[Certificate | None, bytes | None, bytes | None, LogEntry | None]


def _signed(decoded: Decoded) -> _Signed | None:
    """Certificate, signed bytes, signature and log entry; None for what carries no signature."""
    match decoded:
        case CosignSignature():
            leaf = decoded.certificates[0] if decoded.certificates else None
            return leaf, decoded.payload.raw, decoded.signature, decoded.entry
        case SignedStatement(envelope=envelope):
            leaf = decoded.certificates[0] if decoded.certificates else None
            return leaf, envelope.signed, _first(envelope), decoded.entry
        case SignedBundle(bundle=bundle):
            leaf = bundle.certificates[0] if bundle.certificates else None
            entry = bundle.entries[0] if bundle.entries else None
            if isinstance(bundle.content, Envelope):
                return leaf, bundle.content.signed, _first(bundle.content), entry
            # The signature is over bytes that the bundle only names.
            return leaf, None, bundle.content.signature, entry
        case NotationSignature(certificates=certificates):
            leaf = certificates[0] if certificates else None
            return leaf, decoded.signed, decoded.signature, None
    return None


def _first(envelope: Envelope) -> bytes | None:
    return envelope.signatures[0].signature if envelope.signatures else None


async def _verify(
    certificate: Certificate | None, data: bytes | None, signature: bytes | None, crypto: Crypto | None
) -> CheckState:
    if certificate is None or data is None or not signature or crypto is None:
        return "cannot"
    try:
        for algorithm, raw in _ways(certificate.spki, signature):
            held = await crypto.verify(algorithm, "spki", certificate.spki, raw, data)
            if held is None:
                return "cannot"
            if held:
                return "holds"
    except (NotDer, ValueError):
        return "cannot"
    return "fails"


def _ways(spki: bytes, signature: bytes) -> list[tuple[Algorithm, bytes]]:
    """The algorithms that this key may have signed by. JWS and COSE have r and s as they are, X.509 and DSSE in DER."""
    algorithm, curve = key_algorithm(spki)
    if algorithm == ED25519:
        return [(Algorithm("Ed25519"), signature)]
    if algorithm == RSA:
        # notaryproject signature-specification.md, "Algorithm Selection": PS with the hash that fits the key.
        salted = [(Algorithm("RSA-PSS", f"SHA-{bits}", salt=bits // 8), signature) for bits in (256, 384, 512)]
        return [(Algorithm("RSASSA-PKCS1-v1_5", "SHA-256"), signature), *salted]
    named = next(((name, size) for name, (oid, size) in CURVES.items() if oid == curve), None)
    if algorithm != ELLIPTIC or named is None:
        raise NotDer("a key of another kind")
    name, size = named
    raw = signature if len(signature) == 2 * size else _raw(signature, size)
    wide = {"P-256": "SHA-256", "P-384": "SHA-384", "P-521": "SHA-512"}[name]
    hashes = dict.fromkeys((wide, "SHA-256"))
    return [(Algorithm("ECDSA", one, name), raw) for one in hashes]


def _raw(signature: bytes, size: int) -> bytes:
    #   ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }   (RFC 3279 section 2.2.3)
    whole = read_element(signature, 0, len(signature), SEQUENCE)
    first = read_element(signature, whole.content, whole.end, INTEGER)
    second = read_element(signature, first.end, whole.end, INTEGER)
    parts = [signature[one.content : one.end].lstrip(b"\0") for one in (first, second)]
    if any(len(part) > size for part in parts):
        raise NotDer("numbers larger than the curve")
    return b"".join(part.rjust(size, b"\0") for part in parts)


def _validity(certificate: Certificate, integrated: int) -> CheckState:
    when = stamp(integrated)
    if when is None:
        return "cannot"
    return "holds" if certificate.not_before <= when <= certificate.not_after else "fails"
