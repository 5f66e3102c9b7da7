"""The Authorization that a registry would get from the person, for an examination to which they said yes."""

from app.auth.credential import Password, RegistryToken, is_sendable
from app.auth.prompt import is_open
from app.auth.registry_auth import RegistryAuth


def authorization_for(auth: RegistryAuth, now: float) -> str | None:
    """The value of the header, None where there is nothing that may go to the registry; `now` on the monotonic clock.

    It asks for no token: one that is in memory is used, or none.
    """
    credential = auth.credential
    if credential is None or (is_open(auth.registry) and not auth.accepted_insecure):
        return None
    if isinstance(credential, RegistryToken):
        return credential.bearer_header() if is_sendable(credential.token) else None
    if auth.scheme == "bearer":
        return _held(auth, now)
    return credential.basic_header() if isinstance(credential, Password) else None


def _held(auth: RegistryAuth, now: float) -> str | None:
    for token in tuple(auth.tokens):
        wanted = auth.wanted_for(token.asked)
        used_at = token.used_at
        held = None if wanted is None else auth.held(auth.key(wanted), now)
        # To be tried is not to be used: it must not be renewed for that.
        token.used_at = used_at
        if held is token:
            return f"Bearer {token.value}"
    return None
