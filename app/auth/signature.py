"""Whether a token's signature is that of a key, and exactly what that proves.

A key inside the token proves only that the token is whole: whoever makes a token may put any key into it. What the
registry trusts is its own configuration, which no page can see.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.auth.compact import Compact, NotCompact, parse_compact
from app.auth.inspection import bare_token
from app.auth.jwk import KeyType
from app.auth.public_key import BadKey, KeyProblem, KeySource, PublicKey, fitting_keys, header_key, pasted_keys
from app.oci.value import value
from app.ports.crypto import Algorithm, Crypto

VerificationOutcome = Literal[
    "matches-embedded-key", "matches-embedded-certificate", "matches-pasted-key", "does-not-match",
    "no-key", "bad-key", "wrong-key-type", "unsupported-algorithm", "symmetric", "unsigned", "critical-extension",
    "cannot-check", "not-a-token",
]  # fmt: skip
Proof = Literal["nothing", "self-consistent", "signed-by-that-key"]

# RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864 section 2.2: a salt is as long as its hash, an ECDSA signature
# is r and s, each as long as the curve's numbers, without DER.
_RS: Literal["RSASSA-PKCS1-v1_5"] = "RSASSA-PKCS1-v1_5"
_ALGORITHMS: Mapping[str, tuple[KeyType, Algorithm]] = {
    "RS256": ("RSA", Algorithm(_RS, "SHA-256")),
    "RS384": ("RSA", Algorithm(_RS, "SHA-384")),
    "RS512": ("RSA", Algorithm(_RS, "SHA-512")),
    "PS256": ("RSA", Algorithm("RSA-PSS", "SHA-256", salt=32)),
    "PS384": ("RSA", Algorithm("RSA-PSS", "SHA-384", salt=48)),
    "PS512": ("RSA", Algorithm("RSA-PSS", "SHA-512", salt=64)),
    "ES256": ("EC", Algorithm("ECDSA", "SHA-256", "P-256")),
    "ES384": ("EC", Algorithm("ECDSA", "SHA-384", "P-384")),
    "ES512": ("EC", Algorithm("ECDSA", "SHA-512", "P-521")),
    "EdDSA": ("OKP", Algorithm("Ed25519")),
    "Ed25519": ("OKP", Algorithm("Ed25519")),
}
_MATCHES: Mapping[KeySource, VerificationOutcome] = {
    "jwk": "matches-embedded-key",
    "x5c": "matches-embedded-certificate",
    "pasted": "matches-pasted-key",
}


@value
class Verification(NamedTuple):
    """What checking a signature gave; whatever it is, it says nothing of whether a registry trusts the key.

    `outcome`: matches-…; does-not-match; no-key (none in the token, none pasted); bad-key (`problem` says why);
    wrong-key-type (for the algorithm); unsupported-algorithm; symmetric (HS…: the key is a secret); unsigned (alg
    none); critical-extension (RFC 7515 section 4.1.11); cannot-check (no WebCrypto here, or not this algorithm);
    not-a-token.

    `proves`: self-consistent: unchanged since the holder of the key that it carries made it, whoever that is;
    signed-by-that-key: made by the holder of the private half of the pasted key.
    `key_name`: libtrust's or another name of the key used; `named`: whether the header's `kid` is one of its names.
    """

    outcome: VerificationOutcome
    proves: Proof = "nothing"
    algorithm: str | None = None
    source: KeySource | None = None
    problem: KeyProblem | None = None
    key_name: str | None = None
    named: bool | None = None


async def verify_token(text: str, pasted: str | None, crypto: Crypto) -> Verification:
    """Check a token's signature by the key pasted, else by the one in its own header; never raises.

    `text`: a token, pasted as `bare_token` takes it; `pasted`: as `pasted_keys` takes it.
    """
    try:
        token = parse_compact(bare_token(text))
    except NotCompact:
        return Verification("not-a-token")
    named = token.header.get("alg")
    name = named if isinstance(named, str) else ""
    refused = _refused(token, name)
    if refused is not None:
        return Verification(refused, algorithm=name or None)
    kind, algorithm = _ALGORITHMS[name]
    bare = Verification("no-key", algorithm=name)
    kid = token.header.get("kid")
    kid = kid if isinstance(kid, str) else None
    try:
        source, keys = _keys(token, pasted, kid)
    except BadKey as error:
        source = "pasted" if pasted and pasted.strip() else "jwk" if "jwk" in token.header else "x5c"
        return bare._replace(outcome="bad-key", source=source, problem=error.reason)
    if source is None:
        return bare
    fitting = [key for key in keys if key.type == kind and (algorithm.curve is None or key.curve == algorithm.curve)]
    if not fitting:
        return bare._replace(outcome="wrong-key-type", source=source)
    return await _try(fitting, token, algorithm, bare._replace(source=source), kid, crypto)


async def _try(
    keys: list[PublicKey], token: Compact, algorithm: Algorithm, bare: Verification, kid: str | None, crypto: Crypto
) -> Verification:
    last = bare
    for key in keys:
        told = bare._replace(key_name=key.names[-1], named=None if kid is None else kid in key.names)
        try:
            found = await crypto.verify(algorithm, key.format, key.data, token.signature, token.signed)
        except ValueError:
            last = told._replace(outcome="bad-key", problem="not-a-key")
            continue
        if found is None:
            return told._replace(outcome="cannot-check")
        if found and bare.source is not None:
            proof: Proof = "signed-by-that-key" if bare.source == "pasted" else "self-consistent"
            return told._replace(outcome=_MATCHES[bare.source], proves=proof)
        last = told._replace(outcome="does-not-match")
    return last


def _refused(token: Compact, name: str) -> VerificationOutcome | None:
    if name.lower() == "none":
        return "unsigned"
    if name.startswith("HS"):
        return "symmetric"
    if name not in _ALGORITHMS:
        return "unsupported-algorithm"
    return "critical-extension" if "crit" in token.header else None


def _keys(token: Compact, pasted: str | None, kid: str | None) -> tuple[KeySource | None, tuple[PublicKey, ...]]:
    if pasted is not None and pasted.strip():
        return "pasted", fitting_keys(pasted_keys(pasted), kid)
    found = header_key(token.header)
    return (None, ()) if found is None else (found[0], (found[1],))
