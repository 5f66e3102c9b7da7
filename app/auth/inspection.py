"""A token under the glass: any text that somebody calls one, and what it says of itself. Nothing of it is verified."""

import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.auth.access_table import AccessRow, access_table
from app.auth.compact import LONGEST, NotCompact, access_of, decode_base64url, parse_compact
from app.oci.document import InvalidDocument, Json, decode
from app.oci.value import value

TokenKind = Literal["jwt", "json", "opaque", "broken"]
BrokenReason = Literal[
    "empty", "too-long", "characters", "segments", "base64", "header", "claims", "encrypted", "refused"
]
FieldKind = Literal["text", "number", "time", "yes-no", "nothing", "list", "object", "withheld"]
TimeState = Literal["valid", "expired", "not-yet-valid", "no-expiry"]
KeyHint = Literal["jwk", "x5c", "kid", "none"]

_MOST_FIELDS = 200
_LONGEST_TEXT = 2000
# RFC 7519 section 4.1; Amazon's public registry says `expiration` in its base64 JSON.
_TIMES = frozenset({"exp", "nbf", "iat", "auth_time", "expiration"})
# Of a token that is JSON in base64 the other texts are the credential itself.
_HARMLESS = frozenset({"expiration", "type", "version"})
# Beyond the year 9999 a number is no time.
_LAST_TIME = 253402300799.0


@value
class Field(NamedTuple):
    """A field of a header or of the claims. `text`: as JSON has it, a plain text without quotes; "" when `withheld`.

    `left`: of a time, seconds from now until then, negative when it is past.
    """

    name: str
    kind: FieldKind
    text: str
    left: float | None = None


@value
class Times(NamedTuple):
    """Seconds since 1970. `left`: until it expires, negative since; None without an expiry. Registries allow for
    clocks that differ: distribution 60 s, Quay 30 s."""

    issued: float | None
    not_before: float | None
    expires: float | None
    state: TimeState
    left: float | None


@value
class Inspection(NamedTuple):
    """`kind`: jwt; json (an object in base64, as Amazon's public registry issues); opaque (nothing to be read, which is
    legal); broken (it looks like a JWT and is none; `reason`).

    `header`, `claims`: in the order written. `audience`: whom it is for, each of a list. `access`: against what was
    asked; None where the token has no `access` claim. `key_hint`: where a key to check it by is named.
    `length`: characters, blanks aside.
    """

    kind: TokenKind
    reason: BrokenReason | None
    header: tuple[Field, ...]
    claims: tuple[Field, ...]
    audience: tuple[str, ...]
    access: tuple[AccessRow, ...] | None
    times: Times | None
    key_hint: KeyHint
    length: int


def inspect_token(text: str, asked: tuple[str, ...], now: float) -> Inspection:
    """Read a token, pasted as `bare_token` takes it; never raises.

    `asked`: the scopes it was asked for; `now`: seconds since 1970.
    """
    token = bare_token(text)
    if len(token) > LONGEST:
        return _plain("broken", len(token), "too-long")
    if not token:
        return _plain("broken", 0, "empty")
    if not all("!" <= character <= "~" for character in token):
        return _plain("broken", len(token), "characters")
    if token.count(".") == 2:
        return _jwt(token, asked, now)
    if "." in token and token.startswith("eyJ"):
        # RFC 7516 section 7.1: five parts are an encrypted token, which only its registry can read.
        return _plain("broken", len(token), "encrypted" if token.count(".") == 4 else "segments")
    return _json(token, now) or _plain("opaque", len(token))


def bare_token(text: str) -> str:
    """The token alone: without `Authorization:`, `Bearer`, blanks and line ends, out of a token service's JSON."""
    if len(text) > 4 * LONGEST:
        return text[: LONGEST + 1]
    text = text.strip().strip("\"'")
    if text.startswith("{"):
        found = _object(text.encode("utf-8", "surrogatepass"))
        for name in ("access_token", "token"):
            inside = None if found is None else found.get(name)
            if isinstance(inside, str) and inside:
                text = inside
                break
    words = text.split()
    while words and words[0].lower() in ("authorization:", "bearer"):
        words = words[1:]
    return "".join(words)


