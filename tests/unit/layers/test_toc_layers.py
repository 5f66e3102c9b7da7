"""eStargz and zstd:chunked, built here as their specifications say."""

import json
import zlib
from collections.abc import Mapping

import pytest

from app.layers.blob_source import HeldBlob
from app.layers.layer_index import LayerIndex
from app.layers.reading import read_file
from app.layers.toc_layers import CHUNKED_DIGEST, CHUNKED_POSITION, STARGZ_DIGEST, read_toc, toc_kind
from app.oci.digest import digest_of
from tests.unit.fake_transport import FakeClock
from tests.unit.layers.layer_kit import END, ChunkedBlob, gzip_of, header, octal, padded, run, scanned, tar_of
from tests.unit.layers.zstd_kit import zstd_of

FILES = {"etc/motd": b"hello " * 100, "usr/share/prose": b"words " * 900}


def stargz() -> tuple[bytes, dict[str, str]]:
    """Each file's contents in a gzip member of their own, then the table, then a footer that says where it is."""
    blob = b""
    entries: list[dict[str, object]] = [{"name": "etc/", "type": "dir", "mode": 0o755}]
    for name, data in FILES.items():
        blob += gzip_of(header(name.encode(), size=octal(len(data))))
        digest = str(digest_of(data))
        entries.append(
            {
                "name": name,
                "type": "reg",
                "size": len(data),
                "offset": len(blob),
                "digest": digest,
                "chunkDigest": digest,
            }
        )
        blob += gzip_of(data) + gzip_of(bytes(-len(data) % 512))
    toc = json.dumps({"version": 1, "entries": entries}).encode()
    at = len(blob)
    blob += gzip_of(header(b"stargz.index.json", size=octal(len(toc))) + padded(toc) + END)
    extra = b"SG" + (22).to_bytes(2, "little") + b"%016xSTARGZ" % at
    footer = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + (26).to_bytes(2, "little") + extra + b"\x01\0\0\xff\xff" + bytes(8)
    assert len(footer) == 51
    return blob + footer, {STARGZ_DIGEST: str(digest_of(toc))}


def zstd_chunked() -> tuple[bytes, dict[str, str]]:
    """Each file's contents in a frame of their own, the table in a frame to skip, and a footer in another."""
    blob = b""
    entries: list[dict[str, object]] = []
    for name, data in FILES.items():
        blob += zstd_of(header(name.encode(), size=octal(len(data))))
        start = len(blob)
        blob += zstd_of(data)
        digest = str(digest_of(data))
        entries.append(
            {"name": name, "type": "reg", "size": len(data), "offset": start, "endOffset": len(blob), "digest": digest}
        )
        blob += zstd_of(bytes(-len(data) % 512))
    blob += zstd_of(END)
    toc = json.dumps({"version": 1, "entries": entries}).encode()
    packed = zstd_of(toc)
    at = len(blob) + 8
    numbers = (at, len(packed), len(toc), 1, 0, 0, 0)
    footer = b"".join(number.to_bytes(8, "little") for number in numbers) + b"GNUlInUx"
    for frame in (packed, footer):
        blob += b"\x50\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame
    annotations = {CHUNKED_POSITION: f"{at}:{len(packed)}:{len(toc)}:1", CHUNKED_DIGEST: str(digest_of(packed))}
    return blob, annotations


BUILDERS = {"estargz": stargz, "zstd:chunked": zstd_chunked}


def index_of(blob: bytes, annotations: Mapping[str, str]) -> LayerIndex:
    index = run(read_toc(HeldBlob(blob), annotations))
    assert index is not None
    return index


@pytest.mark.parametrize("kind", list(BUILDERS))
def test_the_tree_is_had_without_downloading_the_layer(kind: str) -> None:
    blob, annotations = BUILDERS[kind]()
    source = ChunkedBlob(blob, 100)
    index = run(read_toc(source, annotations))
    assert index is not None
    assert (index.source, index.toc, index.digest, index.problems) == (kind, "ok", "unfinished", ())
    assert {entry.path for entry in index.entries if entry.kind == "file"} == set(FILES)
    assert 0 not in source.starts


