"""How the authorization of one request ends when it does not succeed: the errors, made from what is known then."""

from collections.abc import Callable
from typing import NoReturn

from app.auth.attempt import Attempt
from app.auth.bearer_token import describe_token
from app.auth.challenge import parse_challenges
from app.auth.credential import RegistryToken
from app.auth.errors import AccessDenied, AuthError, LoginReason, LoginRequired
from app.auth.lessons import Wanted
from app.auth.prompt import basic_login, bearer_login, registry_token_login
from app.auth.refusal import error_of, lacking
from app.auth.registry_auth import RegistryAuth
from app.auth.scope import CATALOG, split_scopes
from app.auth.step import Reply
from app.oci.error import parse_errors
from app.oci.origin import Origin
from app.ports.transport import Request


class Ending:
    """`hint`: the scopes of the request; `origin`: where it goes; `instead`: what the credentials got when an
    anonymous token took their place (A.23)."""

    __slots__ = ("auth", "hint", "instead", "origin", "request", "wall")

    def __init__(
        self,
        auth: RegistryAuth,
        request: Request,
        hint: tuple[str, ...],
        origin: Origin,
        wall: Callable[[], float] | None,
    ) -> None:
        self.auth = auth
        self.request = request
        self.hint = hint
        self.origin = origin
        self.wall = wall
        self.instead: AuthError | None = None

    def basic_login(self, realm: str, reason: LoginReason) -> LoginRequired:
        return basic_login(self.auth, self.origin, realm, self.hint, reason)

    def own_login(self, wanted: Wanted | None, reason: LoginReason) -> LoginRequired:
        return registry_token_login(self.auth, wanted, self.hint, reason)

    def refuse_basic(self, realm: str, session: int, reply: Reply) -> NoReturn:
        """User name and password were refused by the registry itself."""
        if self.auth.is_proven(session):
            if CATALOG in self.hint:
                self.deny(None, reply)  # Harbor's catalog is for administrators
            raise self.basic_login(realm, "expired")
        error = self.basic_login(realm, "wrong-password")
        self.auth.reject(session)
        raise error

    def refuse_own(self, attempt: Attempt, reply: Reply) -> NoReturn:
        """The pasted registry token was refused. What it says of its own end is a hint that nobody verified."""
        auth = self.auth
        challenges = parse_challenges(reply.headers.get("WWW-Authenticate") or "")
        if error_of(challenges) == "insufficient_scope":
            named = tuple(scope for each in challenges for scope in split_scopes(each.parameters.get("scope", "")))
            self._deny(named or self.hint, reply)
        credential = auth.credential
        claims = describe_token(credential.token) if isinstance(credential, RegistryToken) else None
        ends = None if claims is None else claims.expires
        over = ends is not None and self.wall is not None and ends <= self.wall()
        proven = auth.is_proven(attempt.session)
        error = self.own_login(attempt.wanted, "expired" if over or proven else "wrong-password")
        if not proven:
            auth.reject(attempt.session)
        raise error

    def deny(self, wanted: Wanted | None, reply: Reply, attempt: Attempt | None = None) -> NoReturn:
        """A login where a token service knows only an anonymous visitor, otherwise a denial.

        `attempt`: what was refused; of its scopes those that its token does not claim to grant are named (A.20).
        """
        if self.instead is not None:
            raise self.instead
        if wanted is not None and self.auth.credential is None:
            raise bearer_login(self.auth, wanted, "required")
        scopes = self.hint if wanted is None else wanted.scopes
        if attempt is not None and attempt.token is not None:
            scopes = lacking(attempt.token, scopes) or scopes
        self._deny(scopes, reply)

    def _deny(self, scopes: tuple[str, ...], reply: Reply) -> NoReturn:
        auth, request = self.auth, self.request
        error = error_of(parse_challenges(reply.headers.get("WWW-Authenticate") or ""))
        codes = parse_errors(reply.body)
        raise AccessDenied(auth.registry, scopes, auth.name, request.method, request.url, codes, error)
