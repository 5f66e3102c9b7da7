"""Tar as tarfile writes it, as nobody should write it, and damaged at random."""

import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layers.entry import Entry, Segment
from app.layers.limits import Limits, Problem
from tests.unit.layers.layer_kit import END, header, info, link, octal, padded, pax, read_tar, tar_of

KINDS = {
    tarfile.REGTYPE: "file",
    tarfile.DIRTYPE: "folder",
    tarfile.SYMTYPE: "symlink",
    tarfile.LNKTYPE: "hardlink",
    tarfile.CHRTYPE: "char",
    tarfile.BLKTYPE: "block",
    tarfile.FIFOTYPE: "fifo",
}

names = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=300).filter(
    lambda name: name.strip("/") != ""
)
members = st.lists(
    st.builds(
        lambda name, kind, data, mode, owner, mtime, target, device: (
            info(
                name.rstrip("/"),
                kind,
                mode=mode,
                uid=owner,
                gid=owner // 2,
                uname="wer",
                gname="staff",
                mtime=mtime,
                linkname=target if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else "",
                devmajor=device[0] if kind in (tarfile.CHRTYPE, tarfile.BLKTYPE) else 0,
                devminor=device[1] if kind in (tarfile.CHRTYPE, tarfile.BLKTYPE) else 0,
            ),
            data if kind == tarfile.REGTYPE else b"",
        ),
        names,
        st.sampled_from(list(KINDS)),
        st.binary(max_size=1500),
        st.integers(0, 0o7777),
        st.integers(0, 2**22),
        st.integers(0, 2**40),
        names,
        st.tuples(st.integers(0, 255), st.integers(0, 255)),
    ),
    max_size=8,
)


def one(data: bytes) -> Entry:
    reader = read_tar(data)
    assert reader.problems == []
    (entry,) = reader.entries
    return entry


@settings(max_examples=60, deadline=None)
@given(members, st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]), st.integers(1, 3000))
def test_what_tarfile_writes_is_read_as_tarfile_reads_it(
    given_members: list[tuple[tarfile.TarInfo, bytes]], form: int, step: int
) -> None:
    data = tar_of(*given_members, format=form)
    reader = read_tar(data, step=step)
    assert reader.problems == []
    with tarfile.open(fileobj=io.BytesIO(data), errors="surrogateescape") as archive:
        expected = archive.getmembers()
    assert len(reader.entries) == len(expected)
    for entry, member in zip(reader.entries, expected, strict=True):
        assert entry.path.rstrip("/") == member.name.rstrip("/")
        assert (entry.kind, entry.mode, entry.uid, entry.gid) == (
            KINDS[member.type],
            member.mode,
            member.uid,
            member.gid,
        )
        assert (entry.user, entry.group, entry.mtime) == (member.uname, member.gname, member.mtime)
        assert entry.target == (member.linkname if member.islnk() or member.issym() else "")
        if member.isreg():
            assert (entry.size, entry.offset) == (member.size, member.offset_data)
        if member.ischr() or member.isblk():
            assert entry.device == (member.devmajor, member.devminor)


# Headers.


def test_a_name_in_two_parts_is_joined() -> None:
    assert one(header(b"name", prefix=b"some/folder") + END).path == "some/folder/name"


def test_gnu_headers_have_no_prefix() -> None:
    assert one(header(b"name", magic=b"ustar  \0", rest=b"00000000000\0") + END).path == "name"


def test_a_seventh_edition_folder_is_known_by_its_slash() -> None:
    assert one(header(b"folder/", kind=b"\0", magic=b"") + END).kind == "folder"


def test_a_number_in_base_256_is_read() -> None:
    size = b"\x80" + (9 * 2**30).to_bytes(11, "big")
    reader = read_tar(header(size=size))
    assert reader.entries[0].size == 9 * 2**30
    assert reader.problems == [Problem("truncated", 512, "contents", 9 * 2**30)]


def test_a_checksum_of_signed_bytes_counts() -> None:
    block = bytearray(header("é".encode() * 8))
    block[148:156] = b"%06o\0 " % (sum(block) - sum(block[148:156]) + 256 - 256 * 16)
    assert one(bytes(block) + END).path == "é" * 8


def test_a_time_before_1970_is_read() -> None:
    assert one(header(mtime=b"\xff" * 11 + b"\xf6") + END).mtime == -10


