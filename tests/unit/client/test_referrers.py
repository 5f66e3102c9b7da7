"""Filters of the referrers API; how it is asked is in test_registry."""

import asyncio
import json

import pytest

from app.auth.registry_auth import RegistryAuth
from app.client.endpoints import manifest_url, referrers_tag, referrers_url
from app.client.registry import Referrers, RegistryClient
from app.client.session import Session
from app.oci.digest import digest_of
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST
from app.oci.origin import parse_origin
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport

REGISTRY = parse_origin("https://r.example")
SUBJECT, ONE, TWO = digest_of(b"subject"), digest_of(b"1"), digest_of(b"2")
WANTED = "application/spdx+json"


def index(**fields: str) -> FakeResponse:
    manifests = [
        {"mediaType": OCI_MANIFEST, "digest": str(digest), "size": 1, "artifactType": kind}
        for digest, kind in ((ONE, WANTED), (TWO, "application/other"), (ONE, WANTED))
    ]
    body = json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests}).encode()
    named = [(name.replace("_", "-"), text) for name, text in fields.items()]
    return FakeResponse(200, body, [("Content-Type", OCI_INDEX), *named])


def listed(transport: FakeTransport) -> Referrers | None:
    client = RegistryClient(Session(REGISTRY, transport, FakeClock(), RegistryAuth(REGISTRY)))
    return asyncio.run(client.referrers("lab", SUBJECT, WANTED))


@pytest.mark.parametrize(("applied", "filtered"), [("artifactType", True), ("x, artifactType", True), ("", False)])
def test_only_those_of_the_type_are_left_whether_or_not_the_registry_filters(applied: str, filtered: bool) -> None:
    transport = FakeTransport()
    transport.on("GET", referrers_url(REGISTRY, "lab", SUBJECT, WANTED), index(OCI_Filters_Applied=applied))
    found = listed(transport)
    assert found is not None
    assert ([one.digest for one in found.descriptors], found.source, found.filtered) == ([ONE], "api", filtered)


def test_the_index_of_the_tag_is_filtered_here() -> None:
    transport = FakeTransport()
    transport.on("GET", referrers_url(REGISTRY, "lab", SUBJECT, WANTED), FakeResponse(404))
    transport.on("GET", manifest_url(REGISTRY, "lab", referrers_tag(SUBJECT)), index())
    found = listed(transport)
    assert found is not None
    assert ([one.digest for one in found.descriptors], found.source, found.filtered) == ([ONE], "tag", False)