def _plain(kind: TokenKind, length: int, reason: BrokenReason | None = None) -> Inspection:
    return Inspection(kind, reason, (), (), (), None, None, "none", length)


def _jwt(token: str, asked: tuple[str, ...], now: float) -> Inspection:
    # Its size and depth are checked before PyJWT sees it: json's scanner is recursive, and a browser's stack is small.
    try:
        parse_compact(token)
    except NotCompact as error:
        # Three words with dots between them may be anything; what begins like a JSON object means to be a JWT.
        return _plain("broken" if token.startswith("eyJ") else "opaque", len(token), _reason(token, error))
    import jwt  # a third of a second in a browser, for those alone who look at a token

    try:
        found = jwt.decode_complete(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        return _plain("broken", len(token), "refused")
    header, claims = _known(found.get("header")), _known(found.get("payload"))
    granted = access_of(claims["access"]) if "access" in claims else None
    return Inspection(
        kind="jwt",
        reason=None,
        header=_fields(header, now),
        claims=_fields(claims, now),
        audience=_audience(claims.get("aud")),
        access=None if granted is None else access_table(asked, granted),
        times=_times(claims, now),
        key_hint="jwk" if "jwk" in header else "x5c" if "x5c" in header else "kid" if "kid" in header else "none",
        length=len(token),
    )


def _reason(token: str, error: NotCompact) -> BrokenReason | None:
    return error.reason if token.startswith("eyJ") else None


def _known(found: object) -> Mapping[str, Json]:
    return found if isinstance(found, dict) else {}


def _json(token: str, now: float) -> Inspection | None:
    try:
        data = b64decode(token, validate=True) if set(token) & {"+", "/", "="} else decode_base64url(token)
    except ValueError:
        return None
    found = _object(data)
    if found is None:
        return None
    fields = tuple(
        each if each.name in _HARMLESS or each.kind in ("number", "yes-no", "nothing", "time") else _withheld(each.name)
        for each in _fields(found, now)
    )
    times = _times({"exp": found.get("expiration")}, now)
    return Inspection("json", None, (), fields, (), None, times, "none", len(token))


def _withheld(name: str) -> Field:
    return Field(name, "withheld", "")


def _object(data: bytes) -> Mapping[str, Json] | None:
    try:
        found = decode(data, "token", LONGEST)
    except InvalidDocument:
        return None
    return found if isinstance(found, dict) else None


def _fields(found: Mapping[str, Json], now: float) -> tuple[Field, ...]:
    return tuple(_field(name, found[name], now) for name in list(found)[:_MOST_FIELDS])


def _field(name: str, found: Json, now: float) -> Field:
    name = name[:_LONGEST_TEXT]
    if isinstance(found, str):
        return Field(name, "text", found[:_LONGEST_TEXT])
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))[:_LONGEST_TEXT]
    if found is None:
        return Field(name, "nothing", text)
    if isinstance(found, bool):
        return Field(name, "yes-no", text)
    if isinstance(found, list):
        return Field(name, "list", text)
    if isinstance(found, dict):
        return Field(name, "object", text)
    moment = _time(found) if name in _TIMES else None
    return Field(name, "number", text) if moment is None else Field(name, "time", text, moment - now)


def _times(claims: Mapping[str, Json], now: float) -> Times:
    issued, begins, expires = (_time(claims.get(name)) for name in ("iat", "nbf", "exp"))
    left = None if expires is None else expires - now
    state: TimeState = "no-expiry" if left is None else "valid"
    if left is not None and left <= 0:
        state = "expired"
    elif begins is not None and begins > now:
        state = "not-yet-valid"
    return Times(issued, begins, expires, state, left)


def _time(found: Json) -> float | None:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if 0 <= found <= _LAST_TIME else None


def _audience(found: Json) -> tuple[str, ...]:
    # RFC 7519 section 4.1.3: one text, or a list of them.
    listed = found if isinstance(found, list) else [found]
    return tuple(each[:_LONGEST_TEXT] for each in listed if isinstance(each, str) and each)[:_MOST_FIELDS]
