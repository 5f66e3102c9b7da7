import json
from collections.abc import Mapping

import pytest

from app.layers.entry import Chunk
from app.layers.limits import Limits, Problem
from app.layers.toc import parse_toc

Fields = dict[str, object]


def toc(*entries: Mapping[str, object], version: object = 1) -> bytes:
    return json.dumps({"version": version, "entries": entries}).encode()


def test_members_are_what_the_table_says() -> None:
    entries, problems = parse_toc(
        toc(
            {"name": "bin/", "type": "dir", "mode": 16877, "modtime": "2026-01-05T08:00:00Z"},
            {"name": "l", "type": "symlink", "linkName": "bin", "userName": "wer", "uid": 7},
            {"name": "dev", "type": "char", "devMajor": 1, "devMinor": 3, "xattrs": {"a": "aGk=", "b": "!"}},
            {"name": "odd", "type": "whiteout"},
        )
    )
    assert problems == ()
    folder, symlink, device, odd = entries
    assert (folder.path, folder.kind, folder.mode, folder.mtime) == ("bin/", "folder", 0o755, 1767600000.0)
    assert (symlink.kind, symlink.target, symlink.user, symlink.uid) == ("symlink", "bin", "wer", 7)
    assert (device.device, device.xattrs["a"], odd.kind) == ((1, 3), b"hi", "other")


def test_a_file_has_its_pieces_of_which_the_last_says_no_size() -> None:
    entries, problems = parse_toc(
        toc(
            {"name": "f", "type": "reg", "size": 25, "offset": 10, "chunkSize": 10, "chunkDigest": "sha256:1"},
            {"name": "f", "type": "chunk", "offset": 20, "chunkOffset": 10, "chunkSize": 10, "chunkType": "zeros"},
            {"name": "f", "type": "chunk", "offset": 30, "chunkOffset": 20, "innerOffset": 4},
            {"name": "g", "type": "reg", "size": 5, "offset": 40, "endOffset": 50, "digest": "sha256:2"},
        )
    )
    assert problems == ()
    assert entries[0].chunks == (
        Chunk(0, 10, 10, 0, 0, "sha256:1"),
        Chunk(10, 10, -1, 30, 0, ""),
        Chunk(20, 5, 30, 0, 4, ""),
    )
    assert (entries[1].chunks, entries[1].digest) == ((Chunk(0, 5, 40, 50, 0, ""),), "sha256:2")


@pytest.mark.parametrize(
    "chunk",
    [
        {"chunkOffset": 11, "offset": 1},
        {"chunkOffset": 9, "offset": 1},
        {"chunkOffset": 10, "chunkSize": 99, "offset": 1},
        {"chunkOffset": 10, "chunkSize": 1, "offset": 1},
    ],
)
def test_pieces_that_do_not_make_up_the_file_are_no_pieces(chunk: Fields) -> None:
    first: Fields = {"name": "f", "type": "reg", "size": 25, "offset": 10, "chunkSize": 10}
    entries, _ = parse_toc(toc(first, {"name": "f", "type": "chunk", **chunk}))
    assert (entries[0].size, entries[0].chunks) == (25, ())


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "is not JSON"),
        (b"[]", "an object"),
        (toc(version=2), "version"),
        (b'{"version":1,"entries":[1]}', "entries[0] "),
        (toc({"name": "a", "type": "reg", "size": -1}), "entries[0].size "),
        (toc({"name": "a", "type": "reg", "size": 2**61}), "entries[0].size is out of range"),
        (toc({"name": 5}), "entries[0].name "),
    ],
)
def test_a_table_that_is_none_is_told(data: bytes, detail: str) -> None:
    _, (problem,) = parse_toc(data)
    assert problem.kind == "bad-toc"
    assert detail in problem.detail


def test_members_before_the_damage_are_kept() -> None:
    entries, problems = parse_toc(toc({"name": "a", "type": "dir"}, {"name": "b", "type": "dir"}, {"name": 5}))
    assert ([entry.path for entry in entries], len(problems)) == (["a", "b"], 1)


def test_more_members_than_allowed_are_not_kept() -> None:
    entries, problems = parse_toc(
        toc(*({"name": str(number), "type": "dir"} for number in range(9))), Limits(entries=3)
    )
    assert (len(entries) <= 4, problems) == (True, (Problem("limit", 0, "entries", 3),))


def test_a_chunk_of_nothing_is_passed_over() -> None:
    entries, problems = parse_toc(toc({"name": "a", "type": "chunk"}, {"name": "b", "type": "dir"}))
    assert ([entry.path for entry in entries], problems) == (["b"], ())
