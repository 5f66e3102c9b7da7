"""Registries that people use, each by its challenge exactly as it sends it: the exchange, and what it comes to.

Recorded from the registries, their sources and what their users reported; a host of `.test` stands for one's own.
"""

import json
from typing import NamedTuple

import pytest

from app.auth.credential import AadToken, Credential, Password
from app.auth.errors import AccessDenied, ApprovalRequired, AuthError, LoginRequired, TokenServiceFailed
from app.auth.identity import RegistryAuth
from app.auth.scope import CATALOG
from app.auth.step import Reply
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.auth.script import Exchange, answer, play, token, unauthorized

ANN = Password("ann", "secret")
HUB = "https://registry-1.docker.io"
HUB_TOKEN = "token https://auth.docker.io/token?service=registry.docker.io&scope="
HUB_CHALLENGE = (
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",'
    'scope="repository:samalba/my-app:pull,push"'
)
GHCR = "https://ghcr.io"
GHCR_CHALLENGE = 'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:o/a:pull"'
GHCR_TOKEN = "token https://ghcr.io/token?service=ghcr.io&scope=repository:o/a:pull"
QUAY_CHALLENGE = 'Bearer realm="https://quay.io/v2/auth",service="quay.io"'
QUAY_TOKEN = "token https://quay.io/v2/auth?service=quay.io"
GAR = "https://us-docker.pkg.dev"
ECR = "https://111111111111.dkr.ecr.us-east-1.amazonaws.com"
ECR_CHALLENGE = f'Basic realm="{ECR}/",service="ecr.amazonaws.com"'
PUBLIC_CHALLENGE = 'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"'
PUBLIC_TOKEN = "token https://public.ecr.aws/token/?service=public.ecr.aws&scope=aws&scope=repository:a/b:pull"
ACR = "https://contosoregistry.azurecr.io"
ACR_CHALLENGE = f'Bearer realm="{ACR}/oauth2/token",service="contosoregistry.azurecr.io",scope="registry:catalog:*"'
ACR_FORM = (
    f"form {ACR}/oauth2/token?grant_type=refresh_token&refresh_token=r1&service={ACR[8:]}&client_id=portolan&scope="
)
ACR_EXCHANGE = f"form {ACR}/oauth2/exchange?grant_type=access_token&service={ACR[8:]}&access_token=aad"
NULL_GUID = "00000000-0000-0000-0000-000000000000"
HARBOR = "https://registry.test"
HARBOR_CHALLENGE = f'Bearer realm="{HARBOR}/service/token",service="harbor-registry"'
HARBOR_TOKEN = f"token {HARBOR}/service/token?service=harbor-registry&scope=repository:library/a:pull as ann:secret"
ZOT = "https://zot.test"
ZOT_CHALLENGE = 'Bearer realm="https://zot.test/auth",service="zot",scope="repository:a:pull"'
ZOT_TOKEN = "token https://zot.test/auth?service=zot&scope=repository:a:pull"
GITEA_CHALLENGE = (
    'Bearer realm="https://gitea.test/v2/token",service="container_registry",scope="*", '
    'Basic realm="Gitea Container Registry"'
)
GITEA_TOKEN = "token https://gitea.test/v2/token?service=container_registry&scope=*&scope=repository:o/a:pull"
ARTIFACTORY_CHALLENGE = (
    'Bearer realm="https://artifactory/artifactory/api/docker/docker-local/v2/token",'
    'service="artifactory",scope="repository:docker-local/a:pull"'
)
ARTIFACTORY_TOKEN = (
    "token https://artifactory/artifactory/api/docker/docker-local/v2/token"
    "?service=artifactory&scope=repository:docker-local/a:pull"
)
RED_HAT = "https://registry.redhat.io"
RED_HAT_REALM = f"{RED_HAT}/auth/realms/rhcc/protocol/redhat-docker-v2/auth"
EXPIRED = json.dumps(
    {"errors": [{"code": "DENIED", "message": "Your authorization token has expired. Reauthenticate and try again."}]}
).encode()


def ok(value: str = "t") -> Exchange:
    return f"Bearer {value}", answer(200)


def access_token(value: str) -> Reply:
    return answer(200, body=json.dumps({"access_token": value}).encode())


class Case(NamedTuple):
    """`of`: a repository, or "_catalog". `outcome`: a status, or an error's type with its reason or identity."""

    name: str
    registry: str
    of: str
    who: Credential | None
    exchanges: tuple[Exchange, ...]
    outcome: str = "200"


