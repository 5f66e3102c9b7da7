"""sample/layers: every compression, and what is hard to read in a layer."""

from playground.archives import Entry, folder, hardlink, opaque, symlink, text, whiteout
from playground.images import LAYER, Layer, add_image, layer
from playground.store import Repository
from playground.words import SEAS, noise, prose


def build_layers() -> Repository:
    """Tags: gzip, zstd, plain (one layer each), latest (all three), whiteouts, links."""
    repository = Repository()
    gzipped = layer(charts("gzip"), "COPY gzip /srv # gzip")
    zstd = layer(charts("zstd"), "COPY zstd /srv # zstd", LAYER + "+zstd")
    plain = layer(charts("plain"), "COPY plain /srv # not compressed", LAYER)
    for tag, one in (("gzip", gzipped), ("zstd", zstd), ("plain", plain)):
        add_image(repository, [one, 'CMD ["/bin/true"]'], tag)
    add_image(repository, [gzipped, zstd, plain, 'CMD ["/bin/true"]'], "latest")
    add_image(repository, whiteout_layers(), "whiteouts")
    add_image(repository, [layer(odd_entries(), "RUN make-it-odd")], "links")
    return repository


def charts(name: str) -> list[Entry]:
    """A folder of texts and one file that hardly compresses."""
    entries = [folder("srv"), folder(f"srv/{name}"), Entry(f"srv/{name}/soundings.bin", noise(name, 20000))]
    return entries + [text(f"srv/{name}/{sea}.txt", prose(name + sea, 10)) for sea in SEAS[:20]]


def whiteout_layers() -> list[Layer]:
    """Afterwards: kept.txt, replaced.txt (new), reborn/new.txt, and nothing of gone.txt, drowned/ or old reborn/."""
    below = [
        folder("data"),
        text("data/kept.txt", "kept\n"),
        text("data/gone.txt", "gone\n"),
        text("data/replaced.txt", "old\n"),
        folder("data/drowned"),
        text("data/drowned/wreck.txt", "wreck\n"),
        folder("data/reborn"),
        text("data/reborn/old.txt", "old\n"),
    ]
    middle = [folder("data"), whiteout("data/gone.txt"), whiteout("data/drowned"), text("data/replaced.txt", "new\n")]
    # An opaque whiteout spares its own layer, although it stands after the file in the archive.
    above = [folder("data"), folder("data/reborn"), text("data/reborn/new.txt", "new\n"), opaque("data/reborn")]
    return [
        layer(below, "COPY data /data"),
        layer(middle, "RUN rm -r /data/gone.txt /data/drowned"),
        layer(above, "RUN rm -r /data/reborn && mkdir /data/reborn", LAYER + "+zstd"),
    ]


def odd_entries() -> list[Entry]:
    """Links of both kinds, names beyond ustar's limits, special modes and special files."""
    long_folder = "usr/share/" + "/".join(["very-long-folder-name-of-the-admiralty"] * 6)
    return [
        folder("usr"),
        folder("usr/bin"),
        Entry("usr/bin/original", noise("original", 3000), mode=0o755),
        hardlink("usr/bin/twin", "usr/bin/original"),
        hardlink("usr/bin/triplet", "usr/bin/original"),
        symlink("usr/bin/relative", "original"),
        symlink("usr/bin/absolute", "/usr/bin/original"),
        symlink("usr/bin/dangling", "../nowhere/at-all"),
        symlink("usr/bin/loop", "loop"),
        Entry("usr/bin/setuid", noise("setuid", 100), mode=0o4755),
        Entry("usr/bin/setgid", noise("setgid", 100), mode=0o2755),
        folder("var"),
        folder("var/sticky", 0o1777),
        Entry("dev/null", kind="char", mode=0o666, device=(1, 3)),
        Entry("dev/sda", kind="block", mode=0o660, device=(8, 0)),
        Entry("run/pipe", kind="fifo", mode=0o600),
        text(f"{long_folder}/{'x' * 200}.txt", "a name of more than 255 characters in all\n"),
        text("usr/share/Ærøskøbing 港.txt", "a name that is not ASCII\n"),
        Entry("usr/share/latin1-\udce6.txt", b"a name that is not UTF-8\n"),
        text("usr/share/empty", ""),
        Entry("var/owned", b"by somebody\n", owner=70000),
    ]
