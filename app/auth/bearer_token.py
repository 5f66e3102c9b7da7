"""Tokens: read from a token service's answer, and described where they are JWTs."""

import json
from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.auth.credential import Secret, is_sendable
from app.auth.scope import Scope, canonical_scopes
from app.oci.value import value

MOST_BYTES = 128 * 1024
"""The largest answer of a token service that is read; oras-go has the same limit."""

# A.17, docs/spec/auth/token.md: a token without expires_in lives 60 seconds, and a shorter life is taken for 60 as in
# distribution, containers/image and regclient. Where it was true, the 401 after its end brings one fresh token.
_SHORTEST = 60.0
# Nothing sensible lives longer than a year; more would be a number for overflowing something.
_LONGEST = 366 * 86400.0

BadToken = Literal["html", "not-json", "no-token", "bad-token", "too-large"]


class BadTokenResponse(ValueError):
    """An answer without a usable token: html, not-json (or no object), no-token (neither field), bad-token (characters
    that no header can carry), too-large."""

    def __init__(self, reason: BadToken) -> None:
        super().__init__(reason)
        self.reason: BadToken = reason


@value
class TokenClaims(NamedTuple):
    """What a JWT says of itself; nothing of it is verified. Times: seconds since 1970. An `access` entry without
    actions was asked for and not granted."""

    issuer: str | None
    subject: str | None
    audience: tuple[str, ...]
    expires: float | None
    not_before: float | None
    issued: float | None
    identifier: str | None
    algorithm: str | None
    access: tuple[Scope, ...]


class Token:
    """A bearer token in memory. `asked`: scopes of its request, in the order sent. All times on the monotonic clock.

    `used_at`: when a request last took it. `renewed`: a successor was asked for in the background.
    """

    __slots__ = ("asked", "expires_at", "received_at", "renewed", "used_at", "value")

    def __init__(self, value: str, received_at: float, expires_at: float, asked: tuple[str, ...] = ()) -> None:
        self.value = value
        self.received_at = received_at
        self.expires_at = expires_at
        self.asked = asked
        self.used_at = received_at
        self.renewed = False

    @property
    def granted(self) -> tuple[str, ...] | None:
        """The scopes its JWT claims to grant, canonical, unverified; None when it is opaque."""
        claims = describe_token(self.value)
        return None if claims is None else canonical_scopes(str(scope) for scope in claims.access)

    def __repr__(self) -> str:
        return f"Token(… for {' '.join(self.asked) or 'no scope'})"


def parse_token_response(body: bytes, received_at: float, asked: tuple[str, ...] = ()) -> Token:
    """A token service's 200, `{"token" or "access_token", "expires_in"}` (docs/spec/auth/token.md and oauth.md).

    `received_at`: monotonic seconds; the lifetime counts from there, since the service's own `issued_at` is often of
    another clock, and is 60 seconds when unstated (Quay, docker_auth) or shorter. Raises BadTokenResponse.
    """
    if len(body) > MOST_BYTES:
        raise BadTokenResponse("too-large")
    answer = _decode(body)
    if not isinstance(answer, dict):
        raise BadTokenResponse("html" if body.lstrip()[:1] == b"<" else "not-json")
    # Keycloak and Quay send token alone, Azure access_token alone, docker_auth both with the same value.
    text = _text(answer.get("access_token")) or _text(answer.get("token"))
    if text is None:
        raise BadTokenResponse("no-token")
    if not is_sendable(text):
        raise BadTokenResponse("bad-token")
    return Token(text, received_at, received_at + _lifetime(answer.get("expires_in")), asked)


def parse_refresh_token(body: bytes) -> Secret | None:
    """The refresh token in a token service's answer (docs/spec/auth/oauth.md); None without a usable one."""
    answer = _decode(body) if len(body) <= MOST_BYTES else None
    text = _text(answer.get("refresh_token")) if isinstance(answer, dict) else None
    return Secret(text) if text is not None and is_sendable(text) else None


def parse_oauth_error(body: bytes) -> str | None:
    """The code of RFC 6749 section 5.2, such as invalid_grant; None for any other body."""
    answer = _decode(body) if len(body) <= MOST_BYTES else None
    return _text(answer.get("error")) if isinstance(answer, dict) else None


def describe_token(value: str) -> TokenClaims | None:
    """The claims of a JWT, unverified; None when the token is opaque (GHCR, ECR Public), which is legal."""
    import jwt  # only who looks at a token pays for this import

    try:
        header = jwt.get_unverified_header(value)
        claims = jwt.decode(value, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        return None
    return TokenClaims(
        issuer=_text(claims.get("iss")),
        subject=_text(claims.get("sub")),
        audience=_texts(claims.get("aud")),
        expires=_number(claims.get("exp")),
        not_before=_number(claims.get("nbf")),
        issued=_number(claims.get("iat")),
        identifier=_text(claims.get("jti")),
        algorithm=_text(header.get("alg")),
        access=_access(claims.get("access")),
    )


def _decode(body: bytes) -> object:
    # The error of the decoder holds the whole text, tokens included: it must not become the context of ours.
    try:
        found: object = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return found


def _no_number(_: str) -> float:
    raise ValueError("JSON knows no NaN and no Infinity")


def _lifetime(stated: object) -> float:
    seconds = _number(stated)
    if seconds is None and isinstance(stated, str):
        try:
            seconds = _number(float(stated.strip()))
        except ValueError:
            seconds = None
    return _SHORTEST if seconds is None else min(max(seconds, _SHORTEST), _LONGEST)


def _number(found: object) -> float | None:
    if isinstance(found, bool) or not isinstance(found, int | float) or found != found:
        return None
    return float(min(max(found, -1e15), 1e15))  # an int of any length would overflow a float


def _text(found: object) -> str | None:
    return found if isinstance(found, str) and found else None


def _texts(found: object) -> tuple[str, ...]:
    # distribution's token.Audience: one string or a list of them.
    listed = found if isinstance(found, list) else [found]
    return tuple(text for text in listed if isinstance(text, str) and text)


def _access(found: object) -> tuple[Scope, ...]:
    if not isinstance(found, list):
        return ()
    entries = [entry for entry in found if isinstance(entry, Mapping)]
    return tuple(
        Scope(kind, name, tuple(sorted(set(_texts(entry.get("actions"))))))
        for entry in entries
        if (kind := _text(entry.get("type"))) and (name := _text(entry.get("name")))
    )
