"""What a registry holds in these tests, planned on a FakeTransport by the URLs that a client asks for."""

import json

from app.client.endpoints import blob_url, catalog_url, manifest_url, tags_url
from app.oci.digest import Digest, digest_of
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST
from app.oci.origin import Origin, parse_origin
from tests.unit.fake_transport import FakeResponse, FakeTransport, Planned, json_response

REGISTRY = parse_origin("https://r.example")
HOME = "#/r.example"
REPOSITORY = "lab/app"
TAGS = f"{HOME}/{REPOSITORY}"
CATALOG_URL = catalog_url(REGISTRY)
TAGS_URL = tags_url(REGISTRY, REPOSITORY)

CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip"
JsonObject = dict[str, object]


def plan_list(transport: FakeTransport, url: str, member: str, *pages: list[str] | Planned) -> list[str]:
    """Plan a listing page by page; returns the pages' URLs. A page that is no list of names is what answers there."""
    urls = [url, *(f"{url}&page={number}" for number in range(2, len(pages) + 1))]
    for number, page in enumerate(pages):
        if isinstance(page, list):
            link = [("Link", f'<{urls[number + 1]}>; rel="next"')] if number + 1 < len(pages) else []
            transport.on("GET", urls[number], json_response({member: page}, headers=link))
        else:
            transport.on("GET", urls[number], page)
    return urls


def plan_catalog(transport: FakeTransport, *pages: list[str] | Planned) -> list[str]:
    return plan_list(transport, CATALOG_URL, "repositories", *pages)


def plan_tags(transport: FakeTransport, *pages: list[str] | Planned, repository: str = REPOSITORY) -> list[str]:
    return plan_list(transport, tags_url(REGISTRY, repository), "tags", *pages)


def plan_blob(transport: FakeTransport, content: bytes, registry: Origin = REGISTRY) -> str:
    url = blob_url(registry, REPOSITORY, digest_of(content))
    transport.on("GET", url, FakeResponse(200, content))
    return url


def config_of(label: str, architecture: str = "amd64") -> bytes:
    return json.dumps(
        {
            "architecture": architecture,
            "os": "linux",
            "created": "2026-01-02T03:04:05Z",
            "config": {"Labels": {"label": label}},
            "rootfs": {"type": "layers", "diff_ids": [str(digest_of(b"layer"))]},
        }
    ).encode()


def image_of(config: bytes) -> bytes:
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": {"mediaType": CONFIG_TYPE, "digest": str(digest_of(config)), "size": len(config)},
            "layers": [{"mediaType": LAYER_TYPE, "digest": str(digest_of(b"layer")), "size": 1000}],
        }
    ).encode()


def index_of(*images: tuple[bytes, str]) -> bytes:
    """An index of (manifest, architecture)."""
    manifests = [
        {
            "mediaType": OCI_MANIFEST,
            "digest": str(digest_of(raw)),
            "size": len(raw),
            "platform": {"os": "linux", "architecture": architecture},
        }
        for raw, architecture in images
    ]
    return json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests}).encode()


def plan_manifest(transport: FakeTransport, raw: bytes, tag: str | None = None) -> Digest:
    """Plan a manifest by its digest, and by that tag."""
    media_type = json.loads(raw)["mediaType"]
    answer = FakeResponse(200, raw, [("Content-Type", media_type), ("Docker-Content-Digest", str(digest_of(raw)))])
    for reference in (digest_of(raw), tag):
        if reference is not None:
            transport.on("GET", manifest_url(REGISTRY, REPOSITORY, reference), answer)
    return digest_of(raw)


def plan_image(transport: FakeTransport, tag: str, label: str = "", architecture: str = "amd64") -> bytes:
    """Plan an image with its config; returns the manifest."""
    config = config_of(label or tag, architecture)
    plan_blob(transport, config)
    raw = image_of(config)
    plan_manifest(transport, raw, tag)
    return raw
