"""Getting a token: from memory, or from a token service by what its answers allow; as a generator."""

from collections.abc import Callable, Generator
from typing import NamedTuple

from app.auth.bearer_token import (
    BadTokenResponse,
    Token,
    parse_oauth_error,
    parse_refresh_token,
    parse_token_response,
)
from app.auth.cache import Grant, TokenKey
from app.auth.credential import AadToken, IdentityToken, RegistryToken, Secret
from app.auth.errors import (
    AccessDenied,
    AuthError,
    TokenFailure,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.auth.lessons import Wanted
from app.auth.oauth import anonymous_request, exchange_request, falls_back, ways_to_ask
from app.auth.patience import Patience
from app.auth.prompt import bearer_login, require_allowed, require_answerer
from app.auth.registry_auth import RegistryAuth
from app.auth.roster import ANONYMOUS, Signed
from app.auth.scope import CATALOG
from app.auth.step import Reply, Send, Step, Wait, Why
from app.oci.error import parse_errors
from app.ports.transport import Request, TransportError

READS = ("GET", "HEAD")

# RFC 6749 section 5.2: the errors of a 400 that speak of the credential and not of the request.
_REFUSALS = ("invalid_grant", "access_denied", "unauthorized_client", "invalid_client")


class Issued(NamedTuple):
    """A token, where it is kept, and what it was asked with; `fresh`: not from memory.

    `instead`: it is anonymous, because the credentials got this error (A.23).
    """

    token: Token
    key: TokenKey
    wanted: Wanted
    fresh: bool
    instead: AuthError | None = None


class _Answered(NamedTuple):
    reply: Reply
    grant: Grant


class Exchange:
    """Asks for the tokens of one caller's request. `now`: the monotonic clock; `wall`: seconds since 1970."""

    __slots__ = ("auth", "now", "patience", "request")

    def __init__(
        self,
        auth: RegistryAuth,
        request: Request,
        now: Callable[[], float],
        wall: Callable[[], float] | None = None,
    ) -> None:
        self.auth = auth
        self.request = request
        self.now = now
        self.patience = Patience(wall)

    def obtain(self, wanted: Wanted, why: Why, *, anonymous: bool = False) -> Generator[Step, Reply, Issued]:
        """A token from memory, else from the token service. Raises as `ask` does."""
        auth, now = self.auth, self.now()
        key = auth.key(wanted, anonymous)
        token = auth.held(key, now)
        if token is not None:
            return Issued(token, key, wanted, fresh=False)
        error = auth.turned_down(key)
        if error is not None and self.request.method in READS:
            nobody = auth.key(wanted, True)
            token = auth.held(nobody, now)
            if token is not None:
                return Issued(token, nobody, wanted, fresh=False, instead=error)
        return (yield from self.ask(wanted, why, anonymous=anonymous))

    def ask(self, wanted: Wanted, why: Why, *, anonymous: bool = False) -> Generator[Step, Reply, Issued]:
        """Ask the token service, and keep what it gives; the scopes asked for may be fewer than wanted.

        Raises LoginRequired, ApprovalRequired, RealmRefused, AccessDenied, UnusableChallenge, TokenServiceFailed.
        """
        auth, signed = self.auth, None if anonymous else self.auth.signed
        if signed is not None and isinstance(signed.credential, RegistryToken):
            signed, anonymous = None, True  # it is for the registry alone
        require_allowed(auth, wanted, signed is None)
        key = auth.key(wanted, anonymous)
        if signed is None:
            answered = _Answered((yield from self._send(wanted, key, "get", why, anonymous_request(wanted))), "get")
        else:
            answered = yield from self._as(signed, wanted, key, why)
        if not anonymous and auth.session != key.session:
            # Somebody signed in or out while this was under way: the answer is for who they were.
            return (yield from self.ask(wanted, why))
        if 200 <= answered.reply.status < 300:
            return self._issued(wanted, key, signed, answered)
        if answered.reply.status == 400 and wanted.scopes == (CATALOG,):
            # Quay knows no catalog scope (A.11) and takes any token for its catalog.
            return (yield from self.ask(Wanted(wanted.bearer, ()), "catalog-scope", anonymous=anonymous))
        if signed is None:
            raise self._refusal(wanted, answered)
        error = self._refusal_of(signed, wanted, answered)
        if not self._may_read_without(signed, answered, error):
            raise error
        try:
            issued = yield from self.obtain(wanted, "anonymous-retry", anonymous=True)
        except AuthError:
            raise error from None
        auth.turn_down(key, error)
        return issued._replace(instead=error)

    def _as(self, signed: Signed, wanted: Wanted, key: TokenKey, why: Why) -> Generator[Step, Reply, _Answered]:
        """Ask with a credential, in the ways it allows (A.14, A.15)."""
        auth, bearer, credential = self.auth, wanted.bearer, signed.credential
        refresh = remembered = auth.grants.refresh_token(key.session, bearer)
        if refresh is None and isinstance(credential, IdentityToken):
            if signed.realm not in (None, bearer.realm):
                raise bearer_login(auth, wanted, "required")  # A.18: it belongs to the realm that took it first
            refresh = Secret(credential.token)
        elif refresh is None and isinstance(credential, AadToken):
            reply = yield from self._exchange(wanted, key, credential)
            refresh = parse_refresh_token(reply.body) if 200 <= reply.status < 300 else None
            if refresh is None:
                return _Answered(reply, "exchange")
            auth.grants.keep(key.session, bearer, refresh)
        form: Grant = "password" if refresh is None else "refresh-token"
        worked = auth.grants.way(bearer, form)
        ways = ways_to_ask(
            wanted,
            credential,
            refresh,
            why,
            worked=worked,
            offline=auth.offline_tokens,
            password_grant=auth.password_grant,
        )
        for asking in ways:
            reply = yield from self._send(wanted, key, asking.grant, asking.why, asking.request)
            if asking.grant == "refresh-token" and refresh is not None and reply.status in (400, 401):
                auth.grants.drop(key.session, bearer, refresh)
                newer = auth.grants.refresh_token(key.session, bearer)
                if newer is not None or (remembered is not None and isinstance(credential, AadToken)):
                    # Another request got its successor meanwhile, or what it came from may bring another.
                    return (yield from self._as(signed, wanted, key, why))
            if asking is ways[-1] or not falls_back(asking, reply.status, worked):
                break
        if 200 <= reply.status < 300 and len(ways) > 1 and (asking.way == "post" or worked != "post"):
            # Where forms have worked, one that was refused had an expired refresh token.
            auth.grants.worked(bearer, form, asking.way)
        return _Answered(reply, asking.grant)

    def _exchange(self, wanted: Wanted, key: TokenKey, credential: AadToken) -> Generator[Step, Reply, Reply]:
        request = exchange_request(wanted, credential)
        if request is None:
            raise UnusableChallenge(self.auth.registry, ("bearer",), "no exchange")
        return (yield from self._send(wanted, key, "exchange", "exchange", request))

    def _send(
        self, wanted: Wanted, key: TokenKey, grant: Grant, why: Why, request: Request
    ) -> Generator[Step, Reply, Reply]:
        """Send to the token service, patiently (A.26), and look where the answer came from (A.7)."""
        auth = self.auth
        # Without memory each request asks for its own token, so that none is shared either.
        shared = None if auth.lifetime == 0 else key._replace(grant=grant)
        while True:
            try:
                reply = yield Send(request, "token", shared, why)
            except TransportError as error:
                raise _failed(wanted, None, "too-large" if error.reason == "too-large" else "unreachable") from None
            require_answerer(auth, wanted, reply.url or request.url, key.session == ANONYMOUS)
            if reply.status != 429:
                return reply
            pause = self.patience.pause(reply.headers)
            if pause is None:
                realm = wanted.bearer.realm.partition("?")[0]
                retry_after = self.patience.stated(reply.headers)
                raise TokenServiceBusy(wanted.bearer.origin, realm, 429, "status", retry_after)
            yield Wait(pause, "rate-limited")
            why = "after-wait"

    def _issued(self, wanted: Wanted, key: TokenKey, signed: Signed | None, answered: _Answered) -> Issued:
        auth, (reply, grant) = self.auth, answered
        if grant == "exchange":
            raise _failed(wanted, reply, "no-token")
        try:
            token = parse_token_response(reply.body, self.now(), wanted.scopes)
        except BadTokenResponse as error:
            raise _failed(wanted, reply, error.reason) from None
        auth.keep(key, token)
        auth.accepted(key)
        if signed is not None:
            auth.prove(key.session)
            if grant == "refresh-token":
                signed.realm = wanted.bearer.realm
            # A.18: one that nobody asked for is not kept; one for one is a rotation.
            refresh = parse_refresh_token(reply.body) if auth.offline_tokens or grant == "refresh-token" else None
            if refresh is not None:
                auth.grants.keep(key.session, wanted.bearer, refresh)
        return Issued(token, key, wanted, fresh=True)

    def _refusal(self, wanted: Wanted, answered: _Answered) -> AuthError:
        """What an error status means for an anonymous request."""
        if answered.reply.status in (400, 401, 403):
            # Keycloak answers anonymous requests by 400 and a page, GHCR and Red Hat by 401.
            return bearer_login(self.auth, wanted, "required")
        return self._failed(wanted, answered.reply)

    def _refusal_of(self, signed: Signed, wanted: Wanted, answered: _Answered) -> AuthError:
        """What an error status means for a credential; a wrong one is forgotten here."""
        auth, reply = self.auth, answered.reply
        status = reply.status
        if status == 400 and answered.grant != "get" and parse_oauth_error(reply.body) in _REFUSALS:
            status = 401
        if status not in (401, 403):
            return self._failed(wanted, reply)
        if not signed.proven:
            error = bearer_login(auth, wanted, "wrong-password")
            # GHCR sends 403 both for an expired token and for a good one without the right to this repository, so a
            # 403 does not make the credential forgotten.
            if status == 401:
                auth.reject(signed.session)
            return error
        if status == 401:
            return bearer_login(auth, wanted, "expired")
        codes = parse_errors(reply.body)
        return AccessDenied(auth.registry, wanted.scopes, signed.name, self.request.method, self.request.url, codes)

    def _failed(self, wanted: Wanted, reply: Reply) -> TokenServiceFailed:
        return _failed(wanted, reply, "status", self.patience.stated(reply.headers))

    def _may_read_without(self, signed: Signed, answered: _Answered, error: AuthError) -> bool:
        """Whether to try as nobody (A.23): for reads, and not where somebody just typed a wrong password."""
        if isinstance(error, TokenServiceFailed) or self.request.method not in READS:
            return False
        return answered.reply.status == 403 or signed.proven or signed.stored


def ask_token(
    wanted: Wanted,
    auth: RegistryAuth,
    request: Request,
    now: Callable[[], float],
    wall: Callable[[], float] | None = None,
    why: Why = "challenge-bearer",
) -> Generator[Step, Reply, Issued]:
    """Ask for a token, whatever is in memory. `request`: what it is for. Raises as `Exchange.ask` does."""
    return (yield from Exchange(auth, request, now, wall).ask(wanted, why))


def _failed(
    wanted: Wanted, reply: Reply | None, reason: TokenFailure, retry_after: float | None = None
) -> TokenServiceFailed:
    status, realm = None if reply is None else reply.status, wanted.bearer.realm.partition("?")[0]
    return TokenServiceFailed(wanted.bearer.origin, realm, status, reason, retry_after)
