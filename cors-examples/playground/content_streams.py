"""sample/streams: layers that are more than one compressed tar: tables of contents, several members, sparse files."""

import struct
import zlib
from collections.abc import Iterable

from playground.answer import Json
from playground.archives import Entry, folder, gzip, symlink, tar, text, zstandard
from playground.images import CONFIG, CREATED, LAYER, add_artifact
from playground.odd_tar import odd_archive
from playground.store import OCI_MANIFEST, Blob, Object, Repository, json_bytes, sha256
from playground.words import noise, prose
from playground.ztoc import ztoc

BLOCK = 512
SPAN = 1 << 20
END = bytes(2 * BLOCK)
MOMENT = "2026-01-05T08:00:00Z"

STARGZ_DIGEST = "containerd.io/snapshot/stargz/toc.digest"
CHUNKED = "io.github.containers.zstd-chunked.manifest-"

SOCI = "application/vnd.amazon.soci.index.v1+json"


def build_streams() -> Repository:
    """Tags: estargz, zstd-chunked, soci, members (gzip of three members), odd (sparse files, pax records)."""
    repository = Repository()
    for tag, pack in (("estargz", stargz), ("zstd-chunked", chunked)):
        data, annotations, archive = pack(stowed(tag))
        media_type = LAYER + ("+gzip" if tag == "estargz" else "+zstd")
        add_stream(repository, tag, repository.add_blob(media_type, data), archive, annotations)
    archive = tar(stowed("members"))
    third = len(archive) // 3
    members = b"".join(gzip(part) for part in (archive[:third], archive[third : 2 * third], archive[2 * third :]))
    add_stream(repository, "members", repository.add_blob(LAYER + "+gzip", members), archive)
    odd = odd_archive()
    add_stream(repository, "odd", repository.add_blob(LAYER + "+gzip", gzip(odd)), odd)
    add_soci(repository)
    return repository


def stowed(seed: str) -> list[Entry]:
    """Folders, texts, a link, and one file that hardly compresses."""
    notices = [text(f"srv/notices/{number:02}.txt", prose(f"{seed}{number}", 9)) for number in range(12)]
    return [
        folder("etc"),
        text("etc/motd", f"stowed as {seed}\n"),
        folder("srv"),
        folder("srv/notices"),
        *notices,
        Entry("srv/soundings.bin", noise(seed, 30000)),
        symlink("srv/latest.txt", "notices/11.txt"),
    ]


def add_stream(
    repository: Repository, tag: str, packed: Blob, archive: bytes, annotations: Object | None = None
) -> Blob:
    """An image of that one layer."""
    document: Object = {
        "created": CREATED,
        "architecture": "amd64",
        "os": "linux",
        "config": {"Cmd": ["/bin/true"]},
        "rootfs": {"type": "layers", "diff_ids": [sha256(archive)]},
        "history": [{"created": CREATED, "created_by": f"COPY stowed / # {tag}"}],
    }
    config = repository.add_blob(CONFIG, json_bytes(document, None))
    more: Object = {"annotations": annotations} if annotations else {}
    manifest: Object = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": config.descriptor(),
        "layers": [packed.descriptor(**more)],
    }
    return repository.add_manifest(manifest, tag)


