"""What is in the sample registry, and that it is the same every time."""

import base64
import gzip
import hashlib
import io
import json
import re
import sys
import tarfile
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from playground.content import build_store
from playground.routes import NAME, TAG
from playground.signing import key
from playground.store import Blob, Repository, Store

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DAMAGED = "sample/damaged"


@pytest.fixture(scope="module")
def store() -> Store:
    return build_store()


def document(repository: Repository, reference: str) -> Any:
    return json.loads(repository.manifests[repository.tags.get(reference, reference)].data)


def entries(blob: Blob) -> list[tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(unpacked(blob))) as archive:
        return archive.getmembers()


def unpacked(blob: Blob) -> bytes:
    if blob.media_type.endswith("gzip"):
        return gzip.decompress(blob.data)  # of several members too
    return zstd.decompress(blob.data) if blob.media_type.endswith("zstd") else blob.data


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def everything(store: Store) -> list[object]:
    return [
        (name, repository.tags, repository.manifests, repository.blobs, repository.referrers)
        for name, repository in store.repositories.items()
    ]


def test_it_is_the_same_every_time(store: Store) -> None:
    assert everything(build_store()) == everything(store)


def test_every_digest_outside_the_damaged_repository_holds(store: Store) -> None:
    for name, repository in store.repositories.items():
        for digest, blob in [*repository.blobs.items(), *repository.manifests.items()]:
            if name not in (DAMAGED, "sample/antique"):
                assert sha256(blob.data) == digest == blob.digest


def test_every_descriptor_outside_the_damaged_repository_leads_to_something_of_its_size(store: Store) -> None:
    for name in sorted(set(store.names) - {DAMAGED, "sample/antique"}):
        repository = store.repositories[name]
        for manifest in repository.manifests.values():
            found = json.loads(manifest.data)
            assert found["mediaType"] == manifest.media_type
            leads = [(one, repository.manifests) for one in [*found.get("manifests", []), found.get("subject")] if one]
            named = [*found.get("layers", []), found.get("config")]
            # A foreign layer is elsewhere.
            leads += [(one, repository.blobs) for one in named if one and not one.get("urls")]
            for descriptor, place in leads:
                target = place[descriptor["digest"]]
                assert len(target.data) == descriptor["size"]


def test_the_diff_ids_of_every_image_are_those_of_its_unpacked_layers(store: Store) -> None:
    checked = 0
    for name in sorted(set(store.names) - {DAMAGED}):
        repository = store.repositories[name]
        for manifest in repository.manifests.values():
            found = json.loads(manifest.data)
            if any(".tar" not in layer["mediaType"] or layer.get("urls") for layer in found.get("layers", [])):
                continue
            if "rootfs" in (
                config := json.loads(repository.blobs[found["config"]["digest"]].data) if "config" in found else {}
            ):
                layers = [repository.blobs[layer["digest"]] for layer in found["layers"]]
                assert config["rootfs"]["diff_ids"] == [sha256(unpacked(layer)) for layer in layers]
                assert sum(not line.get("empty_layer") for line in config["history"]) == len(layers)
                checked += 1
    assert checked > 60


def test_harbour_has_three_platforms_of_four_layers_and_their_attestations(store: Store) -> None:
    repository = store.repositories["sample/harbour"]
    index = document(repository, "latest")
    platforms = [entry["platform"] for entry in index["manifests"]]
    assert platforms[:3] == [
        {"os": "linux", "architecture": "amd64"},
        {"os": "linux", "architecture": "arm64", "variant": "v8"},
        {"os": "linux", "architecture": "arm", "variant": "v7"},
    ]
    for image, statement in zip(index["manifests"][:3], index["manifests"][3:], strict=True):
        assert len(document(repository, image["digest"])["layers"]) == 4
        assert statement["platform"] == {"os": "unknown", "architecture": "unknown"}
        assert statement["annotations"]["vnd.docker.reference.digest"] == image["digest"]


def test_harbour_has_tags_that_name_the_same_image(store: Store) -> None:
    tags = store.repositories["sample/harbour"].tags
    assert tags["latest"] == tags["2.0.0"]
    assert tags["1.1"] == tags["1.1.0"] != tags["1.0"] == tags["1.0.0"]
    assert tags["2.0.0-rc.1"] not in (tags["2.0.0"], tags["1.1"])


def test_the_signature_of_harbour_verifies(store: Store) -> None:
    repository = store.repositories["sample/harbour"]
    tag = repository.tags["latest"].replace(":", "-") + ".sig"
    layer = document(repository, tag)["layers"][0]
    payload = repository.blobs[layer["digest"]].data
    signed = json.loads(payload)["critical"]["image"]["docker-manifest-digest"]
    assert signed == repository.tags["latest"]
    signature = base64.b64decode(layer["annotations"]["dev.cosignproject.cosign/signature"])
    key("signer").public_key().verify(signature, payload, ec.ECDSA(hashes.SHA256()))


def test_the_attestation_of_harbour_verifies(store: Store) -> None:
    repository = store.repositories["sample/harbour"]
    tag = repository.tags["latest"].replace(":", "-") + ".att"
    envelope = json.loads(repository.blobs[document(repository, tag)["layers"][0]["digest"]].data)
    body = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"].encode()
    signed = b" ".join([b"DSSEv1", str(len(kind)).encode(), kind, str(len(body)).encode(), body])
    signature = base64.b64decode(envelope["signatures"][0]["sig"])
    key("signer").public_key().verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    subject = json.loads(body)["subject"][0]["digest"]["sha256"]
    assert "sha256:" + subject == repository.tags["latest"]


