"""Small real images, made by code, as clients push them: an OCI image layout on the disk, a layer's tarball."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"

PLATFORMS = ({"os": "linux", "architecture": "amd64"}, {"os": "linux", "architecture": "arm64", "variant": "v8"})
TAG = "chart"

Descriptor = dict[str, object]


class Image(NamedTuple):
    """An image index in an OCI image layout. `platforms`: as they are written for people, os/architecture/variant."""

    layout: Path
    digest: str
    platforms: tuple[str, ...]

    def read(self, digest: str) -> Any:
        """The JSON of a manifest or config in it."""
        return json.loads((self.layout / "blobs" / digest.replace(":", "/")).read_bytes())


def layer(files: Mapping[str, bytes]) -> bytes:
    """A tarball of these files, the same bytes every time."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            entry.mode = 0o644
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def multi_platform(folder: Path) -> Image:
    """An index of two platforms, each with a layer, a config and its history."""
    folder.mkdir(parents=True)
    children = [_child(folder, platform) for platform in PLATFORMS]
    index = _keep(folder, INDEX, {"schemaVersion": 2, "mediaType": INDEX, "manifests": children})
    named: Descriptor = {**index, "annotations": {"org.opencontainers.image.ref.name": TAG}}
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [named]}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    return Image(folder, str(index["digest"]), tuple("/".join(one.values()) for one in PLATFORMS))


def _child(folder: Path, platform: Mapping[str, str]) -> Descriptor:
    tarball = layer({"etc/harbour": platform["architecture"].encode(), "usr/share/chart": b"soundings\n" * 200})
    packed = _blob(folder, LAYER, gzip.compress(tarball, mtime=0))
    config = {
        "created": "2026-11-01T08:00:00Z",
        **platform,
        "config": {"Entrypoint": ["/bin/pilot"], "Cmd": ["--harbour"], "Env": ["PATH=/bin"], "User": "1000"},
        "rootfs": {"type": "layers", "diff_ids": [_digest(tarball)]},
        "history": [{"created": "2026-11-01T08:00:00Z", "created_by": "COPY harbour /etc/harbour"}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": _keep(folder, CONFIG, config),
        "layers": [packed],
    }
    return {**_keep(folder, MANIFEST, manifest), "platform": dict(platform)}


def _keep(folder: Path, media_type: str, document: Mapping[str, object] | Sequence[object]) -> Descriptor:
    return _blob(folder, media_type, json.dumps(document, separators=(",", ":")).encode())


def _blob(folder: Path, media_type: str, data: bytes) -> Descriptor:
    digest = _digest(data)
    file = folder / "blobs" / digest.replace(":", "/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return {"mediaType": media_type, "digest": digest, "size": len(data)}


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
