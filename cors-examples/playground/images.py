"""Images: layers, config and manifest put together as build tools do it."""

from collections.abc import Sequence
from typing import NamedTuple

from playground.answer import Json
from playground.archives import Entry, gzip, tar, zstandard
from playground.store import OCI_INDEX, OCI_MANIFEST, Blob, Object, Repository, blob, json_bytes, sha256

CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"
EMPTY = "application/vnd.oci.empty.v1+json"
DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json"
DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"

CREATED = "2026-01-05T08:00:00Z"


class Layer(NamedTuple):
    """A layer blob, the digest of its tar (diff_id) and the history line that made it."""

    blob: Blob
    diff_id: str
    created_by: str


def layer(entries: Sequence[Entry], created_by: str, media_type: str = LAYER + "+gzip") -> Layer:
    """A layer of these entries, compressed as its media type says."""
    archive = tar(entries)
    pack = gzip if media_type.endswith("gzip") else zstandard if media_type.endswith("+zstd") else bytes
    return Layer(blob(media_type, pack(archive)), sha256(archive), created_by)


class Platform(NamedTuple):
    """Image-spec, image-index.md, platform; os_version is that of Windows."""

    os: str
    architecture: str
    variant: str = ""
    os_version: str = ""

    def as_json(self) -> Object:
        """Without what is empty."""
        return {key.replace("_", "."): value for key, value in self._asdict().items() if value}


AMD64 = Platform("linux", "amd64")


def history(steps: Sequence[Layer | str], created: str) -> list[Json]:
    """One line per step; a plain text is a step that made no layer."""
    lines: list[Json] = []
    for step in steps:
        if isinstance(step, str):
            lines.append(
                {"created": created, "created_by": step, "comment": "buildkit.dockerfile.v0", "empty_layer": True}
            )
        else:
            lines.append({"created": created, "created_by": step.created_by, "comment": "buildkit.dockerfile.v0"})
    return lines


def add_image(
    repository: Repository,
    steps: Sequence[Layer | str],
    *tags: str,
    platform: Platform = AMD64,
    config: Object | None = None,
    annotations: Object | None = None,
    created: str = CREATED,
    author: str = "",
    docker: bool = False,
) -> Blob:
    """Add an image of layers and of history lines without layers; `config` is the config's `config` member."""
    layers = [step for step in steps if isinstance(step, Layer)]
    document: Object = {"created": created}
    if author:
        document["author"] = author
    document |= platform.as_json()
    document["config"] = config or {"Env": ["PATH=/usr/bin:/bin"]}
    document["rootfs"] = {"type": "layers", "diff_ids": [one.diff_id for one in layers]}
    document["history"] = history(steps, created)
    kept = repository.add_blob(DOCKER_CONFIG if docker else CONFIG, json_bytes(document, None))
    for one in layers:
        repository.blobs[one.blob.digest] = one.blob
    manifest: Object = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json" if docker else OCI_MANIFEST,
        "config": kept.descriptor(),
        "layers": [one.blob.descriptor() for one in layers],
    }
    if annotations:
        manifest["annotations"] = annotations
    return repository.add_manifest(manifest, *tags, indent=3 if docker else 2)


def add_index(repository: Repository, entries: Sequence[Object], *tags: str, annotations: Object | None = None) -> Blob:
    """Add an index over descriptors."""
    document: Object = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": list[Json](entries)}
    if annotations:
        document["annotations"] = annotations
    return repository.add_manifest(document, *tags)


def add_artifact(
    repository: Repository,
    artifact_type: str,
    layers: Sequence[Object],
    *tags: str,
    config: Blob | None = None,
    subject: Blob | None = None,
    annotations: Object | None = None,
) -> Blob:
    """Image-spec, manifest.md, "Guidelines for Artifact Usage": an empty config unless there is one to keep."""
    empty = repository.add_blob(EMPTY, b"{}")
    document: Object = {"schemaVersion": 2, "mediaType": OCI_MANIFEST}
    if artifact_type:
        document["artifactType"] = artifact_type
    document["config"] = config.descriptor() if config else empty.descriptor(data="e30=")
    document["layers"] = list[Json](layers)
    if subject:
        document["subject"] = subject.descriptor()
    if annotations:
        document["annotations"] = annotations
    return repository.add_manifest(document, *tags)