CASES = (
    Case(
        "Docker Hub, anonymous",
        HUB,
        "samalba/my-app",
        None,
        (
            ("bare", unauthorized(HUB_CHALLENGE)),
            (f"{HUB_TOKEN}repository:samalba/my-app:pull,push", token("t", access_token="t", expires_in=300)),
            ok(),
        ),
    ),
    Case(
        "Docker Hub, a password crosses to its known token service",
        HUB,
        "samalba/my-app",
        ANN,
        (
            ("bare", unauthorized(HUB_CHALLENGE)),
            (f"{HUB_TOKEN}repository:samalba/my-app:pull,push as ann:secret", token("t")),
            ok(),
        ),
    ),
    Case(
        "Docker Hub, its catalog is always refused (hub-feedback #2094)",
        HUB,
        "_catalog",
        ANN,
        (
            (
                "bare",
                unauthorized(
                    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",'
                    'scope="registry:catalog:*"'
                ),
            ),
            (f"{HUB_TOKEN}registry:catalog:* as ann:secret", token("t")),
            (
                "Bearer t",
                unauthorized(
                    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",'
                    'scope="registry:catalog:*",error="insufficient_scope"'
                ),
            ),
        ),
        "AccessDenied ann",
    ),
    Case(
        "GHCR, public and anonymous: any token will do, one is QQ==",
        GHCR,
        "o/a",
        None,
        (("bare", unauthorized(GHCR_CHALLENGE)), (GHCR_TOKEN, token("QQ==")), ok("QQ==")),
    ),
    Case(
        "GHCR, private: the token service says so",
        GHCR,
        "o/a",
        None,
        (("bare", unauthorized(GHCR_CHALLENGE)), (GHCR_TOKEN, answer(401))),
        "LoginRequired required",
    ),
    Case(
        "GHCR, an expired token is 403 even for what is public (oras #1161)",
        GHCR,
        "o/a",
        ANN,
        (
            ("bare", unauthorized(GHCR_CHALLENGE)),
            (f"{GHCR_TOKEN} as ann:secret", answer(403)),
            (GHCR_TOKEN, token("t")),
            ok(),
        ),
    ),
    Case(
        "Quay, no scope in its challenge",
        "https://quay.io",
        "o/a",
        None,
        (
            ("bare", unauthorized(QUAY_CHALLENGE)),
            (f"{QUAY_TOKEN}&scope=repository:o/a:pull", token("t")),
            ok(),
        ),
    ),
    Case(
        "Quay, the catalog: 400 for its scope, then any token",
        "https://quay.io",
        "_catalog",
        ANN,
        (
            ("bare", unauthorized(QUAY_CHALLENGE)),
            (f"{QUAY_TOKEN}&scope={CATALOG} as ann:secret", answer(400)),
            (f"{QUAY_TOKEN} as ann:secret", token("t")),
            ok(),
        ),
    ),
    Case(
        "Quay, the catalog anonymously: no token without a scope",
        "https://quay.io",
        "_catalog",
        None,
        (
            ("bare", unauthorized(QUAY_CHALLENGE)),
            (f"{QUAY_TOKEN}&scope={CATALOG}", answer(400)),
            (QUAY_TOKEN, answer(401)),
        ),
        "LoginRequired required",
    ),
    Case(
        "gcr.io, an unquoted service",
        "https://gcr.io",
        "o/a",
        None,
        (
            ("bare", unauthorized('Bearer realm="https://gcr.io/v2/token",service=gcr.io')),
            ("token https://gcr.io/v2/token?service=gcr.io&scope=repository:o/a:pull", token("t")),
            ok(),
        ),
    ),
    Case(
        "gcr.io, a challenge on /v2/ alone",
        "https://eu.gcr.test",
        "o/a",
        None,
        (
            ("bare", unauthorized(None)),
            ("ping bare", unauthorized('Bearer realm="https://eu.gcr.test/v2/token",service=eu.gcr.test')),
            ("token https://eu.gcr.test/v2/token?service=eu.gcr.test&scope=repository:o/a:pull", token("t")),
            ok(),
        ),
    ),
    Case(
        "Artifact Registry, a realm alone",
        GAR,
        "p/r/a",
        Password("oauth2accesstoken", "ya29"),
        (
            ("bare", unauthorized(f'Bearer realm="{GAR}/v2/token"')),
            (f"token {GAR}/v2/token?scope=repository:p/r/a:pull as oauth2accesstoken:ya29", token("t")),
            ok(),
        ),
    ),
    Case(
        "ECR, Basic with a parameter more",
        ECR,
        "a",
        Password("AWS", "p"),
        (("bare", unauthorized(ECR_CHALLENGE)), ("Basic AWS:p", answer(200))),
    ),
    Case(
        "ECR, a password that has expired before it was first used",
        ECR,
        "a",
        Password("AWS", "old"),
        (
            ("bare", unauthorized(ECR_CHALLENGE)),
            ("Basic AWS:old", answer(403, body=EXPIRED)),
            ("bare", unauthorized(ECR_CHALLENGE)),
        ),
        "LoginRequired expired",
    ),
    Case(
        "ECR Public, the placeholder scope",
        "https://public.ecr.aws",
        "a/b",
        None,
        (("bare", unauthorized(PUBLIC_CHALLENGE)), (PUBLIC_TOKEN, token("t")), ok()),
    ),
    Case(
        "ACR, the null user with a refresh token",
        ACR,
        "_catalog",
        Password(NULL_GUID, "r0"),
        (
            ("bare", unauthorized(ACR_CHALLENGE)),
            (
                f"token {ACR}/oauth2/token?service={ACR[8:]}&scope=registry:catalog:* as {NULL_GUID}:r0",
                access_token("t"),
            ),
            ok(),
        ),
    ),
    Case(
        "ACR, a token of the directory",
        ACR,
        "_catalog",
        AadToken("aad"),
        (
            ("bare", unauthorized(ACR_CHALLENGE)),
            (ACR_EXCHANGE, answer(200, body=b'{"refresh_token":"r1"}')),
            (f"{ACR_FORM}registry:catalog:*", access_token("t")),
            ok(),
        ),
    ),
    Case(
        "ACR, a wrong password sent as Basic",
        ACR,
        "a",
        ANN,
        (
            ("bare", unauthorized('Basic realm="Azure Container Registry"')),
            ("Basic ann:secret", unauthorized('Basic realm="Azure Container Registry"')),
        ),
        "LoginRequired wrong-password",
    ),
    Case("MCR, open", "https://mcr.microsoft.com", "dotnet/sdk", None, (("bare", answer(200)),)),
    Case("registry.k8s.io, no catalog", "https://registry.k8s.io", "_catalog", None, (("bare", answer(404)),), "404"),
    Case(
        "registry.k8s.io, 307 to another registry that wants a token",
        "https://registry.k8s.io",
        "pause",
        None,
        (
            (
                "bare",
                unauthorized(f'Bearer realm="{GAR}/v2/token",service="{GAR[8:]}"')._replace(
                    url=f"{GAR}/v2/k8s-artifacts-prod/images/pause/manifests/1"
                ),
            ),
            (f"token {GAR}/v2/token?service={GAR[8:]}&scope=repository:pause:pull", token("t")),
            ok(),
        ),
    ),
    Case(
        "GitLab, a token service on another port of its host",
        "http://gitlab.test:5050",
        "o/a",
        None,
        (
            ("bare", unauthorized('Bearer realm="http://gitlab.test/jwt/auth",service="container_registry"')),
            ("token http://gitlab.test/jwt/auth?service=container_registry&scope=repository:o/a:pull", token("t")),
            ok(),
        ),
    ),
    Case(
        "GitLab, a password goes to the other port after approval alone",
        "http://gitlab.test:5050",
        "o/a",
        ANN,
        (("bare", unauthorized('Bearer realm="http://gitlab.test/jwt/auth",service="container_registry"')),),
        "ApprovalRequired other-origin",
    ),
    Case(
        "gitlab.com, a known pair",
        "https://registry.gitlab.com",
        "o/a",
        ANN,
        (
            ("bare", unauthorized('Bearer realm="https://gitlab.com/jwt/auth",service="container_registry"')),
            (
                "token https://gitlab.com/jwt/auth?service=container_registry&scope=repository:o/a:pull as ann:secret",
                token("t"),
            ),
            ok(),
        ),
    ),
    Case(
        "Harbor, tokens for repositories",
        HARBOR,
        "library/a",
        ANN,
        (("bare", unauthorized(HARBOR_CHALLENGE)), (HARBOR_TOKEN, token("t")), ok()),
    ),
    Case(
        "Harbor, Basic for the catalog",
        HARBOR,
        "_catalog",
        ANN,
        (("bare", unauthorized('Basic realm="harbor"')), ("Basic ann:secret", answer(200))),
    ),
    Case(
        "Harbor, a wrong password that still brings a token (#11632)",
        HARBOR,
        "library/a",
        ANN,
        (
            ("bare", unauthorized(HARBOR_CHALLENGE)),
            (HARBOR_TOKEN, token("t")),
            ("Bearer t", unauthorized('Basic realm="harbor"')),
        ),
        "AccessDenied ann",
    ),
    Case(
        "zot with a token service",
        ZOT,
        "a",
        None,
        (("bare", unauthorized(ZOT_CHALLENGE)), (ZOT_TOKEN, token("t")), ok()),
    ),
    Case(
        "zot with a token service, its catalog",
        ZOT,
        "_catalog",
        None,
        (
            ("bare", unauthorized('Bearer realm="https://zot.test/auth",service="zot",scope="repository::pull"')),
            ("token https://zot.test/auth?service=zot&scope=repository::pull", token("t")),
            ok(),
        ),
    ),
    Case(
        "zot with a token service, a token refused without a word",
        ZOT,
        "a",
        ANN,
        (
            ("bare", unauthorized(ZOT_CHALLENGE)),
            (f"{ZOT_TOKEN} as ann:secret", token("t")),
            ("Bearer t", unauthorized(None)),
        ),
        "AccessDenied ann",
    ),
    Case(
        "zot with htpasswd",
        ZOT,
        "a",
        ANN,
        (
            ("bare", unauthorized('Basic realm="Authorization Required"', b'{"code":"UNAUTHORIZED"}')),
            ("Basic ann:secret", answer(200)),
        ),
    ),
    Case(
        "zot, a challenge on a 200 asks for nothing",
        ZOT,
        "a",
        ANN,
        (("bare", answer(200, "basic realm=my zot")),),
    ),
    Case(
        "zot, a forbidden repository",
        ZOT,
        "a",
        ANN,
        (
            ("bare", unauthorized('Basic realm="Authorization Required"')),
            ("Basic ann:secret", answer(403, body=b'{"errors":[{"code":"DENIED"}]}')),
        ),
        "403",
    ),
    Case(
        "Gitea, Bearer before the Basic that comes with it (#37290)",
        "https://gitea.test",
        "o/a",
        None,
        (("bare", unauthorized(GITEA_CHALLENGE)), (GITEA_TOKEN, token("t")), ok()),
    ),
    Case(
        "Gitea, a password for its own token service",
        "https://gitea.test",
        "o/a",
        ANN,
        (("bare", unauthorized(GITEA_CHALLENGE)), (f"{GITEA_TOKEN} as ann:secret", token("t")), ok()),
    ),
    Case(
        "Artifactory",
        "https://artifactory",
        "docker-local/a",
        ANN,
        (("bare", unauthorized(ARTIFACTORY_CHALLENGE)), (f"{ARTIFACTORY_TOKEN} as ann:secret", token("t")), ok()),
    ),
    Case(
        "Artifactory, the scope missing (devcontainers/cli #691)",
        "https://artifactory",
        "docker-local/a",
        ANN,
        (
            ("bare", unauthorized(ARTIFACTORY_CHALLENGE.rpartition(",")[0])),
            (f"{ARTIFACTORY_TOKEN} as ann:secret", token("t")),
            ok(),
        ),
    ),
    Case(
        "Nexus, Basic in capitals",
        "https://nexus.test:5002",
        "a",
        ANN,
        (
            ("bare", unauthorized('BASIC realm="Sonatype Nexus Repository Manager"')),
            ("Basic ann:secret", answer(200)),
        ),
    ),
    Case(
        "Nexus, a realm with the port twice (#651)",
        "https://nexus.test:5002",
        "a",
        ANN,
        (("bare", unauthorized('Bearer realm="https://nexus.test:5002:5002/v2/token",service="nexus"')),),
        "RealmRefused address",
    ),
    Case(
        "distribution with htpasswd",
        "https://dist.test",
        "a",
        ANN,
        (("bare", unauthorized('Basic realm="basic-realm"')), ("Basic ann:secret", answer(200))),
    ),
    Case(
        "distribution with a token service, a denied scope",
        "https://dist.test",
        "a",
        ANN,
        (
            ("bare", unauthorized('Bearer realm="https://dist.test/auth",service="dist",scope="repository:a:pull"')),
            ("token https://dist.test/auth?service=dist&scope=repository:a:pull as ann:secret", token("t")),
            (
                "Bearer t",
                unauthorized(
                    'Bearer realm="https://dist.test/auth",service="dist",scope="repository:a:pull",'
                    'error="insufficient_scope"'
                ),
            ),
        ),
        "AccessDenied ann",
    ),
    Case(
        "distribution with Keycloak: anonymous is 400 and a page",
        "https://dist.test",
        "a",
        None,
        (
            (
                "bare",
                unauthorized(
                    'Bearer realm="https://dist.test/realms/R/protocol/docker-v2/auth",service="lab",'
                    'scope="repository:a:pull"'
                ),
            ),
            (
                "token https://dist.test/realms/R/protocol/docker-v2/auth?service=lab&scope=repository:a:pull",
                answer(400, body=b"<html>"),
            ),
        ),
        "LoginRequired required",
    ),
    Case(
        "Cloudflare's serverless registry, a realm that is the request's URL",
        "https://r.workers.test",
        "a",
        ANN,
        (
            ("bare", unauthorized('Basic realm="https://r.workers.test/v2/a/manifests/1"')),
            ("Basic ann:secret", answer(200)),
        ),
    ),
    Case(
        "Red Hat, nothing without a login",
        RED_HAT,
        "ubi9",
        None,
        (
            ("bare", unauthorized(f'Bearer realm="{RED_HAT_REALM}",service="docker-registry"')),
            (f"token {RED_HAT_REALM}?service=docker-registry&scope=repository:ubi9:pull", answer(401)),
        ),
        "LoginRequired required",
    ),
    Case(
        "DigitalOcean, the API token as user and as password",
        "https://registry.digitalocean.com",
        "a",
        Password("dop_v1", "dop_v1"),
        (
            (
                "bare",
                unauthorized('Bearer realm="https://api.digitalocean.com/v2/registry/auth",service="registry"'),
            ),
        ),
        "ApprovalRequired other-origin",
    ),
    Case(
        "A token service that is a page",
        "https://dist.test",
        "a",
        None,
        (
            ("bare", unauthorized('Bearer realm="https://dist.test/auth"')),
            ("token https://dist.test/auth?scope=repository:a:pull", answer(200, body=b"<html>login</html>")),
        ),
        "TokenServiceFailed html",
    ),
)


