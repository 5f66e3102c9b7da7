"""Why a request could not be authorized.

    AuthError
      LoginRequired        credentials are wanted, or others than those given
      ApprovalRequired     a person must allow a token service first
      AccessDenied         who asks is known and may not
      ChallengeHidden      a 401 without a readable challenge
      TokenServiceFailed   the token service brought no token
        TokenServiceBusy   for now: it was asked too often
      RealmRefused         the challenge names a token service that is never contacted
      UnusableChallenge    no challenge of the 401 can be answered

Their fields are data for the view, which has the words. None of them holds a secret.
"""

from typing import Literal, NamedTuple

from app.oci.error import ErrorInfo
from app.oci.origin import Origin
from app.oci.value import value

Scheme = Literal["basic", "bearer"]
LoginReason = Literal["required", "wrong-password", "expired", "insecure"]
TokenFailure = Literal["unreachable", "status", "html", "not-json", "no-token", "bad-token", "too-large"]


@value
class LoginPrompt(NamedTuple):
    """What to ask a person for. `reason`: required; wrong-password (the credentials of `username` were refused);
    expired (they worked before, or say so themselves); insecure (they would cross plain http: a warning must be
    accepted first).

    `realm`: the token service's URL without its query, or the text of a Basic realm. `realm_origin`: None for Basic and
    for a pasted registry token, which go to the registry itself.
    """

    registry: Origin
    scheme: Scheme
    realm: str
    realm_origin: Origin | None
    service: str | None
    scopes: tuple[str, ...]
    reason: LoginReason
    username: str | None


@value
class ApprovalPrompt(NamedTuple):
    """A token service that a person must allow. `anonymous`: even for a request without credentials."""

    registry: Origin
    realm_origin: Origin
    scheme: Scheme
    service: str | None
    scopes: tuple[str, ...]
    anonymous: bool
    reason: str


class AuthError(Exception):
    """Base of all errors of this room."""


class LoginRequired(AuthError):
    def __init__(self, prompt: LoginPrompt) -> None:
        super().__init__(f"{prompt.registry} wants a login ({prompt.scheme}, {prompt.reason})")
        self.prompt = prompt


class ApprovalRequired(AuthError):
    def __init__(self, prompt: ApprovalPrompt) -> None:
        super().__init__(f"{prompt.registry} names the token service {prompt.realm_origin}: {prompt.reason}")
        self.prompt = prompt


class AccessDenied(AuthError):
    """`identity`: the name of it, None when anonymous. `scopes`: asked for and not granted. `codes`: from the body.

    `error`: what the challenge says of the token (RFC 6750 section 3.1): insufficient_scope, invalid_token; or None.
    """

    def __init__(
        self,
        registry: Origin,
        scopes: tuple[str, ...],
        identity: str | None,
        method: str,
        url: str,
        codes: tuple[ErrorInfo, ...],
        error: str | None = None,
    ) -> None:
        super().__init__(f"{method} {url}: denied")
        self.registry = registry
        self.scopes = scopes
        self.identity = identity
        self.method = method
        self.url = url
        self.codes = codes
        self.error = error


class ChallengeHidden(AuthError):
    """A 401 whose `WWW-Authenticate` the page cannot read or that was not sent; Fetch cannot tell which.

    `scopes_hint`: what a token would need to allow, from the request and the body.
    """

    def __init__(self, registry: Origin, method: str, url: str, scopes_hint: tuple[str, ...]) -> None:
        super().__init__(f"{method} {url}: 401 without a readable challenge")
        self.registry = registry
        self.method = method
        self.url = url
        self.scopes_hint = scopes_hint


class TokenServiceFailed(AuthError):
    """`url`: what was asked, without the query. `status`: None when there was no answer. `retry_after`: seconds.

    `reason`: unreachable, status (an error status that is no matter of credentials), or what was wrong with the body.
    """

    def __init__(
        self, realm_origin: Origin, url: str, status: int | None, reason: TokenFailure, retry_after: float | None
    ) -> None:
        super().__init__(f"token service {url}: {reason}{'' if status is None else f' ({status})'}")
        self.realm_origin = realm_origin
        self.url = url
        self.status = status
        self.reason: TokenFailure = reason
        self.retry_after = retry_after


class TokenServiceBusy(TokenServiceFailed):
    """It answered 429 until waiting without asking was enough. `retry_after`: seconds, None when it did not say."""


class RealmRefused(AuthError):
    """`realm_shown`: the realm without user info, query and fragment, at most 200 characters."""

    def __init__(self, registry: Origin, realm_shown: str, reason: str) -> None:
        super().__init__(f"{registry} names a token service that is refused: {reason}")
        self.registry = registry
        self.realm_shown = realm_shown
        self.reason = reason


class UnusableChallenge(AuthError):
    """`header_schemes`: the schemes offered, in the order sent."""

    def __init__(self, registry: Origin, header_schemes: tuple[str, ...], reason: str) -> None:
        super().__init__(f"{registry} sent no challenge that can be answered: {reason}")
        self.registry = registry
        self.header_schemes = header_schemes
        self.reason = reason