@pytest.mark.parametrize("kind", list(BUILDERS))
def test_files_are_read_by_their_place_and_checked(kind: str) -> None:
    blob, annotations = BUILDERS[kind]()
    index = index_of(blob, annotations)
    for member, entry in enumerate(index.entries):
        if entry.kind == "file":
            content = run(read_file(index, member, HeldBlob(blob), FakeClock()))
            assert (content.data, content.checked) == (FILES[entry.path], "ok")


@pytest.mark.parametrize("kind", list(BUILDERS))
def test_without_annotations_the_footer_tells(kind: str) -> None:
    blob, _ = BUILDERS[kind]()
    index = index_of(blob, {})
    assert (index.source, index.toc) == (kind, "unknown")
    assert len(index.entries) >= 2


@pytest.mark.parametrize("kind", list(BUILDERS))
def test_the_layer_is_an_ordinary_one_as_well(kind: str) -> None:
    blob, _ = BUILDERS[kind]()
    names = {entry.path for entry in scanned(blob).entries}
    assert set(FILES) <= names


@pytest.mark.parametrize(("kind", "key"), [("estargz", STARGZ_DIGEST), ("zstd:chunked", CHUNKED_DIGEST)])
@pytest.mark.parametrize("digest", [str(digest_of(b"else")), "nonsense"])
def test_a_table_that_is_not_the_one_named_is_told(kind: str, key: str, digest: str) -> None:
    blob, annotations = BUILDERS[kind]()
    index = index_of(blob, {**annotations, key: digest})
    assert (index.toc, index.problems[0].kind) == ("wrong", "other-toc")


@pytest.mark.parametrize(
    "blob",
    [b"", b"short", gzip_of(tar_of(("a", b"1"))), zstd_of(bytes(9000)), tar_of(("a", b"1")), b"\x1f\x8b\x08\x04" * 40],
)
def test_a_layer_without_a_table_has_none(blob: bytes) -> None:
    assert run(read_toc(HeldBlob(blob), {})) is None


def test_a_footer_that_points_outside_is_none() -> None:
    blob, _ = stargz()
    footer = blob[-51:].replace(blob[-35:-19], b"%016x" % 10**9)
    assert run(read_toc(HeldBlob(blob[:-51] + footer), {})) is None


def test_a_footer_that_points_elsewhere_gives_an_empty_tree_with_its_problem() -> None:
    blob, annotations = stargz()
    footer = blob[-51:].replace(blob[-35:-19], b"%016x" % 3)
    index = index_of(blob[:-51] + footer, annotations)
    assert (len(index.entries), [problem.kind for problem in index.problems]) == (0, ["other-toc", "bad-toc"])


@pytest.mark.parametrize("position", ["1:2:3:9", "x", "1:2:3", "-1:2:3:1", "9" * 30 + ":1:1:1"])
def test_a_position_that_is_none_leaves_it_to_the_footer(position: str) -> None:
    blob, annotations = zstd_chunked()
    index = index_of(blob, {**annotations, CHUNKED_POSITION: position})
    assert (index.toc, len(index.entries)) == ("ok", 2)


def test_a_table_of_gigabytes_is_not_asked_for() -> None:
    blob, annotations = zstd_chunked()
    source = ChunkedBlob(blob)
    index = run(read_toc(source, {**annotations, CHUNKED_POSITION: f"8:{2**40}:9:1"}))
    assert index is not None
    assert ([problem.kind for problem in index.problems], source.starts) == (["bad-toc"], [])


def test_annotations_name_the_kind() -> None:
    assert [toc_kind({key: ""}) for key in (STARGZ_DIGEST, CHUNKED_POSITION, "x")] == ["estargz", "zstd:chunked", None]
    assert zlib.MAX_WBITS == 15
