"""What bytes around an image say (signatures, attestations, lists of packages), by media type or else by shape."""

from collections.abc import Mapping
from typing import NamedTuple

from app.auth.der import NotDer
from app.oci.document import EMPTY, InvalidDocument, Json
from app.oci.media_type import essence
from app.oci.value import value
from app.trust.bundle import Bundle, parse_bundle
from app.trust.certificate import Certificate, parse_chain
from app.trust.encoded import LONGEST, from_base64, object_in
from app.trust.envelope import Envelope, read_envelope
from app.trust.notation import COSE, JWS, NotationSignature, parse_cose, parse_jws
from app.trust.rekor import LogEntry, parse_annotation
from app.trust.sbom import Sbom, parse_sbom, read_sbom
from app.trust.simple_signing import SimpleSigning, parse_simple_signing
from app.trust.statement import Statement, parse_statement, read_statement

# cosign specs/SIGNATURE_SPEC.md, "Properties": what stands beside the payload, as annotations of its descriptor.
SIGNATURE = "dev.cosignproject.cosign/signature"
CERTIFICATE = "dev.sigstore.cosign/certificate"
CHAIN = "dev.sigstore.cosign/chain"
BUNDLE = "dev.sigstore.cosign/bundle"

_IN_TOTO = "application/vnd.in-toto"


@value
class CosignSignature(NamedTuple):
    """cosign's signature: the payload is a blob, all else its annotations. `signature` is None without one.

    `problems`: which of the annotations cannot be read.
    """

    payload: SimpleSigning
    signature: bytes | None
    certificates: tuple[Certificate, ...]
    chain: tuple[Certificate, ...]
    entry: LogEntry | None
    problems: tuple[str, ...]


@value
class SignedStatement(NamedTuple):
    """An envelope and the statement in it, None when its payload is of another type. `entry`, `certificates`: from the
    annotations that cosign puts beside it."""

    envelope: Envelope
    statement: Statement | None
    certificates: tuple[Certificate, ...]
    entry: LogEntry | None


@value
class SignedBundle(NamedTuple):
    """A Sigstore bundle and the statement in its envelope, where it has one."""

    bundle: Bundle
    statement: Statement | None


@value
class Chain(NamedTuple):
    """Certificates in PEM, in their order."""

    certificates: tuple[Certificate, ...]


Decoded = CosignSignature | SignedStatement | SignedBundle | NotationSignature | Statement | Sbom | Chain


def decode_content(data: bytes, media_type: str = "", annotations: Mapping[str, str] = EMPTY) -> Decoded | None:
    """What those bytes are; None for what is nothing of the kind. Raises InvalidDocument where they should be.

    `annotations`: of the descriptor that led to them.
    """
    plain = essence(media_type)
    if len(data) > LONGEST:
        return None
    if plain == COSE:
        return parse_cose(data)
    if data.lstrip()[:27] == b"-----BEGIN CERTIFICATE-----":
        return _chain(data)
    if data[:200].lstrip().startswith(b"SPDXVersion:"):
        return parse_sbom(data)
    if data.lstrip()[:1] != b"{":
        return None
    return _document(data, plain, annotations)


def _document(data: bytes, plain: str, annotations: Mapping[str, str]) -> Decoded | None:
    found = object_in(data, "document")
    if "payloadType" in found and "signatures" in found:
        envelope = read_envelope(found, "")
        certificates, _, entry, _ = _beside(annotations)
        return SignedStatement(envelope, _statement(envelope), certificates, entry)
    if "verificationMaterial" in found:
        bundle = parse_bundle(data)
        return SignedBundle(bundle, _statement(bundle.content) if isinstance(bundle.content, Envelope) else None)
    if plain == JWS or ({"payload", "protected", "signature"} <= found.keys()):
        return parse_jws(data)
    if isinstance(found.get("critical"), dict):
        return _cosign(parse_simple_signing(data), annotations)
    if "predicateType" in found and "subject" in found:
        return read_statement(found, data)
    return read_sbom(found) if _is_sbom(found) else None


def _is_sbom(found: Mapping[str, Json]) -> bool:
    if "spdxVersion" in found or found.get("bomFormat") == "CycloneDX":
        return True
    context = found.get("@context")
    return (isinstance(context, str) and "spdx.org" in context) or ("artifacts" in found and "descriptor" in found)


def _cosign(payload: SimpleSigning, annotations: Mapping[str, str]) -> CosignSignature:
    certificates, chain, entry, problems = _beside(annotations)
    said = annotations.get(SIGNATURE)
    signature = None
    if said:
        try:
            signature = from_base64(said, SIGNATURE)
        except InvalidDocument:
            problems = (*problems, SIGNATURE)
    return CosignSignature(payload, signature, certificates, chain, entry, problems)


def _beside(
    annotations: Mapping[str, str],
) -> tuple[tuple[Certificate, ...], tuple[Certificate, ...], LogEntry | None, tuple[str, ...]]:
    """Certificates, chain and log entry out of cosign's annotations, and the names of those that cannot be read."""
    problems = []
    chains: dict[str, tuple[Certificate, ...]] = {CERTIFICATE: (), CHAIN: ()}
    for name in chains:
        try:
            chains[name] = parse_chain(annotations.get(name, ""))
        except NotDer:
            problems.append(name)
    entry = None
    if annotations.get(BUNDLE):
        try:
            entry = parse_annotation(annotations[BUNDLE])
        except InvalidDocument:
            problems.append(BUNDLE)
    return chains[CERTIFICATE], chains[CHAIN], entry, tuple(problems)


def _statement(envelope: Envelope) -> Statement | None:
    if not essence(envelope.payload_type).startswith(_IN_TOTO):
        return None
    try:
        return parse_statement(envelope.payload)
    except InvalidDocument:
        return None


def _chain(data: bytes) -> Chain:
    try:
        return Chain(parse_chain(data.decode("ascii", "replace")))
    except NotDer as error:
        raise InvalidDocument("certificate", "", f"cannot be read: {error}") from None
