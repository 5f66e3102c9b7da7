"""Blobs and parts of them, from the registry and from the storage."""

import hashlib

import pytest

from tests.unit.playground.playing import Ask


@pytest.fixture(scope="module")
def digest(ask: Ask) -> str:
    """The WASM module of sample/wasm, 41 bytes."""
    accept = "application/vnd.oci.image.manifest.v1+json"
    return str(ask("anonymous", "/v2/sample/wasm/manifests/latest", Accept=accept).json["layers"][0]["digest"])


def test_a_blob_is_sent_whole(ask: Ask, digest: str) -> None:
    seen = ask("anonymous", f"/v2/sample/wasm/blobs/{digest}")
    assert "sha256:" + hashlib.sha256(seen.body).hexdigest() == digest
    assert seen.headers["Accept-Ranges"] == "bytes"
    assert seen.headers["ETag"] == f'"{digest}"'
    assert seen.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [("bytes=0-7", 0, 8), ("bytes=4-", 4, 41), ("bytes=-5", 36, 41), ("bytes=40-900", 40, 41), ("bytes=-900", 0, 41)],
)
@pytest.mark.parametrize("listener", ["anonymous", "storage"])
def test_a_part_is_sent_with_its_place(ask: Ask, digest: str, listener: str, asked: str, begin: int, end: int) -> None:
    path = f"/v2/sample/wasm/blobs/{digest}" if listener == "anonymous" else f"/blobs/{digest}"
    whole = ask(listener, path).body
    seen = ask(listener, path, Range=asked)
    assert (seen.status, seen.body) == (206, whole[begin:end])
    assert seen.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=41-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_does_not_exist_is_416_with_the_size(ask: Ask, digest: str, asked: str) -> None:
    seen = ask("anonymous", f"/v2/sample/wasm/blobs/{digest}", Range=asked)
    assert (seen.status, seen.headers["Content-Range"]) == (416, "bytes */41")


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"])
def test_a_range_that_is_not_understood_gets_everything(ask: Ask, digest: str, asked: str) -> None:
    seen = ask("anonymous", f"/v2/sample/wasm/blobs/{digest}", Range=asked)
    assert (seen.status, len(seen.body)) == (200, 41)


def test_head_of_a_blob_has_its_size(ask: Ask, digest: str) -> None:
    seen = ask("anonymous", f"/v2/sample/wasm/blobs/{digest}", method="HEAD")
    assert (seen.status, seen.headers["Content-Length"], seen.body) == (200, "41", b"")


def test_a_blob_that_is_known_already_is_not_sent_again(ask: Ask, digest: str) -> None:
    seen = ask("anonymous", f"/v2/sample/wasm/blobs/{digest}", If_None_Match=f'"{digest}"')
    assert (seen.status, seen.body) == (304, b"")


def test_the_storage_has_nothing_but_blobs(ask: Ask, digest: str) -> None:
    assert ask("storage", f"/v2/sample/wasm/blobs/{digest}").status == 404
    assert ask("storage", "/blobs/sha256:" + "0" * 64).status == 404
