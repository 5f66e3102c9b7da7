"""What vouches for an image, decoded: signatures, statements, bundles, lists of packages, certificates.

Nothing is called trusted here. What was checked says what it proves, and what was not checked says so.
"""

from app.oci.digest import Digest, DigestError, parse_digest
from app.state.predicate import packages_in
from app.trust.bundle import MessageSignature
from app.trust.checks import Check
from app.trust.decode import Chain, CosignSignature, Decoded, SignedBundle, SignedStatement
from app.trust.envelope import Envelope
from app.trust.notation import NotationSignature
from app.trust.sbom import Sbom
from app.trust.statement import Statement
from app.view.attestation_view import envelope, folded_json, other_payload, statement
from app.view.components import digest_link, notice, pairs
from app.view.format import plural, size
from app.view.json_view import Target
from app.view.markup import Element, Node, el, foreign
from app.view.sbom_view import Packages, sbom_view
from app.view.signature_certificate import certificates, chain_view, log_entry
from app.view.signature_checks import checks_list

# cosign specs/BUNDLE_SPEC.md: a signature is a statement of its own kind, with nothing claimed.
_SIGNS = ("https://sigstore.dev/cosign/sign/", "https://cosign.sigstore.dev/attestation/sign/")


def _nowhere(digest: Digest, media_type: str | None, octets: int | None) -> str | None:
    return None


def decoded_view(
    decoded: Decoded,
    checks: tuple[Check, ...] = (),
    *,
    target: Target = _nowhere,
    packages: Packages | None = None,
    level: str = "h3",
) -> Node:
    """All of it. `checks`: what was checked of it; `target`: where a digest leads; `packages`: the filter of a list of
    packages, None where the page has none; `level`: of its headings."""
    return el("div.stack", None, _parts(decoded, checks, target, packages, level))


def what(decoded: Decoded) -> str:
    """Its name, as in a heading."""
    match decoded:
        case CosignSignature():
            return "Cosign signature"
        case SignedStatement(statement=None) | SignedBundle(statement=None):
            return "Sigstore bundle" if isinstance(decoded, SignedBundle) else "DSSE envelope"
        case SignedStatement(statement=found) | SignedBundle(statement=found):
            if found is not None and found.predicate_type.startswith(_SIGNS):
                return "Cosign signature"
            signed = "Signed" if not isinstance(decoded, SignedStatement) or decoded.envelope.signatures else "Unsigned"
            return f"{signed} {_claimed(found)}"
        case NotationSignature():
            return f"Notation signature ({decoded.format})"
        case Statement():
            return f"Unsigned {_claimed(decoded)}"
        case Sbom():
            return f"{decoded.format} {decoded.version} document".replace("  ", " ")
        case Chain():
            return "Certificate" if len(decoded.certificates) == 1 else "Certificates"


def _claimed(found: Statement | None) -> str:
    kind = found.predicate_type if found is not None else ""
    if kind.startswith("https://slsa.dev/provenance/"):
        return "SLSA provenance"
    if "spdx" in kind.lower():
        return "SPDX attestation"
    return "CycloneDX attestation" if "cyclonedx" in kind.lower() else "attestation"


def _parts(
    decoded: Decoded, checks: tuple[Check, ...], target: Target, packages: Packages | None, level: str
) -> list[Node]:
    match decoded:
        case CosignSignature():
            return _cosign(decoded, checks, target, level)
        case SignedStatement():
            return [
                checks_list(checks, level),
                _enclosed(decoded.envelope, decoded.statement, target, packages, level),
                certificates(decoded.certificates, (), level),
                log_entry(decoded.entry, level) if decoded.entry is not None else None,
            ]
        case SignedBundle():
            return _bundle(decoded, checks, target, packages, level)
        case NotationSignature():
            return _notation(decoded, checks, target, level)
        case Statement():
            unsigned = el("p.muted", None, "It carries no signature: anybody who may push could have written it.")
            return [checks_list(checks, level) if checks else None, unsigned, _stated(decoded, target, packages, level)]
        case Sbom():
            return [sbom_view(decoded, packages, level)]
        case Chain():
            return [*_listed(chain_view(decoded.certificates, level))]


def _listed(found: Node) -> list[Node]:
    return list(found) if isinstance(found, list) else [found]


