"""What the sample registry has for those who look inside: read here by the app's own rooms."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from playground.content import build_store
from playground.store import Repository, Store

from app.layers.blob_source import HeldBlob
from app.layers.layer_index import LayerIndex
from app.layers.reading import read_file
from app.layers.scan import Scan
from app.layers.sniff import sniff
from app.layers.soci import LAYER_DIGEST, read_ztoc
from app.layers.toc_layers import read_toc
from app.oci.digest import parse_digest
from app.trust.decode import Chain, SignedBundle, decode_content
from app.trust.notation import NotationSignature
from tests.unit.fake_transport import FakeClock
from tests.unit.layers.layer_kit import run


@pytest.fixture(scope="module")
def store() -> Store:
    return build_store("small")


def document(repository: Repository, reference: str) -> Any:
    return json.loads(repository.manifests[repository.tags.get(reference, reference)].data)


def only_layer(repository: Repository, tag: str) -> tuple[bytes, Mapping[str, str], str]:
    """Its bytes, its annotations and its diff_id."""
    found = document(repository, tag)
    layer = found["layers"][-1]
    config = json.loads(repository.blobs[found["config"]["digest"]].data)
    return (
        repository.blobs[layer["digest"]].data,
        layer.get("annotations", {}),
        config.get("rootfs", {}).get("diff_ids", [""])[-1],
    )


def scanned(repository: Repository, tag: str) -> LayerIndex:
    data, _, diff_id = only_layer(repository, tag)
    return run(Scan(FakeClock(), diff_id=parse_digest(diff_id), size=len(data)).run(HeldBlob(data)))


def content(index: LayerIndex, data: bytes, path: str) -> bytes:
    return run(read_file(index, index.entries.find(path), HeldBlob(data), FakeClock())).data


@pytest.mark.parametrize("tag", ["estargz", "zstd-chunked", "soci", "members", "odd"])
def test_every_stream_is_a_whole_layer_too(store: Store, tag: str) -> None:
    index = scanned(store.repositories["sample/streams"], tag)
    assert (index.state, index.diff_id, index.problems) == ("complete", "ok", ())


@pytest.mark.parametrize(("tag", "source"), [("estargz", "estargz"), ("zstd-chunked", "zstd:chunked")])
@pytest.mark.parametrize("announced", [True, False])
def test_a_table_of_contents_tells_what_is_in_the_layer(store: Store, tag: str, source: str, announced: bool) -> None:
    repository = store.repositories["sample/streams"]
    data, annotations, _ = only_layer(repository, tag)
    index = run(read_toc(HeldBlob(data), annotations if announced else {}))
    assert index is not None
    assert (index.source, index.toc, index.problems) == (source, "ok" if announced else "unknown", ())
    whole = scanned(repository, tag)
    names = {entry.path.rstrip("/") for entry in whole.entries} - {"stargz.index.json"}
    assert {entry.path.rstrip("/") for entry in index.entries} == names
    assert content(index, data, "srv/soundings.bin") == content(whole, data, "srv/soundings.bin")
    assert content(index, data, "etc/motd") == f"stowed as {tag}\n".encode()


def test_a_soci_index_lists_a_layer_and_places_to_enter_it(store: Store) -> None:
    repository = store.repositories["sample/streams"]
    data, _, _ = only_layer(repository, "soci")
    (referrer,) = repository.referrers[repository.tags["soci"]]
    (layer,) = document(repository, str(referrer["digest"]))["layers"]
    assert layer["annotations"][LAYER_DIGEST] == document(repository, "soci")["layers"][0]["digest"]
    index = read_ztoc(repository.blobs[layer["digest"]].data, len(data))
    whole = scanned(repository, "soci")
    assert [entry.path for entry in index.entries] == [entry.path for entry in whole.entries]
    assert len(index.restarts) > 2
    for path in ("etc/motd", "srv/notices/11.txt", "srv/soundings.bin"):
        assert content(index, data, path) == content(whole, data, path)


def test_sparse_files_and_attributes_are_what_tar_says(store: Store) -> None:
    repository = store.repositories["sample/streams"]
    index = scanned(repository, "odd")
    data, _, _ = only_layer(repository, "odd")
    members = {entry.path: entry for entry in index.entries}
    assert members["opt/log"].size == (1 << 20) + len("behind the hole\n")
    assert content(index, data, "opt/log").endswith(b"\0behind the hole\n")
    assert content(index, data, "opt/core").lstrip(b"\0") == b"lights of the coast\n"
    assert members["opt/core"].size == (1 << 20) + len("lights of the coast\n")
    assert set(members["opt/pilot"].xattrs) == {"security.capability", "user.harbour.berth", "user.harbour.tide"}
    assert (members["opt/pilot"].user, members["opt/owner"].uid) == ("sailor", 3_000_000)
    assert max(map(len, members)) > 150


def test_a_layer_has_files_of_the_kinds_that_are_shown_in_their_own_way(store: Store) -> None:
    repository = store.repositories["sample/wharf"]
    index = scanned(repository, "latest")
    data, _, _ = only_layer(repository, "latest")
    found = {
        entry.path: sniff(content(index, data, entry.path), entry.size).kind
        for entry in index.entries
        if entry.kind == "file" and entry.size
    }
    assert found["usr/share/wharf/flag.png"] == "image"
    assert found["usr/share/wharf/berths.json"] == "json"
    assert found["etc/ssl/root.pem"] in ("pem", "certificate")
    assert found["etc/ssl/office.der"] in ("der", "certificate")
    assert found["usr/share/wharf/notice.py"] == "text"


def test_a_text_is_in_two_layers_in_two_versions(store: Store) -> None:
    repository = store.repositories["sample/wharf"]
    found = document(repository, "latest")
    texts = []
    for layer in found["layers"][-2:]:
        data = repository.blobs[layer["digest"]].data
        index = run(Scan(FakeClock(), size=len(data)).run(HeldBlob(data)))
        texts.append(content(index, data, "etc/wharf/wharf.toml"))
    assert b"berths = 4\n" in texts[0]
    assert b"berths = 12\n" in texts[1]


def test_the_base_of_an_image_has_moved_on(store: Store) -> None:
    notes = document(store.repositories["sample/wharf"], "latest")["annotations"]
    base = store.repositories["sample/base"]
    assert notes["org.opencontainers.image.base.name"] == "registry.example/sample/base:12"
    assert notes["org.opencontainers.image.base.digest"] in base.manifests
    assert notes["org.opencontainers.image.base.digest"] != base.tags["12"]


def test_the_base_is_named_by_the_address_of_the_registry() -> None:
    wharf = build_store("small", "127.0.0.1:5000").repositories["sample/wharf"]
    annotations = document(wharf, "latest")["annotations"]
    assert annotations["org.opencontainers.image.base.name"] == "127.0.0.1:5000/sample/base:12"


def decoded_referrers(repository: Repository, tag: str) -> list[object]:
    found: list[object] = []
    for referrer in repository.referrers[repository.tags[tag]]:
        (layer,) = document(repository, str(referrer["digest"]))["layers"]
        data = repository.blobs[layer["digest"]].data
        found.append(decode_content(data, layer["mediaType"], layer.get("annotations", {})))
    return found


def test_notary_signatures_come_in_both_envelopes_and_are_of_the_image(store: Store) -> None:
    repository = store.repositories["sample/wharf"]
    signatures = [one for one in decoded_referrers(repository, "latest") if isinstance(one, NotationSignature)]
    assert [one.format for one in signatures] == ["JWS", "COSE"]
    for one in signatures:
        assert (one.algorithm, one.time, one.agent) == ("ES256", "2026-09-21T07:15:00Z", "playground/1.0")
        assert one.is_of(parse_digest(repository.tags["latest"]))
        assert len(one.certificates) == 2


def test_a_bundle_has_a_statement_a_certificate_and_a_log_entry(store: Store) -> None:
    bundles = [
        one for one in decoded_referrers(store.repositories["sample/wharf"], "latest") if isinstance(one, SignedBundle)
    ]
    assert [one.statement.predicate_type for one in bundles if one.statement] == [
        "https://sigstore.dev/cosign/sign/v1",
        "https://slsa.dev/provenance/v1",
    ]
    assert all(len(one.bundle.certificates) == len(one.bundle.entries) == 1 for one in bundles)
    assert all(one.bundle.entries[0].promise and one.bundle.entries[0].proof for one in bundles)


def test_certificates_are_kept_in_both_forms(store: Store) -> None:
    repository = store.repositories["sample/pki"]
    blobs = [repository.blobs[layer["digest"]] for layer in document(repository, "latest")["layers"]]
    pem, der, chain = (blob.data for blob in blobs)
    assert isinstance(decode_content(pem), Chain)
    assert sniff(der, len(der)).kind in ("der", "certificate")
    found = decode_content(chain)
    assert isinstance(found, Chain)
    assert len(found.certificates) == 2


def test_an_index_names_indexes(store: Store) -> None:
    repository = store.repositories["sample/nested"]
    inner = document(repository, "latest")["manifests"]
    assert [document(repository, one["digest"])["mediaType"] for one in inner] == [one["mediaType"] for one in inner]
    assert len(document(repository, inner[0]["digest"])["manifests"]) == 2


def test_a_foreign_layer_is_not_in_the_registry(store: Store) -> None:
    repository = store.repositories["sample/nested"]
    foreign, own = document(repository, "windows")["layers"]
    assert foreign["urls"][0].startswith("https://")
    assert foreign["digest"] not in store.blobs
    assert own["digest"] in repository.blobs


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("sample/policy:latest", "application/vnd.oci.image.layer.v1.tar+gzip"),
        ("sample/policy:conftest", "application/vnd.cncf.openpolicyagent.policy.layer.v1+rego"),
        ("sample/flux:latest", "application/vnd.cncf.flux.content.v1.tar+gzip"),
    ],
)
def test_artifacts_are_laid_out_as_their_clients_do(store: Store, name: str, media_type: str) -> None:
    repository, _, tag = name.partition(":")
    assert document(store.repositories[repository], tag)["layers"][0]["mediaType"] == media_type