def parts(entries: Iterable[Entry]) -> Iterable[tuple[Entry, bytes, bytes]]:
    """Each member, its headers, and its contents without padding."""
    for entry in entries:
        head = tar([entry]).rstrip(b"\0") if not entry.data else tar([entry])[:BLOCK]
        yield entry, head.ljust(-(-len(head) // BLOCK) * BLOCK, b"\0"), entry.data


def listed(entry: Entry) -> Object:
    """A member as a table of contents names it."""
    kinds = {"file": "reg", "dir": "dir", "symlink": "symlink"}
    found: Object = {"name": entry.path + ("/" if entry.kind == "dir" else ""), "type": kinds[entry.kind]}
    found |= {"mode": entry.mode, "uid": entry.owner, "gid": entry.owner, "modtime": MOMENT}
    if entry.target:
        found["linkName"] = entry.target
    if entry.data:
        found |= {"size": len(entry.data), "digest": sha256(entry.data)}
    return found


def stargz(entries: list[Entry]) -> tuple[bytes, Object, bytes]:
    """The blob, the annotations of its descriptor, and what it is unpacked.

    stargz-snapshotter, docs/estargz.md: contents in gzip members of their own, then the table, then a footer.
    """
    data, archive, toc = b"", b"", list[Json]()
    for entry, head, contents in parts(entries):
        data += gzip(head)
        named = listed(entry)
        if contents:
            named |= {"offset": len(data), "chunkDigest": sha256(contents)}
            contents += bytes(-len(contents) % BLOCK)
            data += gzip(contents)
        toc.append(named)
        archive += head + contents
    table = json_bytes({"version": 1, "entries": toc}, None)
    last = tar([Entry("stargz.index.json", table)])[: -(-len(table) // BLOCK) * BLOCK + BLOCK] + END
    extra = b"SG" + struct.pack("<H", 22) + b"%016xSTARGZ" % len(data)
    footer = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + struct.pack("<H", len(extra)) + extra + b"\x01\0\0\xff\xff" + bytes(8)
    return data + gzip(last) + footer, {STARGZ_DIGEST: sha256(table)}, archive + last


def chunked(entries: list[Entry]) -> tuple[bytes, Object, bytes]:
    """The same in zstd, as containers/storage writes it: the table and the footer are frames to be skipped."""
    data, archive, toc = b"", b"", list[Json]()
    for entry, head, contents in parts(entries):
        data += zstandard(head)
        named = listed(entry)
        archive += head + contents
        if contents:
            named["offset"] = len(data)
            data += zstandard(contents)
            named["endOffset"] = len(data)
            if padding := bytes(-len(contents) % BLOCK):
                data += zstandard(padding)
                archive += padding
        toc.append(named)
    data += zstandard(END)
    table = json_bytes({"version": 1, "entries": toc}, None)
    packed = zstandard(table)
    at = len(data) + 8
    footer = struct.pack("<7Q", at, len(packed), len(table), 1, 0, 0, 0) + b"GNUlInUx"
    for frame in (packed, footer):
        data += b"\x50\x2a\x4d\x18" + struct.pack("<I", len(frame)) + frame
    notes: Object = {
        CHUNKED + "position": f"{at}:{len(packed)}:{len(table)}:1",
        CHUNKED + "checksum": sha256(packed),
    }
    return data, notes, archive + END


def add_soci(repository: Repository) -> None:
    """An ordinary layer, too large to be downloaded for a look, and beside it a SOCI index that refers to its image."""
    entries = stowed("soci")
    entries.insert(4, Entry("srv/charts.bin", noise("charts", 9 * SPAN // 2)))
    archive = tar(entries)
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    data, points = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff", [(10, 0, b"")]
    for at in range(0, len(archive), SPAN):
        if at:
            points.append((len(data), at, archive[max(0, at - 32768) : at]))
        data += packer.compress(archive[at : at + SPAN]) + packer.flush(zlib.Z_FULL_FLUSH)
    data += packer.flush() + struct.pack("<II", zlib.crc32(archive), len(archive))
    packed = repository.add_blob(LAYER + "+gzip", data)
    image = add_stream(repository, "soci", packed, archive)
    table = repository.add_blob("application/octet-stream", ztoc(archive, len(data), points))
    notes: Object = {
        "com.amazon.soci.image-layer-digest": packed.digest,
        "com.amazon.soci.image-layer-mediaType": LAYER,
    }
    config = repository.add_blob(SOCI, b"{}")
    about: Object = {"com.amazon.soci.build-tool-identifier": "Playground v1"}
    add_artifact(repository, "", [table.descriptor(annotations=notes)], config=config, subject=image, annotations=about)
