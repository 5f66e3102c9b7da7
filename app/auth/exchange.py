"""One request to a token service, as a generator: what to send, and what its answer means."""

from collections.abc import Callable, Generator
from typing import NoReturn

from app.auth.bearer_token import BadTokenResponse, Token, parse_token_response
from app.auth.errors import AccessDenied, TokenFailure, TokenServiceFailed
from app.auth.identity import RegistryAuth, Wanted
from app.auth.prompt import bearer_login, require_allowed, require_answerer
from app.auth.realm import token_url
from app.auth.scope import CATALOG
from app.auth.step import Reply, Send, Step
from app.oci.error import parse_errors
from app.ports.transport import Request, TransportError

# RFC 9110 section 10.2.3: Retry-After is seconds or a date; a date is left to whoever knows the time of day.
_MOST_DIGITS = 6


def ask_token(
    wanted: Wanted, auth: RegistryAuth, request: Request, now: Callable[[], float]
) -> Generator[Step, Reply, Token]:
    """Get a token for what is wanted and keep it; its `asked` may be fewer scopes. `request`: what it is for.

    Raises LoginRequired, ApprovalRequired, RealmRefused, AccessDenied, TokenServiceFailed.
    """
    require_allowed(auth, wanted)
    key, session, credential = auth.key(wanted), auth.session, auth.credential
    # Anonymous requests have no header at all and so no preflight (A.13). Forms with a refresh token (A.15, A.18) would
    # begin here; they carry the secret in the body and must be sent with redirect="error".
    asked = Request("GET", token_url(wanted.bearer.realm, wanted.bearer.service, wanted.scopes))
    if credential is not None:
        # `account` is left out: docker_auth refuses any that is not the user (A.14). A redirect to another origin takes
        # the field away (Fetch, HTTP-redirect fetch).
        asked = asked.with_header("Authorization", credential.basic_header())
    try:
        reply = yield Send(asked, "token", key)
    except TransportError as error:
        raise _failed(wanted, None, "too-large" if error.reason == "too-large" else "unreachable") from None
    require_answerer(auth, wanted, reply.url or asked.url)
    if auth.session != session:
        # Somebody signed in or out while this was under way: the answer is for who they were.
        return (yield from ask_token(wanted, auth, request, now))
    if 200 <= reply.status < 300:
        try:
            token = parse_token_response(reply.body, now(), wanted.scopes)
        except BadTokenResponse as error:
            raise _failed(wanted, reply, error.reason) from None
        auth.tokens.put(key, token)
        if credential is not None:
            auth.prove(session)
        return token
    if reply.status == 400 and wanted.scopes == (CATALOG,):
        # Quay knows no catalog scope (A.11) and takes any token for its catalog.
        return (yield from ask_token(Wanted(wanted.bearer, ()), auth, request, now))
    _refused(wanted, auth, request, reply)


def _refused(wanted: Wanted, auth: RegistryAuth, request: Request, reply: Reply) -> NoReturn:
    """What an error status of the token service means for who asked."""
    if auth.credential is None:
        if reply.status in (400, 401, 403):
            # Keycloak answers anonymous requests by 400 and a page, GHCR and Red Hat by 401.
            raise bearer_login(auth, wanted, "required")
    elif reply.status in (401, 403):
        # A.23: a try without the credentials, which may be what a public repository needs, would be offered here.
        if not auth.is_proven(auth.session):
            error = bearer_login(auth, wanted, "wrong-password")
            # GHCR sends 403 both for an expired token and for a good one without the right to this repository, so a
            # 403 does not make the credential forgotten.
            if reply.status == 401:
                auth.reject(auth.session)
            raise error
        if reply.status == 401:
            raise bearer_login(auth, wanted, "expired")
        codes = parse_errors(reply.body)
        name = auth.credential.username
        raise AccessDenied(auth.registry, wanted.scopes, name, request.method, request.url, codes)
    raise _failed(wanted, reply, "status")


def _failed(wanted: Wanted, reply: Reply | None, reason: TokenFailure) -> TokenServiceFailed:
    status = None if reply is None else reply.status
    retry_after = None if reply is None else _seconds(reply.headers.get("Retry-After"))
    return TokenServiceFailed(wanted.bearer.origin, wanted.bearer.realm.partition("?")[0], status, reason, retry_after)


def _seconds(text: str | None) -> float | None:
    digits = "" if text is None else text.strip()
    return float(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None
