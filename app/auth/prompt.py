"""The questions that only a person can answer, made from what the flow knows."""

from app.auth.errors import (
    ApprovalPrompt,
    ApprovalRequired,
    LoginPrompt,
    LoginReason,
    LoginRequired,
    RealmRefused,
    Scheme,
)
from app.auth.lessons import Wanted
from app.auth.realm import judge_realm, shown_realm
from app.auth.registry_auth import RegistryAuth
from app.oci.origin import Origin, is_loopback


def is_open(origin: Origin) -> bool:
    """Whether credentials sent there could be read on the way: plain http that leaves this machine."""
    return origin.scheme == "http" and not is_loopback(origin.host)


def bearer_login(auth: RegistryAuth, wanted: Wanted, reason: LoginReason) -> LoginRequired:
    """The login whose credentials would go to that token service."""
    bearer = wanted.bearer
    return _login(auth, "bearer", shown_realm(bearer.realm), bearer.origin, bearer.service, wanted.scopes, reason)


def basic_login(
    auth: RegistryAuth, server: Origin, realm: str, hint: tuple[str, ...], reason: LoginReason
) -> LoginRequired:
    """The login whose credentials would go to the registry itself; `realm` is its text, `server` where it answers."""
    if is_open(server) and not auth.accepted_insecure:
        reason = "insecure"
    return _login(auth, "basic", realm, None, None, hint, reason)


def registry_token_login(
    auth: RegistryAuth, wanted: Wanted | None, hint: tuple[str, ...], reason: LoginReason
) -> LoginRequired:
    """The login after a pasted registry token was not accepted, or before it would cross plain http."""
    shown = "" if wanted is None else shown_realm(wanted.bearer.realm)
    service = None if wanted is None else wanted.bearer.service
    return _login(auth, "bearer", shown, None, service, hint if wanted is None else wanted.scopes, reason)


def _login(
    auth: RegistryAuth,
    scheme: Scheme,
    realm: str,
    realm_origin: Origin | None,
    service: str | None,
    scopes: tuple[str, ...],
    reason: LoginReason,
) -> LoginRequired:
    username = auth.refused_username if auth.credential is None else auth.credential.username
    if realm_origin is not None and is_open(realm_origin) and not auth.accepted_insecure:
        reason = "insecure"
    elif reason == "required" and auth.refused_name is not None:
        reason = "wrong-password"
    return LoginRequired(LoginPrompt(auth.registry, scheme, realm, realm_origin, service, scopes, reason, username))


def require_allowed(auth: RegistryAuth, wanted: Wanted, anonymous: bool) -> None:
    """Raise unless this token may be asked for now, with credentials or `anonymous` (A.7: before they are looked at).

    Raises RealmRefused, ApprovalRequired, LoginRequired (insecure).
    """
    bearer = wanted.bearer
    judgement = judge_realm(auth.registry, bearer.realm, auth.policy)
    if judgement.outcome == "refused":
        raise RealmRefused(auth.registry, shown_realm(bearer.realm), judgement.reason)
    if judgement.outcome == "ask" or (judgement.outcome == "anonymous-only" and not anonymous):
        raise ApprovalRequired(
            ApprovalPrompt(
                auth.registry,
                bearer.origin,
                "bearer",
                bearer.service,
                wanted.scopes,
                anonymous=judgement.outcome == "ask",
                reason=judgement.reason,
            )
        )
    if not anonymous and is_open(bearer.origin) and not auth.accepted_insecure:
        raise bearer_login(auth, wanted, "insecure")


def require_answerer(auth: RegistryAuth, wanted: Wanted, url: str, anonymous: bool) -> None:
    """Raise RealmRefused unless the token service's answer may have come from `url`, where redirects ended (A.7).

    An anonymous answer may come from wherever an anonymous request may go; one to credentials only from where they may.
    """
    judgement = judge_realm(auth.registry, url, auth.policy)
    if judgement.origin == wanted.bearer.origin or judgement.outcome == "allowed":
        return
    if judgement.outcome != "anonymous-only" or not anonymous:
        raise RealmRefused(auth.registry, shown_realm(url), "redirected")
