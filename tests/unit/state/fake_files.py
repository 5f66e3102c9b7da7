"""Images of layers with files in them, planned on a FakeTransport; parts of blobs are sent, or ignored."""

import json
from collections.abc import Sequence
from typing import Any

from app.client.endpoints import blob_url, manifest_url
from app.oci.digest import Digest, digest_of
from app.ports.transport import Request
from app.state.files_model import FilesPage, LayerRef
from app.view.screen import render
from tests.unit.fake_transport import FakeResponse, FakeTransport
from tests.unit.layers.layer_kit import Member, gzip_of, link, tar_of
from tests.unit.state.fake_content import HOME, REGISTRY, REPOSITORY
from tests.unit.state.fake_page import Scene, Tab, nothing_there, play

IMAGE = f"{HOME}/{REPOSITORY}:1"
FILES = f"{IMAGE}/-/files"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip"
CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"
MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"

BELOW: Sequence[Member] = (
    ("data", None),
    ("data/gone.txt", b"gone\n"),
    ("data/kept.txt", b"kept\n"),
    ("data/replaced.txt", b"old\n"),
    link("data/way", "kept.txt"),
)
ABOVE: Sequence[Member] = (("data", None), ("data/.wh.gone.txt", b""), ("data/replaced.txt", b"new text\n"))


class Registry:
    """A registry with one repository. `ranges`: whether it sends parts. `gone`: digests that it has not."""

    def __init__(self, *, ranges: bool = True) -> None:
        self.ranges = ranges
        self.blobs: dict[str, bytes] = {}
        self.manifests: dict[str, tuple[str, bytes]] = {}
        self.gone: set[str] = set()
        self.transport = FakeTransport(self.answer)

    def layer(self, *members: Any, data: bytes | None = None, **fields: Any) -> dict[str, Any]:
        """A descriptor of a gzip layer with those members."""
        raw = tar_of(*members)
        content = gzip_of(raw) if data is None else data
        digest = str(digest_of(content))
        self.blobs[digest] = content
        found = {"mediaType": LAYER_TYPE, "digest": digest, "size": len(content), "_diff": str(digest_of(raw))}
        return {**found, **fields}

    def image(self, *layers: dict[str, Any], tag: str = "1") -> None:
        """An image of these layers under a tag."""
        history = [{"created_by": f"COPY layer {number}"} for number, _ in enumerate(layers, 1)]
        config = json.dumps(
            {
                "architecture": "amd64",
                "os": "linux",
                "rootfs": {"type": "layers", "diff_ids": [each["_diff"] for each in layers]},
                "history": history,
            }
        ).encode()
        self.blobs[str(digest_of(config))] = config
        described = {"mediaType": CONFIG_TYPE, "digest": str(digest_of(config)), "size": len(config)}
        shown = [{key: each for key, each in one.items() if key != "_diff"} for one in layers]
        self.manifest({"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": described, "layers": shown}, tag=tag)

    def manifest(self, document: dict[str, Any], tag: str = "1") -> str:
        data = json.dumps(document).encode()
        kept = (str(document.get("mediaType", MANIFEST_TYPE)), data)
        self.manifests[tag] = self.manifests[str(digest_of(data))] = kept
        return str(digest_of(data))

    def asked(self, part: str = "/blobs/") -> list[tuple[str, str | None]]:
        """Digest and range of the requests for blobs, the config's left out."""
        found = [one for one in self.transport.requests if part in one.url]
        wanted = {key for key in self.blobs if self.blobs[key][:1] != b"{"}
        pairs = [(one.url.rpartition("/")[2], dict(one.headers).get("Range")) for one in found]
        return [pair for pair in pairs if pair[0] in wanted]

    def answer(self, request: Request) -> FakeResponse:
        for tag, (kind, data) in self.manifests.items():
            if request.url == manifest_url(REGISTRY, REPOSITORY, _reference(tag)):
                return FakeResponse(200, data, (("Content-Type", kind),))
        for digest, data in self.blobs.items():
            if request.url == blob_url(REGISTRY, REPOSITORY, _digest(digest)) and digest not in self.gone:
                start = dict(request.headers).get("Range")
                if start is None or not self.ranges:
                    return FakeResponse(200, data)
                return FakeResponse(206, data[int(start.removeprefix("bytes=").removesuffix("-")) :])
        return nothing_there(request)


def _digest(text: str) -> Digest:
    from app.oci.digest import parse_digest

    return parse_digest(text)


def _reference(text: str) -> str | Digest:
    return _digest(text) if text.startswith("sha256:") else text


def two_layers(**fields: Any) -> Registry:
    """An image of a layer and one that changes it."""
    registry = Registry(**fields)
    registry.image(registry.layer(*BELOW), registry.layer(*ABOVE))
    return registry


def see(registry: Registry, scene: Scene, **fields: Any) -> Tab:
    """Play a scene in a tab that shows pages as people get them."""
    return play(scene, lambda: Tab(registry.transport, renderer=render, **fields))


def opened(registry: Registry, *hashes: str) -> FilesPage:
    """The page after these were opened one after another."""
    found: list[FilesPage] = []

    async def scene(tab: Tab) -> None:
        await tab.start()
        for text in hashes:
            await tab.go(text)
        found.append(tab.shown(FilesPage))

    see(registry, scene)
    return found[0]


def names(page: FilesPage) -> list[str]:
    """The lines with what is said of each: `gone.txt deleted 2`."""
    return [" ".join(filter(None, (line.path, line.mark, str(line.other or "")))) for line in page.lines]


def ref(number: int = 1, size: int | None = 1000, **fields: Any) -> LayerRef:
    """A layer that a manifest names."""
    base = LayerRef(number, digest_of(str(number).encode()), LAYER_TYPE, size, None, {}, (), None, None)
    return base._replace(**fields)