@pytest.mark.parametrize("kind", [b"1", b"2", b"3", b"4", b"5", b"6"])
def test_a_size_of_what_has_no_contents_is_passed_over(kind: bytes) -> None:
    reader = read_tar(header(b"a", kind=kind, size=octal(5000)) + header(b"b") + END)
    assert [(entry.path, entry.size) for entry in reader.entries] == [("a", 0), ("b", 0)]


def test_a_kind_that_nobody_knows_keeps_its_contents() -> None:
    reader = read_tar(header(b"a", kind=b"Z", size=octal(3)) + padded(b"abc") + header(b"b") + END)
    assert [(entry.kind, entry.size) for entry in reader.entries] == [("other", 3), ("file", 0)]


def test_bytes_that_are_not_utf8_stay_what_they_are() -> None:
    assert one(header(b"caf\xe9") + END).path.encode("utf-8", "surrogateescape") == b"caf\xe9"


# Extended headers.


def test_pax_records_take_the_place_of_the_header() -> None:
    records = [(b"path", b"new"), (b"size", b"3"), (b"mtime", b"1.5"), (b"uid", b"70000"), (b"uname", b"wer")]
    entry = one(pax(records) + header(b"old") + padded(b"abc") + END)
    assert (entry.path, entry.size, entry.mtime, entry.uid, entry.user) == ("new", 3, 1.5, 70000, "wer")


def test_a_name_with_nul_keeps_it() -> None:
    assert one(pax([(b"path", b"a\0b")]) + header() + END).path == "a\0b"


def test_global_records_hold_for_all_that_follow_and_local_ones_before_them() -> None:
    first = pax([(b"uname", b"all"), (b"gname", b"all")], kind=b"g")
    reader = read_tar(first + header(b"a") + pax([(b"uname", b"one")]) + header(b"b") + header(b"c") + END)
    assert [(entry.user, entry.group) for entry in reader.entries] == [("all", "all"), ("one", "all"), ("all", "all")]


def test_extended_attributes_are_kept() -> None:
    records = [(b"SCHILY.xattr.security.capability", b"\x01\0\n="), (b"LIBARCHIVE.xattr.user.a%20b", b"aGk")]
    assert dict(one(pax(records) + header() + END).xattrs) == {"security.capability": b"\x01\0\n=", "user.a b": b"hi"}


def test_a_gnu_long_name_of_64_kilobytes_is_whole() -> None:
    name = b"n" * 65536
    long = header(b"././@LongLink", kind=b"L", size=octal(len(name) + 1)) + padded(name + b"\0")
    assert one(long + header(b"n") + END).path == name.decode()


def test_a_gnu_long_link_is_whole() -> None:
    long = header(b"././@LongLink", kind=b"K", size=octal(301)) + padded(b"t" * 300 + b"\0")
    assert one(long + header(b"n", kind=b"2", target=b"t") + END).target == "t" * 300


def test_a_long_name_is_that_of_one_member_alone() -> None:
    name = header(b"././@LongLink", kind=b"L", size=octal(301)) + padded(b"n" * 300 + b"\0")
    target = header(b"././@LongLink", kind=b"K", size=octal(301)) + padded(b"t" * 300 + b"\0")
    after = header(b"after", kind=b"2", target=b"t")
    reader = read_tar(name + target + header(kind=b"2") + after + END)
    assert [(entry.path, entry.target) for entry in reader.entries] == [("n" * 300, "t" * 300), ("after", "t")]


def test_a_damaged_pax_header_leaves_its_member_and_is_told() -> None:
    body = b"11 path=new\n999 uname=x\n"
    reader = read_tar(header(kind=b"x", size=octal(len(body))) + padded(body) + header(b"plain") + END)
    assert [problem.kind for problem in reader.problems] == ["bad-pax"]
    assert len(reader.entries) == 1


def test_a_pax_header_beyond_the_limit_is_passed_over_without_being_kept() -> None:
    big = header(kind=b"x", size=octal(5000)) + bytes(5120)
    reader = read_tar(big + header(b"plain") + END, Limits(header=1000))
    assert [entry.path for entry in reader.entries] == ["plain"]
    assert reader.problems == [Problem("long-header", 0, "", 5000)]


