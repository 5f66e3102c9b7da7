"""Store: repositories, their tags, manifests and blobs, all in memory and read only once built."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import NamedTuple

from playground.answer import Json

OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
SCHEMA1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws"

Object = dict[str, Json]


def sha256(data: bytes) -> str:
    """The digest of the bytes, as the specification writes it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def json_bytes(value: Json, indent: int | None = 2) -> bytes:
    """One fixed way to write JSON, since its bytes decide the digest; keys keep their order."""
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(value, indent=indent, ensure_ascii=False, separators=separators).encode()


class Blob(NamedTuple):
    """digest is the one it is asked by, which for a damaged one is not the digest of its bytes."""

    media_type: str
    digest: str
    data: bytes

    def descriptor(self, **more: Json) -> Object:
        """Image-spec, descriptor.md; `more` adds annotations, platform, artifactType and the like."""
        return {"mediaType": self.media_type, "digest": self.digest, "size": len(self.data), **more}


def blob(media_type: str, data: bytes, digest: str = "") -> Blob:
    """A blob, or a manifest, under the digest of its bytes unless it is to lie about that."""
    return Blob(media_type, digest or sha256(data), data)


@dataclass
class Repository:
    """tags maps to digests; referrers maps the digest of a subject to the descriptors of what refers to it."""

    tags: dict[str, str] = field(default_factory=dict)
    manifests: dict[str, Blob] = field(default_factory=dict)
    blobs: dict[str, Blob] = field(default_factory=dict)
    referrers: dict[str, list[Object]] = field(default_factory=dict)

    def add_blob(self, media_type: str, data: bytes, digest: str = "") -> Blob:
        """Keep a blob and return it."""
        added = blob(media_type, data, digest)
        self.blobs[added.digest] = added
        return added

    def add_manifest(self, document: Object, *tags: str, digest: str = "", indent: int = 2) -> Blob:
        """Keep a manifest under its digest and tags; a manifest with a subject becomes its referrer."""
        added = blob(str(document["mediaType"]), json_bytes(document, indent), digest)
        self.keep(added, *tags)
        if isinstance(subject := document.get("subject"), dict):
            more: Object = {"artifactType": artifact_type(document)}
            if "annotations" in document:
                more["annotations"] = document["annotations"]
            self.referrers.setdefault(str(subject["digest"]), []).append(added.descriptor(**more))
        return added

    def referrers_index(self, digest: str, wanted: str = "") -> bytes:
        """The index of what refers to a digest, of one artifact type if one is wanted; empty for an unknown digest."""
        found = [one for one in self.referrers.get(digest, []) if wanted in ("", one["artifactType"])]
        return json_bytes({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": list[Json](found)})

    def keep(self, manifest: Blob, *tags: str) -> None:
        """Keep a manifest that is already written, under its digest and tags."""
        self.manifests[manifest.digest] = manifest
        for tag in tags:
            self.tags[tag] = manifest.digest


def artifact_type(document: Object) -> str:
    """Distribution-spec, "Listing Referrers": artifactType, or where that is missing the config's media type."""
    config = document.get("config")
    inherited = config.get("mediaType", "") if isinstance(config, dict) else ""
    return str(document.get("artifactType") or inherited)


class Store:
    """All repositories by name. Many names may share one Repository, which costs nothing."""

    def __init__(self, repositories: dict[str, Repository]) -> None:
        self.repositories = repositories
        self.names = sorted(repositories)
        self.blobs = {digest: one for repo in repositories.values() for digest, one in repo.blobs.items()}
