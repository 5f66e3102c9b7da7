"""A registry on a FakeTransport, and what the tests of the client ask of it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from app.auth.credential import Password
from app.auth.identity import RegistryAuth
from app.client.registry import RegistryClient
from app.client.session import Session
from app.oci.digest import Digest, digest_of
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST
from app.oci.origin import parse_origin
from tests.unit.fake_transport import FakeClock, FakeTransport

T = TypeVar("T")

BASE = "https://r.example:5000"
REGISTRY = parse_origin(BASE)
DIGEST = digest_of(b"something")
MANIFEST = b'{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"a/b","digest":"%s","size":2},"layers":[]}' % (
    OCI_MANIFEST.encode(),
    str(digest_of(b"{}")).encode(),
)
MANIFEST_DIGEST: Digest = digest_of(MANIFEST)
INDEX = b'{"schemaVersion":2,"mediaType":"%s","manifests":[]}' % OCI_INDEX.encode()


def auth_of(username: str | None = None, password: str | None = None) -> RegistryAuth:
    auth = RegistryAuth(REGISTRY)
    if username is not None:
        auth.sign_in(Password(username, password or f"{username}'s word"))
    return auth


def session_of(transport: FakeTransport, auth: RegistryAuth | None = None, limit: int = 6) -> Session:
    return Session(REGISTRY, transport, FakeClock(), auth_of() if auth is None else auth, limit)


def client_of(transport: FakeTransport, auth: RegistryAuth | None = None) -> RegistryClient:
    return RegistryClient(session_of(transport, auth))


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(coroutine)
