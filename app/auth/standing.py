"""What can be told of who the person is to a registry."""

from typing import Literal, NamedTuple

from app.auth.credential import CredentialKind
from app.auth.errors import AuthError, LoginRequired, Scheme
from app.oci.value import value


@value
class Identity(NamedTuple):
    """One identity at a registry. `name`: what `use` and `sign_out` take. `username`: None for a token of nobody named.

    `proven`: its credential was accepted in this tab. `scheme`: "basic", "bearer", or "" before the first challenge.
    `expires_in`: seconds of its longest living token, None when there is none.
    """

    name: str
    kind: CredentialKind
    username: str | None
    in_use: bool
    proven: bool
    scheme: str
    expires_in: float | None


@value
class Standing(NamedTuple):
    """How requests to a registry go out now; `username` (or the identity's name where it has none) None is anonymous,
    `scheme` None without any authorization."""

    scheme: Scheme | None
    username: str | None
    expires_in: float | None


@value
class AnonymousRead(NamedTuple):
    """That something was read without the credentials, because they were refused for it (A.23)."""

    name: str
    reason: Literal["wrong-password", "expired", "denied"]
    scopes: tuple[str, ...]


def anonymous_read(error: AuthError | None, name: str, scopes: tuple[str, ...]) -> AnonymousRead | None:
    """What to tell of an anonymous read in the place of one as `name`, whose credential got this error."""
    if error is None:
        return None
    expired = isinstance(error, LoginRequired) and error.prompt.reason == "expired"
    wrong = isinstance(error, LoginRequired) and error.prompt.reason == "wrong-password"
    return AnonymousRead(name, "expired" if expired else "wrong-password" if wrong else "denied", scopes)
