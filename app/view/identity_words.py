"""What one signs in with, in words, and why something was read without it."""

from collections.abc import Mapping

from app.auth.standing import AnonymousRead, Identity
from app.view.markup import hostile

_KINDS: Mapping[str, str] = {
    "password": "password",
    "identity-token": "identity token",
    "registry-token": "registry token",
    "aad-token": "directory token",
}
_REASONS: Mapping[str, str] = {
    "wrong-password": "they were refused",
    "expired": "they have expired",
    "denied": "they do not allow it",
}
_SCHEMES: Mapping[str, str] = {"basic": "Basic", "bearer": "Bearer"}


def kind_words(kind: str) -> str:
    """What a credential is."""
    return _KINDS.get(kind, hostile(kind))


def scheme_words(scheme: str | None) -> str | None:
    """A scheme as the specifications write it; None before the first challenge."""
    return _SCHEMES.get(scheme, hostile(scheme)) if scheme else None


def called(identity: Identity) -> str:
    """What to call an identity: its user name, else its own name, which may be no more than the kind of it."""
    if is_nameless(identity):
        return kind_words(identity.kind)
    return hostile(identity.username or identity.name)


def is_nameless(identity: Identity) -> bool:
    """Whether nobody said whose it is."""
    return identity.username is None and identity.name == identity.kind


def anonymous_words(read: AnonymousRead | None) -> str:
    """Why a page was read without the identity in use."""
    if read is None:
        return "This was read without your credentials: the registry refused them, and reading works without."
    return f"This was read without the credentials of {hostile(read.name)}: {_REASONS.get(read.reason, read.reason)}."
