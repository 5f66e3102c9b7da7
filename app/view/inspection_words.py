"""What the fields of a token mean, and what is the matter with a text that is none."""

from collections.abc import Mapping

_HEADER: Mapping[str, str] = {
    "alg": "how it is signed",
    "typ": "what it is",
    "kid": "the name of the key that signed it",
    "jwk": "the key itself, put there by whoever made the token",
    "x5c": "the certificate of the key, put there by whoever made the token",
    "jku": "where the key is said to be; nothing is fetched from there",
    "x5u": "where the certificate is said to be; nothing is fetched from there",
    "crit": "what a reader must understand",
}
_CLAIMS: Mapping[str, str] = {
    "iss": "who issued it",
    "sub": "whom it stands for; empty for an anonymous one",
    "aud": "whom it is for: the registry's service",
    "exp": "when it ends",
    "nbf": "when it begins",
    "iat": "when it was issued",
    "jti": "its own number",
    "access": "what it allows; compared below",
    "scope": "what it allows, as the issuer writes it",
    "azp": "the client that asked for it",
    "auth_time": "when the person signed in",
    "expiration": "when it ends",
}
_BROKEN: Mapping[str, str] = {
    "empty": "Nothing was pasted.",
    "too-long": "It is longer than 131,072 characters, which no registry takes.",
    "characters": "It holds characters that no header can carry.",
    "segments": "It begins like a JWT and has not three parts.",
    "base64": "It begins like a JWT, and one of its parts is not base64url.",
    "header": "It looks like a JWT, and its header is not a JSON object.",
    "claims": "It looks like a JWT, and its claims are not a JSON object.",
    "encrypted": "It is an encrypted token (JWE). Only whoever it is for can read it.",
    "refused": "It looks like a JWT, and PyJWT does not take it for one.",
}
_STATES: Mapping[str, str] = {
    "valid": "valid now, by its own claims",
    "expired": "expired, by its own claims",
    "not-yet-valid": "not valid yet, by its own claims",
    "no-expiry": "it does not say when it ends",
}


def header_meaning(name: str) -> str:
    return _HEADER.get(name, "")


def claim_meaning(name: str) -> str:
    return _CLAIMS.get(name, "")


def broken_words(reason: str | None) -> str:
    """What is the matter with a text that looks like a token and is none."""
    return _BROKEN.get(reason or "", f"It cannot be read ({reason}).")


def state_words(state: str) -> str:
    """How a token stands in time."""
    return _STATES.get(state, state)
