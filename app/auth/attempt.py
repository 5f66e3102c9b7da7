"""One way to send the request of a caller."""

from typing import Literal, NamedTuple

from app.auth.bearer_token import Token
from app.auth.cache import TokenKey
from app.auth.credential import Password, RegistryToken
from app.auth.errors import AuthError
from app.auth.exchange import Issued
from app.auth.lessons import Wanted
from app.auth.registry_auth import RegistryAuth
from app.auth.step import Why
from app.ports.transport import Request


class Attempt(NamedTuple):
    """How the resource is asked for: bare, by Basic, by the token of `key`, or by the registry token pasted ("own").

    `session`: whose credential it was. `fresh`: the token is not from memory. `instead`: the token is anonymous since
    the credentials got this error. `url`: where to send it instead (A.24).
    """

    kind: Literal["bare", "basic", "token", "own"]
    why: Why
    session: int
    token: Token | None = None
    key: TokenKey | None = None
    wanted: Wanted | None = None
    fresh: bool = False
    instead: AuthError | None = None
    url: str | None = None

    def __repr__(self) -> str:
        return f"Attempt({self.kind}, {self.why})"


def with_token(issued: Issued, why: Why, session: int, url: str | None = None) -> Attempt:
    """The attempt with that token."""
    if issued.instead is not None:
        why = "anonymous-retry"
    return Attempt("token", why, session, issued.token, issued.key, issued.wanted, issued.fresh, issued.instead, url)


def dressed(request: Request, attempt: Attempt, auth: RegistryAuth) -> Request:
    """The request with what the attempt adds to it."""
    if attempt.url is not None:
        request = Request(request.method, attempt.url, request.headers, request.body, request.redirect)
    if attempt.token is not None:
        return request.with_header("Authorization", f"Bearer {attempt.token.value}")
    match attempt.kind, auth.credential:
        case "basic", Password() as credential:
            return request.with_header("Authorization", credential.basic_header())
        case "own", RegistryToken() as credential:
            return request.with_header("Authorization", credential.bearer_header())
    return request
