"""sample/wharf: an image much like sample/harbour, to compare with it: files of every kind, signatures of today."""

import struct
import zlib
from base64 import b64encode

from playground.answer import Json
from playground.archives import Entry, folder, symlink, text, whiteout
from playground.content_harbour import PACKAGES, PLATFORMS, library_files, platform_layers, runtime_config
from playground.content_trust import CYCLONEDX, SPDX
from playground.identities import authority, leaf
from playground.images import CONFIG, Layer, add_artifact, add_image, add_index, layer
from playground.notation import add_notation
from playground.sboms import SLSA, cyclonedx, provenance, spdx
from playground.sigstore import SIGN, add_bundle
from playground.store import OCI_MANIFEST, Blob, Object, Repository, json_bytes
from playground.words import prose

VERSIONS = {"1.0.0": ("2026-02-02T10:00:00Z", ()), "1.1.0": ("2026-09-21T07:15:00Z", ("latest",))}

SETTINGS = """# What the wharf does by itself.
[wharf]
name = "{version}"
berths = {berths}
crane = true

[tides]
source = "https://tides.example/"
"""


def build_wharf(bases: Repository, home: str) -> Repository:
    """Tags 1.0.0, 1.1.0 and latest. `home`: the host under which this registry's own images are named as bases.

    Its base is an image that was sample/base:12 once; that tag has moved on since.
    """
    repository = Repository()
    left_behind = add_left_behind(bases)
    for version, (created, aliases) in VERSIONS.items():
        image = add_version(repository, version, created, left_behind, home, aliases)
    listed = {**PACKAGES, "barque": "9.0.1", "gangway": "0.3.0"}
    del listed["cog"]
    vouch(repository, image, listed, created)
    return repository


def add_left_behind(bases: Repository) -> str:
    """The digest of an index that no tag of sample/base names any more."""
    platform = next(iter(PLATFORMS))
    base, _ = platform_layers(platform)
    image = add_image(bases, [base, 'CMD ["/bin/ash"]'], platform=platform, created="2025-11-03T08:00:00Z")
    return add_index(bases, [image.descriptor(platform=platform.as_json())]).digest


def add_version(
    repository: Repository, version: str, created: str, base_digest: str, home: str, aliases: tuple[str, ...]
) -> Blob:
    """One image, without an index; the descriptor of its config embeds the config."""
    platform = next(iter(PLATFORMS))
    base, _ = platform_layers(platform)
    libraries = layer(library_files(), "RUN /bin/sh -c apk add --no-cache harbour-libs # buildkit")
    first = layer(settings(version, 4), "COPY defaults / # buildkit")
    second = layer([*settings(version, 12), *files(version)], "COPY wharf / # buildkit")
    steps: list[Layer | str] = [base, "ARG VERSION", libraries, first, second, "STOPSIGNAL SIGQUIT", 'CMD ["wharf"]']
    layers = [one for one in steps if isinstance(one, Layer)]
    config = runtime_config(version)
    config |= {"Cmd": ["wharf", "--berths", "12"], "StopSignal": "SIGQUIT", "User": "1001"}
    document: Object = {
        "created": created,
        **platform.as_json(),
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": [one.diff_id for one in layers]},
        "history": [line(one, created) for one in steps],
    }
    kept = repository.add_blob(CONFIG, json_bytes(document, None))
    for one in layers:
        repository.blobs[one.blob.digest] = one.blob
    prefix = "org.opencontainers.image."
    manifest: Object = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": kept.descriptor(data=b64encode(kept.data).decode()),
        "layers": [one.blob.descriptor() for one in layers],
        "annotations": {
            prefix + "title": "Wharf",
            prefix + "version": version,
            prefix + "created": created,
            prefix + "source": "https://git.example/harbour/wharf",
            prefix + "revision": "0d1f2e3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
            prefix + "base.name": f"{home}/sample/base:12",
            prefix + "base.digest": base_digest,
        },
    }
    return repository.add_manifest(manifest, version, *aliases)


def line(step: Layer | str, created: str) -> Json:
    """A line of the history."""
    said: Object = {"created": created, "comment": "buildkit.dockerfile.v0"}
    if isinstance(step, str):
        return {**said, "created_by": step, "empty_layer": True}
    return {**said, "created_by": step.created_by}


def settings(version: str, berths: int) -> list[Entry]:
    """The text that two layers have, each in its own version."""
    return [
        folder("etc"),
        folder("etc/wharf"),
        text("etc/wharf/wharf.toml", SETTINGS.format(version=version, berths=berths)),
    ]


def files(version: str) -> list[Entry]:
    """One of every kind that a page shows in its own way."""
    return [
        whiteout("etc/motd"),
        folder("usr"),
        folder("usr/share"),
        folder("usr/share/wharf"),
        Entry("usr/share/wharf/flag.png", png()),
        text(
            "usr/share/wharf/plan.svg",
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>\n',
        ),
        text("usr/share/wharf/notice.py", "import sys\n\n# Who comes in\nprint(f'berth {sys.argv[1]}')\n"),
        Entry("usr/share/wharf/berths.json", json_bytes({"version": version, "berths": list[Json](range(12))})),
        text("usr/share/wharf/README.md", "# Wharf\n\n" + prose(version, 30)),
        folder("etc/ssl"),
        text("etc/ssl/root.pem", authority().pem),
        Entry("etc/ssl/office.der", leaf("office").der),
        symlink("etc/wharf/current", "wharf.toml"),
    ]


def png() -> bytes:
    """A small flag: PNG (ISO 15948) of true colour, 24 by 16."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    white, red = b"\xff\xff\xff", b"\xc8\x10\x2e"
    rows = [b"\0" + b"".join(white if 7 <= y <= 8 or 7 <= x <= 9 else red for x in range(24)) for y in range(16)]
    head = struct.pack(">IIBBBBB", 24, 16, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
    )


def vouch(repository: Repository, subject: Blob, listed: dict[str, str], created: str) -> None:
    """Signatures of the newer kinds, and lists of packages that differ in a few from those of sample/harbour."""
    add_notation(repository, subject)
    add_bundle(repository, subject, SIGN, {})
    add_bundle(repository, subject, SLSA, provenance("1.1.0", created))
    notes: Object = {"org.opencontainers.image.created": created}
    for media_type, document in (
        (SPDX, spdx("wharf", "1.1.0", listed, created)),
        (CYCLONEDX, cyclonedx("wharf", "1.1.0", listed, created)),
    ):
        kept = repository.add_blob(media_type, json_bytes(document))
        add_artifact(repository, media_type, [kept.descriptor()], subject=subject, annotations=notes)
