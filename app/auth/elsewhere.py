"""A 401 from behind a redirect (A.24): it is a question of the server that sent it, and gets an anonymous answer."""

from app.auth.challenge import parse_challenges
from app.auth.exchange import READS
from app.auth.lessons import Bearer, Wanted
from app.auth.realm import judge_realm
from app.auth.registry_auth import RegistryAuth
from app.auth.scope import split_scopes
from app.auth.step import Reply
from app.oci.origin import Origin, OriginError, origin_of
from app.ports.transport import Request


def wanted_elsewhere(auth: RegistryAuth, request: Request, reply: Reply, hint: tuple[str, ...]) -> Wanted | None:
    """The anonymous token that the server behind the redirect wants; None when it gets nothing.

    Registries hand requests on to others (registry.k8s.io to Artifact Registry), which ask for a token of their own.
    It gets one when a person's own network is not touched and the token is not one of the registry's own service.
    """
    if request.method not in READS:
        return None
    try:
        server = origin_of(reply.url)
    except OriginError:
        return None
    registry = auth.registry
    if not _may_ask(auth, registry, f"{server}/"):
        return None
    for challenge in parse_challenges(reply.headers.get("WWW-Authenticate") or ""):
        realm = challenge.parameters.get("realm")
        if challenge.scheme != "bearer" or challenge.broken is not None or not realm:
            continue
        there = judge_realm(server, realm, auth.policy)
        if there.origin is None or there.origin == origin_of(request.url):
            return None
        if not _may_ask(auth, server, there.url) or not _may_ask(auth, registry, there.url):
            return None
        bearer = Bearer(there.url, there.origin, challenge.parameters.get("service") or None)
        return Wanted(bearer, split_scopes(challenge.parameters.get("scope", "")) or hint)
    return None


def _may_ask(auth: RegistryAuth, registry: Origin, url: str) -> bool:
    return judge_realm(registry, url, auth.policy).outcome in ("allowed", "anonymous-only")