def outcome(case: Case) -> str:
    auth = RegistryAuth(parse_origin(case.registry))
    if case.who is not None:
        auth.sign_in(case.who)
    catalog = case.of == "_catalog"
    request = Request("GET", f"{case.registry}/v2/{case.of}{'' if catalog else '/manifests/1'}")
    scopes = [CATALOG] if catalog else [f"repository:{case.of}:pull"]
    try:
        return str(play(auth, *case.exchanges, request=request, scopes=scopes).status)
    except AuthError as error:
        match error:
            case LoginRequired() | ApprovalRequired():
                word = error.prompt.reason
            case AccessDenied():
                word = error.identity or ""
            case TokenServiceFailed():
                word = error.reason
            case _:
                word = str(getattr(error, "reason", ""))
        return f"{type(error).__name__} {word}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_registry_is_answered_as_it_asks(case: Case) -> None:
    assert outcome(case) == case.outcome


def test_ecr_public_by_400_means_that_its_token_has_expired_a22() -> None:
    public = parse_origin("https://public.ecr.aws")
    auth = RegistryAuth(public)
    request = Request("GET", f"{public}/v2/a/b/manifests/1")
    play(auth, ("bare", unauthorized(PUBLIC_CHALLENGE)), (PUBLIC_TOKEN, token("t1")), ok("t1"), request=request)
    play(auth, ("Bearer t1", answer(400, body=EXPIRED)), (PUBLIC_TOKEN, token("t2")), ok("t2"), request=request)


