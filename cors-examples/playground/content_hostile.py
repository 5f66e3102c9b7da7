"""sample/hostile and sample/damaged: what a registry may send that must neither be believed nor run."""

from playground.archives import Entry, symlink, text
from playground.images import CONFIG, add_image, layer
from playground.store import OCI_MANIFEST, Blob, Object, Repository

SCRIPT = "<script>alert(1)</script>"
BROKEN_OUT = '"><img src=x onerror=alert(1)>'
REVERSED = "invoice\u202egnp.exe"
LONG = "all work and no play " * 1000


def build_hostile() -> Repository:
    """Texts that try to become markup, links that try to become scripts, paths that try to climb out."""
    repository = Repository()
    files = [
        text("../../etc/passwd", "climbed out\n"),
        text("/absolute", "absolute\n"),
        text(f"{BROKEN_OUT}.html", SCRIPT),
        text(REVERSED, "reversed\n"),
        text("line\nbreak", "a name of two lines\n"),
        text("escape\x1b[31mred", "a terminal's escape sequence\n"),
        symlink("way-out", "../../../../../../etc/shadow"),
        Entry("a/./b/../c", b"not canonical\n"),
    ]
    config: Object = {
        "User": BROKEN_OUT,
        "Env": [f"HTML={SCRIPT}", "NOVALUE", "=noname", f"LONG={LONG}"],
        "Entrypoint": ["/bin/sh", "-c", f"echo '{SCRIPT}' && rm -rf /"],
        "Cmd": ["javascript:alert(1)"],
        "ExposedPorts": {BROKEN_OUT: {}},
        "WorkingDir": REVERSED,
        "Labels": {SCRIPT: SCRIPT, "__proto__": "polluted", "constructor": "polluted", "": "no key"},
    }
    annotations: Object = {
        "org.opencontainers.image.title": BROKEN_OUT,
        "org.opencontainers.image.description": LONG,
        "org.opencontainers.image.source": "javascript:alert(document.domain)",
        "org.opencontainers.image.url": " jAvAsCrIpT:alert(1)",
        "org.opencontainers.image.documentation": "data:text/html,<script>alert(1)</script>",
        "org.opencontainers.image.vendor": REVERSED,
        "org.opencontainers.image.version": "1.0\u200b\u0000\u0007",
        "org.opencontainers.image.created": "yesterday",
        "org.opencontainers.image.licenses": "\u0301" * 200,
        BROKEN_OUT: SCRIPT,
        "__proto__": "polluted",
    }
    one = layer(files, f"RUN echo '{SCRIPT}' {BROKEN_OUT}")
    add_image(repository, [one, LONG], "latest", config=config, annotations=annotations, author=BROKEN_OUT)
    odd = repository.add_blob('text/html;x="<b>"', SCRIPT.encode())
    titled = odd.descriptor(
        annotations={"org.opencontainers.image.title": "../../../.bashrc"}, urls=["javascript:alert(1)", "file:///etc/"]
    )
    empty = repository.add_blob("application/vnd.oci.empty.v1+json", b"{}")
    repository.add_manifest(
        {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "artifactType": f"application/{SCRIPT}",
            "config": empty.descriptor(),
            "layers": [titled],
        },
        "artifact",
    )
    return repository


def build_damaged() -> Repository:
    """Digests that do not hold: of the config (latest), a layer (broken-layer), the manifest (broken-manifest).

    missing-layer names a layer that does not exist.
    """
    repository = Repository()
    damaged = {}
    for tag in ("latest", "broken-layer", "missing-layer", "broken-manifest"):
        one = layer([text("etc/motd", f"once the {tag} image\n")], f"COPY {tag} /etc/motd")
        damaged[tag] = one.blob.digest
        image = add_image(repository, [one], tag)
        if tag == "latest":
            damaged[tag] = next(blob.digest for blob in repository.blobs.values() if blob.media_type == CONFIG)
    for tag in ("latest", "broken-layer"):
        sound = repository.blobs[damaged[tag]]
        repository.add_blob(sound.media_type, one_bit_off(sound.data), sound.digest)
    del repository.blobs[damaged["missing-layer"]]
    # One blank for one line break: the same JSON, but not the bytes that the digest is of.
    repository.keep(Blob(image.media_type, image.digest, image.data.replace(b"\n", b" ", 1)))
    return repository


def one_bit_off(data: bytes) -> bytes:
    """The same length, and JSON stays JSON: the ninth byte from the end is in a text or in compressed data."""
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