def _cosign(found: CosignSignature, checks: tuple[Check, ...], target: Target, level: str) -> list[Node]:
    payload = found.payload
    entries: list[tuple[Node, Node]] = [
        ("The manifest", _digest(payload.digest, target)),
        ("is what this names", el("code", None, foreign(payload.reference)) if payload.reference else _nothing()),
        ("Type", foreign(payload.type) if payload.type else _nothing()),
    ]
    entries += [(foreign(key), foreign(text)) for key, text in payload.optional[:100]]
    signature = found.signature
    entries.append(
        ("Signature", size(len(signature)) if signature is not None else "none beside it: this is a claim alone")
    )
    problems = [el("li", None, el("code", None, foreign(one))) for one in found.problems]
    return [
        checks_list(checks, level),
        el("div.section", None, el(level, None, "What is claimed"), pairs(entries, "dl.kv.kv--wide")),
        notice("warn", "Some of what stands beside it cannot be read", el("ul", None, problems), level=level)
        if problems
        else None,
        certificates(found.certificates, found.chain, level),
        log_entry(found.entry, level) if found.entry is not None else None,
    ]


def _enclosed(found: Envelope, read: Statement | None, target: Target, packages: Packages | None, level: str) -> Node:
    inside = _stated(read, target, packages, level) if read is not None else other_payload(found, target, level)
    return (inside, envelope(found, level))


def _stated(found: Statement, target: Target, packages: Packages | None, level: str) -> Node:
    listed = packages_in(found)
    return (statement(found, target, level), sbom_view(listed, packages, level) if listed is not None else None)


def _bundle(
    signed: SignedBundle, checks: tuple[Check, ...], target: Target, packages: Packages | None, level: str
) -> list[Node]:
    found = signed.bundle
    facts: list[tuple[Node, Node]] = [("Bundle", foreign(found.media_type))]
    if found.key is not None:
        facts.append(("Key, as the signer calls it", el("code", None, foreign(found.key)) if found.key else _nothing()))
    if found.timestamps:
        facts.append(("Signed timestamps", f"{found.timestamps}, not checked"))
    inside: Node
    if isinstance(found.content, MessageSignature):
        said = f"{found.content.algorithm}:{found.content.digest}"
        facts.append(("Signs the bytes of", el("code", None, foreign(said))))
        inside = None
    else:
        inside = _enclosed(found.content, signed.statement, target, packages, level)
    return [
        checks_list(checks, level),
        inside,
        el("div.section", None, el(level, None, "Sigstore bundle"), pairs(facts, "dl.kv.kv--wide")),
        certificates(found.certificates, (), level),
        [log_entry(one, level) for one in found.entries[:10]],
    ]


def _notation(found: NotationSignature, checks: tuple[Check, ...], target: Target, level: str) -> list[Node]:
    media_type, digest, octets = found.target
    entries: list[tuple[Node, Node]] = [
        ("Signs", _digest(digest, target)),
        ("which is", (foreign(media_type), f", {octets} bytes" if octets else None) if media_type else _nothing()),
        ("Algorithm", foreign(found.algorithm) if found.algorithm else _nothing()),
        ("Signed at, as the signer says", foreign(found.time) if found.time else _nothing()),
        ("Ends", foreign(found.expiry) if found.expiry else "never, as far as it says"),
    ]
    if found.scheme:
        entries.append(("Scheme", foreign(found.scheme)))
    if found.agent:
        entries.append(("Signed with", foreign(found.agent)))
    entries.append(("Certificates", plural(len(found.certificates), "certificate")))
    return [
        checks_list(checks, level),
        el(
            "div.section",
            None,
            el(level, None, f"Notation signature ({found.format})"),
            pairs(entries, "dl.kv.kv--wide"),
            _payload(found, target),
        ),
        certificates(found.certificates, (), level),
    ]


def _payload(found: NotationSignature, target: Target) -> Node:
    from app.oci.document import InvalidDocument, decode

    try:
        return folded_json("Payload", decode(found.payload, "payload"), target)
    except InvalidDocument:
        return None


def _digest(text: str, target: Target) -> Node:
    try:
        digest = parse_digest(text)
    except DigestError:
        return el("code", None, foreign(text)) if text else _nothing()
    return digest_link(digest, target(digest, None, None), "signed digest")


def _nothing() -> Element:
    return el("span.faint", None, "not said")