def test_harbor_turns_to_basic_for_any_authorization_and_is_asked_bare_again_a21() -> None:
    harbor = parse_origin(HARBOR)
    auth = RegistryAuth(harbor)
    auth.sign_in(ANN)
    request = Request("GET", f"{HARBOR}/v2/library/a/manifests/1")
    play(auth, ("bare", unauthorized(HARBOR_CHALLENGE)), (HARBOR_TOKEN, token("t1")), ok("t1"), request=request)
    play(
        auth,
        ("Bearer t1", unauthorized('Basic realm="harbor"')),
        ("bare", unauthorized(HARBOR_CHALLENGE)),
        (HARBOR_TOKEN, token("t2")),
        ok("t2"),
        request=request,
    )


def test_zot_refuses_an_expired_token_without_a_challenge_and_gets_a_fresh_one_a3_a20() -> None:
    auth = RegistryAuth(parse_origin(ZOT))
    request = Request("GET", f"{ZOT}/v2/a/manifests/1")
    play(auth, ("bare", unauthorized(ZOT_CHALLENGE)), (ZOT_TOKEN, token("t1")), ok("t1"), request=request)
    play(
        auth,
        ("Bearer t1", unauthorized(None)),
        ("bare", unauthorized(ZOT_CHALLENGE)),
        (ZOT_TOKEN, token("t2")),
        ok("t2"),
        request=request,
    )