def test_global_records_do_not_pile_up_beyond_the_limit() -> None:
    records = b"".join(pax([(b"key%d" % number, b"v" * 300)], kind=b"g") for number in range(10))
    reader = read_tar(records + header(b"a") + END, Limits(header=1000))
    assert {problem.kind for problem in reader.problems} == {"long-header"}


# Sparse files.


def sparse_header(pieces: list[tuple[int, int]], real: int, stored: int, more: bool = False) -> bytes:
    rest = bytearray(155)
    for number, (offset, length) in enumerate(pieces):
        rest[41 + 24 * number : 65 + 24 * number] = octal(offset) + octal(length)
    rest[137] = more
    rest[138:150] = octal(real)
    return header(b"holes", kind=b"S", magic=b"ustar  \0", size=octal(stored), rest=bytes(rest))


def test_a_gnu_sparse_file_has_its_real_size_and_its_pieces() -> None:
    data = sparse_header([(0, 3), (1000, 2)], 2000, 5) + padded(b"abcde") + header(b"next") + END
    reader = read_tar(data)
    entry = reader.entries[0]
    assert (entry.size, entry.stored, entry.sparse) == (2000, 5, (Segment(0, 3), Segment(1000, 2)))
    assert reader.entries[1].path == "next"


def test_a_gnu_sparse_file_may_have_more_pieces_than_its_header_holds() -> None:
    more = bytearray(512)
    more[:24] = octal(500) + octal(1)
    data = sparse_header([(0, 1), (100, 1), (200, 1), (300, 1)], 501, 5, more=True) + bytes(more) + padded(b"abcde")
    entry = one(data + END)
    assert entry.sparse is not None
    assert entry.sparse[-1] == Segment(500, 1)


@pytest.mark.parametrize("real", [b"\x80" + b"\xff" * 11, b"\xff" * 12])
def test_a_sparse_file_larger_than_any_disk_is_taken_as_stored(real: bytes) -> None:
    block = bytearray(sparse_header([(0, 5)], 0, 5))
    block[483:495] = real
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    reader = read_tar(bytes(block) + padded(b"abcde") + END)
    assert [problem.kind for problem in reader.problems] == ["bad-sparse"]
    assert reader.entries[0].size == 5


@pytest.mark.parametrize(
    "records",
    [
        [
            (b"GNU.sparse.size", b"100"),
            (b"GNU.sparse.numblocks", b"2"),
            (b"GNU.sparse.offset", b"0"),
            (b"GNU.sparse.numbytes", b"2"),
            (b"GNU.sparse.offset", b"50"),
            (b"GNU.sparse.numbytes", b"1"),
        ],
        [(b"GNU.sparse.size", b"100"), (b"GNU.sparse.map", b"0,2,50,1"), (b"GNU.sparse.name", b"real")],
    ],
)
def test_a_pax_sparse_file_of_the_old_forms_has_its_pieces(records: list[tuple[bytes, bytes]]) -> None:
    entry = one(pax(records) + header(b"name", size=octal(3)) + padded(b"abc") + END)
    assert (entry.size, entry.stored, entry.sparse) == (100, 3, (Segment(0, 2), Segment(50, 1)))


@pytest.mark.parametrize("step", [1, 512, 700, 100000])
def test_a_pax_sparse_file_whose_map_stands_before_its_contents_begins_behind_it(step: int) -> None:
    count = 300
    lines = b"%d\n" % count + b"".join(b"%d\n1\n" % (10 * number) for number in range(count))
    records = [
        (b"GNU.sparse.major", b"1"),
        (b"GNU.sparse.minor", b"0"),
        (b"GNU.sparse.realsize", b"3000"),
        (b"GNU.sparse.name", b"real"),
    ]
    contents = padded(lines) + b"x" * count
    data = pax(records) + header(b"GNUSparseFile.0/real", size=octal(len(contents))) + padded(contents)
    reader = read_tar(data + header(b"next") + END, step=step)
    assert reader.problems == []
    entry = reader.entries[0]
    assert (entry.path, entry.size, entry.stored, len(entry.sparse or ())) == ("real", 3000, count, count)
    assert data[entry.offset : entry.offset + count] == b"x" * count
    assert reader.entries[1].path == "next"