def test_the_digest_of_the_antique_is_that_of_its_signed_payload(store: Store) -> None:
    repository = store.repositories["sample/antique"]
    manifest = repository.manifests[repository.tags["latest"]]
    signature = json.loads(manifest.data)["signatures"][0]
    form = json.loads(jwt.utils.base64url_decode(signature["protected"]))
    payload = manifest.data[: form["formatLength"]] + jwt.utils.base64url_decode(form["formatTail"])
    assert sha256(payload) == manifest.digest != sha256(manifest.data)
    signed = f"{signature['protected']}.{base64.urlsafe_b64encode(payload).rstrip(b'=').decode()}".encode()
    public = jwt.PyJWK({key_: value for key_, value in signature["header"]["jwk"].items() if key_ != "kid"}).key
    assert jwt.algorithms.get_default_algorithms()["ES256"].verify(
        signed, public, jwt.utils.base64url_decode(signature["signature"])
    )


def test_layers_come_in_every_compression(store: Store) -> None:
    types = [layer["mediaType"] for layer in document(store.repositories["sample/layers"], "latest")["layers"]]
    tar = "application/vnd.oci.image.layer.v1.tar"
    assert types == [tar + "+gzip", tar + "+zstd", tar]


def test_layers_have_whiteouts_of_both_kinds(store: Store) -> None:
    repository = store.repositories["sample/layers"]
    layers = [repository.blobs[layer["digest"]] for layer in document(repository, "whiteouts")["layers"]]
    names = [{entry.name for entry in entries(layer)} for layer in layers]
    assert {"data/.wh.gone.txt", "data/.wh.drowned"} <= names[1]
    assert "data/reborn/.wh..wh..opq" in names[2]


def test_layers_have_entries_of_every_kind(store: Store) -> None:
    repository = store.repositories["sample/layers"]
    found = entries(repository.blobs[document(repository, "links")["layers"][0]["digest"]])
    kinds = {entry.type for entry in found}
    assert kinds == {tarfile.REGTYPE, tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE} | {
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
    }
    assert max(len(entry.name) for entry in found) > 255
    assert any(entry.mode & 0o4000 for entry in found)


def test_the_damaged_repository_is_damaged_in_one_place_per_tag(store: Store) -> None:
    repository = store.repositories[DAMAGED]

    def holds(reference: str) -> tuple[bool, bool, bool | None]:
        found = document(repository, reference)
        manifest = repository.manifests[repository.tags[reference]]
        config = repository.blobs[found["config"]["digest"]]
        layer = repository.blobs.get(found["layers"][0]["digest"])
        same = [sha256(one.data) == one.digest for one in (manifest, config)]
        return same[0], same[1], None if layer is None else sha256(layer.data) == layer.digest

    assert holds("latest") == (True, False, True)
    assert holds("broken-layer") == (True, True, False)
    assert holds("missing-layer") == (True, True, None)
    assert holds("broken-manifest") == (False, True, True)


def test_the_damaged_config_is_still_json(store: Store) -> None:
    repository = store.repositories[DAMAGED]
    assert json.loads(repository.blobs[document(repository, "latest")["config"]["digest"]].data)["os"] == "linux"


def test_artifacts_have_the_types_their_clients_give_them(store: Store) -> None:
    chart = document(store.repositories["sample/chart"], "1.0.0_tide.5")
    assert chart["config"]["mediaType"] == "application/vnd.cncf.helm.config.v1+json"
    wasm = document(store.repositories["sample/wasm"], "latest")
    assert wasm["layers"][0]["mediaType"] == "application/wasm"
    notes = document(store.repositories["sample/notes"], "latest")
    assert notes["artifactType"] == "application/vnd.example.harbour.notes.v1"
    assert notes["config"]["mediaType"] == "application/vnd.oci.empty.v1+json"
    assert [layer["annotations"]["org.opencontainers.image.title"] for layer in notes["layers"]] == [
        "notes.md",
        "lights.csv",
    ]


def test_many_tags_are_1200_of_40_images(store: Store) -> None:
    tags = store.repositories["sample/many-tags"].tags
    assert (len(tags), len(set(tags.values()))) == (1200, 40)
    assert {"latest", "0.0.1", "9.9.9", "nightly-2026-03-01"} <= set(tags)


def test_there_are_1500_repositories_at_several_depths(store: Store) -> None:
    assert len(store.names) == len(set(store.names)) == 1500
    assert {name.count("/") for name in store.names if name.startswith("fleet/")} == {2, 3}


def test_every_name_and_tag_is_legal_and_some_are_as_long_as_can_be(store: Store) -> None:
    tags = {tag for repository in store.repositories.values() for tag in repository.tags}
    assert all(re.fullmatch(NAME, name) for name in store.names)
    assert all(re.fullmatch(TAG, tag) for tag in tags)
    assert (max(map(len, store.names)), min(map(len, store.names))) == (255, 1)
    assert (max(map(len, tags)), min(map(len, tags))) == (128, 1)


def test_the_hostile_image_tries_everything(store: Store) -> None:
    repository = store.repositories["sample/hostile"]
    text = repository.manifests[repository.tags["latest"]].data.decode()
    for trick in ("javascript:", "<script>", "onerror=", "\u202e", "__proto__"):
        assert trick in text
    names = [entry.name for entry in entries(repository.blobs[document(repository, "latest")["layers"][0]["digest"]])]
    assert "../../etc/passwd" in names


def test_small_content_is_the_same_with_shorter_lists(store: Store) -> None:
    small = build_store("small")
    assert len(small.names) == 40
    assert len(small.repositories["sample/many-tags"].tags) == 30
    assert small.repositories["sample/harbour"].tags == store.repositories["sample/harbour"].tags
