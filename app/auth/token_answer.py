"""What the answer of a token service tells, without the tokens in it."""

import json
from typing import NamedTuple

from app.auth.bearer_token import BadToken, BadTokenResponse, parse_token_response
from app.auth.compact import granted_scopes
from app.auth.record import Secrets, shown_code
from app.auth.scope import canonical_scopes
from app.oci.error import parse_errors
from app.oci.value import value

_LARGEST = 128 * 1024
_MOST_CODES = 8


@value
class TokenAnswer(NamedTuple):
    """`granted`: scopes the JWT names, unverified, None when `opaque`; `expires_in`: seconds as stated, None when
    unstated; `lifetime`: seconds as Portolan takes them; `refreshable`: a refresh token came too; `failure`: why there
    is no usable token in it."""

    granted: tuple[str, ...] | None
    expires_in: float | None
    lifetime: float | None
    opaque: bool | None
    refreshable: bool
    failure: BadToken | None


def read_token_answer(body: bytes) -> TokenAnswer:
    """Read a 2xx of a token service; never raises and keeps no token."""
    answer = _object(body)
    refreshable = isinstance(answer.get("refresh_token"), str) and answer.get("refresh_token") != ""
    try:
        token = parse_token_response(body, 0.0)
    except BadTokenResponse as error:
        # Azure's exchange answers with a refresh token alone, which is what it was asked for.
        failure = None if refreshable and error.reason == "no-token" else error.reason
        return TokenAnswer(None, None, None, None, refreshable, failure)
    scopes = granted_scopes(token.value)
    granted = None if scopes is None else canonical_scopes(str(scope) for scope in scopes)
    seconds = _seconds(answer.get("expires_in"))
    return TokenAnswer(granted, seconds, token.expires_at, scopes is None, refreshable, None)


def error_codes(body: bytes, secrets: Secrets) -> tuple[str, ...]:
    """The codes in an error body: the distribution spec's, or the `error` of RFC 6749 section 5.2."""
    found = [error.code for error in parse_errors(body)]
    oauth = _object(body).get("error")
    if isinstance(oauth, str):
        found.append(oauth)
    codes = (shown_code(code, secrets) for code in found)
    return tuple(code for code in codes if code is not None)[:_MOST_CODES]


def _seconds(stated: object) -> float | None:
    # Some write the number as a text; it counts as a number then.
    if isinstance(stated, bool) or not isinstance(stated, int | float | str):
        return None
    try:
        seconds = float(stated)
    except (ValueError, OverflowError):
        return None
    return seconds if abs(seconds) < 1e15 else None


def _object(body: bytes) -> dict[str, object]:
    if len(body) > _LARGEST:
        return {}
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