@pytest.mark.parametrize(
    ("lines", "size"),
    [(b"x\n", 1024), (b"9\n0\n", 1024), (b"1\n5\n900\n", 512), (b"\n" * 600, 1024), (b"1" * 600, 1024)],
)
def test_a_map_that_is_none_leaves_the_file_as_it_is_stored(lines: bytes, size: int) -> None:
    records = [(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.realsize", b"3000")]
    data = pax(records) + header(b"name", size=octal(1024)) + lines.ljust(1024, b"\0") + header(b"next") + END
    reader = read_tar(data)
    assert [problem.kind for problem in reader.problems] == ["bad-sparse"]
    assert [(entry.path, entry.size) for entry in reader.entries] == [("name", size), ("next", 0)]


# Ends, and what is none.


def test_two_blocks_of_zeros_end_the_archive_and_what_follows_is_no_member() -> None:
    reader = read_tar(header(b"a") + END + header(b"hidden") + END)
    assert (len(reader.entries), reader.problems) == (1, [])


def test_an_archive_without_its_end_is_told() -> None:
    assert read_tar(header(b"a")).problems == [Problem("no-end", 512)]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"not a tar at all".ljust(2000, b"!"), Problem("not-tar", 0, "checksum")),
        (header() + b"x" * 512, Problem("bad-header", 512, "checksum")),
        (header() + bytes(512) + header(), Problem("bad-header", 1024, "zeros")),
        (header(size=b"0000000009x\0"), Problem("bad-header", 0, "number")),
        (header(size=b"\xff" * 12), Problem("bad-header", 0, "size")),
        (header(size=b"\x80" + b"\xff" * 11), Problem("bad-header", 0, "size")),
        (header(size=octal(100)) + b"abc", Problem("truncated", 515, "contents", 509)),
        (header() + b"abc", Problem("truncated", 515, "header")),
        (header(kind=b"x", size=octal(100)) + b"20 pa", Problem("truncated", 517, "header")),
        (b"", Problem("not-tar", 0)),
    ],
)
def test_what_is_wrong_is_told_with_its_place(data: bytes, problem: Problem) -> None:
    assert read_tar(data).problems == [problem]


def test_members_before_the_damage_are_kept() -> None:
    data = tar_of(("a", b"1"), ("b", b"2"), ("c", b"3"))
    reader = read_tar(data[:2100] + b"\xff" * 500)
    assert [entry.path for entry in reader.entries] == ["a", "b"]
    assert reader.ended


def test_problems_beyond_the_limit_are_counted_alone() -> None:
    body = padded(b"nonsense")
    reader = read_tar((header(kind=b"x", size=octal(8)) + body + header()) * 20 + END, Limits(problems=5))
    assert (len(reader.problems), reader.problem_count) == (5, 20)


# Limits that can be raised.


@pytest.mark.parametrize(("limits", "kind"), [(Limits(entries=2), "entries"), (Limits(text=2), "text")])
def test_a_limit_stops_and_once_raised_nothing_is_missing(limits: Limits, kind: str) -> None:
    data = tar_of(*((f"file{number}", b"data") for number in range(5)))
    reader = read_tar(data, limits)
    assert reader.stopped == kind
    assert [problem.kind for problem in reader.problems] == ["limit"]
    assert not reader.ended
    reader.limits = Limits()
    reader.go_on()
    reader.feed(b"")
    reader.finish()
    assert (len(reader.entries), reader.problems) == (5, [])


# Damage at random.


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_raises_anything(data: st.DataObject) -> None:
    sound = SEEDS[data.draw(st.integers(0, len(SEEDS) - 1))]
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=12))
    reader = read_tar(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]), step=data.draw(st.integers(64, 2000)))
    assert reader.ended
    for entry in reader.entries:
        assert entry.size >= 0


SEEDS = [
    tar_of(("a", b"text"), ("b" * 200, b""), link("l", "t" * 150), info("d", tarfile.CHRTYPE, devmajor=1)),
    tar_of(("a", b"text"), ("b" * 200, b""), link("l", "t" * 150), format=tarfile.GNU_FORMAT),
    sparse_header([(0, 3), (1000, 2)], 2000, 5) + padded(b"abcde") + END,
    pax([(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.realsize", b"99")])
    + header(size=octal(513))
    + padded(b"1\n0\n1\n")
    + padded(b"x")
    + END,
]
