"""sample/harbour: a multi-platform image as build tools make it today, in several versions, with attestations."""

from playground.answer import Json
from playground.archives import Entry, elf, folder, hardlink, symlink, text, whiteout
from playground.images import CONFIG, EMPTY, Layer, Platform, add_image, add_index, layer
from playground.sboms import SLSA, SPDX_PREDICATE, provenance, spdx
from playground.store import OCI_MANIFEST, Blob, Object, Repository, json_bytes, sha256
from playground.words import PARTS, SEAS, VESSELS, noise, prose

IN_TOTO = "application/vnd.in-toto+json"
ATTESTATION = "application/vnd.docker.attestation.manifest.v1+json"

# platform → e_machine and bits of its executables
PLATFORMS = {
    Platform("linux", "amd64"): (62, 64),
    Platform("linux", "arm64", "v8"): (183, 64),
    Platform("linux", "arm", "v7"): (40, 32),
}

# version → its day, and the other tags that name it
VERSIONS = {
    "1.0.0": ("2026-01-05T08:00:00Z", ("1.0",)),
    "1.1.0": ("2026-03-16T09:30:00Z", ("1.1",)),
    "2.0.0-rc.1": ("2026-08-30T16:45:00Z", ()),
    "2.0.0": ("2026-09-21T07:15:00Z", ("latest",)),
}

PACKAGES = {name: f"{1 + at % 3}.{at}.{at * 7 % 10}" for at, name in enumerate(VESSELS[:12])}


def build_harbour(bases: Repository) -> Repository:
    """All versions; `bases` gets the images that they are based on. What vouches for `latest` is in content_trust."""
    repository = Repository()
    libraries = layer(library_files(), "RUN /bin/sh -c apk add --no-cache harbour-libs # buildkit")
    programs = {platform: platform_layers(platform) for platform in PLATFORMS}
    base_digest = add_bases(bases, {platform: base for platform, (base, _) in programs.items()})
    for version, (created, aliases) in VERSIONS.items():
        site = layer(site_files(version), "COPY ./site /srv/harbour # buildkit")
        entries: list[Object] = []
        for platform, (base, program) in programs.items():
            steps: list[Layer | str] = [
                base,
                'CMD ["/bin/sh"]',
                "ARG VERSION",
                libraries,
                "ENV HARBOUR_ROOT=/srv/harbour",
                program,
                site,
                "WORKDIR /srv/harbour",
                "USER 1000:1000",
                "EXPOSE map[8080/tcp:{} 9090/udp:{}]",
                "VOLUME [/var/lib/harbour]",
                'HEALTHCHECK &{["CMD-SHELL" "harbour check || exit 1"] "30s" "3s" "5s" "0s" \'\\x03\'}',
                'ENTRYPOINT ["/usr/bin/entrypoint.sh"]',
                'CMD ["harbour" "serve" "--port" "8080"]',
            ]
            image = add_image(
                repository,
                steps,
                platform=platform,
                config=runtime_config(version),
                annotations=image_annotations(version, created, base_digest),
                created=created,
                author="Harbour Office <office@harbour.example>",
            )
            entries.append(image.descriptor(platform=platform.as_json()))
        entries += [attestation(repository, entry, version, created) for entry in entries]
        add_index(repository, entries, version, *aliases, annotations=image_annotations(version, created))
    return repository


def add_bases(repository: Repository, layers: dict[Platform, Layer]) -> str:
    """sample/base, whose layers are the lowest ones of sample/harbour; the digest of its index."""
    entries = []
    for platform, base in layers.items():
        image = add_image(repository, [base, 'CMD ["/bin/sh"]'], platform=platform)
        entries.append(image.descriptor(platform=platform.as_json()))
    return add_index(repository, entries, "12", "latest").digest


def platform_layers(platform: Platform) -> tuple[Layer, Layer]:
    """The layers that hold machine code: the base system and the program."""
    machine, bits = PLATFORMS[platform]
    shell = elf(machine, bits, noise(f"sh-{machine}", 9000))
    program = elf(machine, bits, noise(f"harbour-{machine}", 16000))
    base = layer(base_files(shell), f"ADD harbour-minirootfs-{platform.architecture}.tar.gz / # buildkit")
    script = '#!/bin/sh\nset -eu\n# Wait for high water, then put to sea.\nexec "$@"\n'
    entries = [
        folder("usr"),
        folder("usr/bin"),
        Entry("usr/bin/harbour", program, mode=0o755),
        text("usr/bin/entrypoint.sh", script, 0o755),
        symlink("usr/bin/harbourctl", "harbour"),
        whiteout("usr/share/doc/lugger.txt"),
        folder("var"),
        folder("var/lib"),
        folder("var/lib/harbour", 0o750, owner=1000),
    ]
    return base, layer(entries, "RUN /bin/sh -c make install && rm /usr/share/doc/lugger.txt # buildkit")


def base_files(shell: bytes) -> list[Entry]:
    """A small root file system."""
    release = 'NAME="Harbour Linux"\nID=harbour\nVERSION_ID=12\nPRETTY_NAME="Harbour Linux 12"\n'
    names = ("boot", "dev", "etc", "etc/init.d", "home", "home/sailor", "proc", "root", "run", "srv", "sys")
    entries = [folder(name) for name in (*names, "usr", "usr/bin", "usr/lib", "usr/share")]

    entries += [
        folder("tmp", 0o1777),
        symlink("bin", "usr/bin"),
        symlink("sbin", "usr/bin"),
        Entry("usr/bin/busybox", shell, mode=0o755),
        *(hardlink(f"usr/bin/{name}", "usr/bin/busybox") for name in ("sh", "ls", "cat", "cp", "mv", "rm", "ps")),
        Entry("usr/bin/su", shell[:4000], mode=0o4755),
        text("etc/os-release", release),
        text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nsailor:x:1000:1000::/home/sailor:/bin/sh\n"),
        text("etc/group", "root:x:0:\nsailor:x:1000:\n"),
        text("etc/shadow", "root:!::0:::::\nsailor:!::0:::::\n", 0o640),
        text("etc/hosts", "127.0.0.1 localhost\n::1 localhost\n"),
        text("etc/motd", "Fair winds.\n"),
        symlink("etc/mtab", "/proc/mounts"),
    ]
    return entries + [text(f"etc/init.d/{part}", f"#!/bin/sh\n# {prose(part, 2)}", 0o755) for part in PARTS[:8]]


def library_files() -> list[Entry]:
    """Packages: a library, a link to it and a text each."""
    entries = [folder("usr"), folder("usr/lib"), folder("usr/share"), folder("usr/share/doc")]
    for name, version in PACKAGES.items():
        library = f"lib{name}.so.{version}"
        entries.append(Entry(f"usr/lib/{library}", elf(62, 64, noise(name, 1500)), mode=0o755))
        entries.append(symlink(f"usr/lib/lib{name}.so", library))
        entries.append(text(f"usr/share/doc/{name}.txt", prose(name, 12)))
    return entries


def site_files(version: str) -> list[Entry]:
    """The application's own files, which are what differs between versions."""
    entries = [folder("srv"), folder("srv/harbour"), folder("srv/harbour/charts")]
    entries.append(text("srv/harbour/VERSION", version + "\n"))
    entries.append(
        text("srv/harbour/index.html", f"<!DOCTYPE html>\n<title>Harbour {version}</title>\n<p>{prose(version, 6)}")
    )
    for at, sea in enumerate(SEAS[:24]):
        chart: Object = {"sea": sea, "edition": version, "fathoms": at * 13 % 97, "remarks": prose(sea + version, 4)}
        entries.append(Entry(f"srv/harbour/charts/{sea}.json", json_bytes(chart)))
    entries += [
        folder("etc"),
        folder("etc/harbour"),
        text("etc/harbour/harbour.toml", f'version = "{version}"\nport = 8080\n'),
    ]
    return entries


def runtime_config(version: str) -> Object:
    """Image-spec, config.md, `config`; Healthcheck is Docker's own."""
    return {
        "User": "1000:1000",
        "ExposedPorts": {"8080/tcp": {}, "9090/udp": {}},
        "Env": [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HARBOUR_ROOT=/srv/harbour",
            f"HARBOUR_VERSION={version}",
            "LANG=C.UTF-8",
        ],
        "Entrypoint": ["/usr/bin/entrypoint.sh"],
        "Cmd": ["harbour", "serve", "--port", "8080"],
        "Volumes": {"/var/lib/harbour": {}},
        "WorkingDir": "/srv/harbour",
        "Labels": {
            "example.harbour.master": "Ada Marlin",
            "org.opencontainers.image.title": "Harbour",
            "org.opencontainers.image.version": version,
        },
        "StopSignal": "SIGINT",
        "Healthcheck": {
            "Test": ["CMD-SHELL", "harbour check || exit 1"],
            "Interval": 30_000_000_000,
            "Timeout": 3_000_000_000,
            "StartPeriod": 5_000_000_000,
            "Retries": 3,
        },
    }


def image_annotations(version: str, created: str, base_digest: str = "") -> Object:
    """Image-spec, annotations.md."""
    prefix = "org.opencontainers.image."
    values = {
        "title": "Harbour",
        "description": "Answers when a ship may enter, and at which tide.",
        "version": version,
        "created": created,
        "revision": sha256(version.encode())[7:47],
        "source": "https://git.example/harbour/harbour",
        "url": "https://harbour.example/",
        "documentation": "https://harbour.example/docs",
        "vendor": "Harbour Office",
        "authors": "Harbour Office <office@harbour.example>",
        "licenses": "Apache-2.0",
    }
    if base_digest:
        values |= {"base.name": "registry.example/sample/base:12", "base.digest": base_digest}
    return {prefix + name: value for name, value in values.items()}


def attestation(repository: Repository, image: Object, version: str, created: str) -> Object:
    """What BuildKit adds to an index: a manifest for platform unknown/unknown that holds in-toto statements."""
    digest = str(image["digest"])
    name = f"pkg:docker/sample/harbour@{version}"
    statements = {
        SPDX_PREDICATE: spdx("harbour", version, PACKAGES, created),
        SLSA: provenance(version, created),
    }
    layers: list[Json] = []
    kept: list[Blob] = []
    for predicate_type, predicate in statements.items():
        statement: Object = {
            "_type": "https://in-toto.io/Statement/v0.1",
            "predicateType": predicate_type,
            "subject": [{"name": name, "digest": {"sha256": digest.removeprefix("sha256:")}}],
            "predicate": predicate,
        }
        kept.append(repository.add_blob(IN_TOTO, json_bytes(statement)))
        layers.append(kept[-1].descriptor(annotations={"in-toto.io/predicate-type": predicate_type}))
    unknown = Platform("unknown", "unknown").as_json()
    marks: Object = {"vnd.docker.reference.digest": digest, "vnd.docker.reference.type": "attestation-manifest"}
    document: Object = {"schemaVersion": 2, "mediaType": OCI_MANIFEST}
    if version.startswith("1."):
        # Its first form passes for an image; in the later one (oci-artifact=true) it is an artifact with a subject.
        rootfs: Object = {"type": "layers", "diff_ids": [one.digest for one in kept]}
        config = repository.add_blob(CONFIG, json_bytes({**unknown, "config": {}, "rootfs": rootfs}, None))
        document |= {"config": config.descriptor(), "layers": layers}
    else:
        subject: Object = {key: image[key] for key in ("mediaType", "digest", "size")}
        empty = repository.add_blob(EMPTY, b"{}")
        document |= {"artifactType": ATTESTATION, "config": empty.descriptor(data="e30="), "layers": layers}
        document["subject"] = subject
    return repository.add_manifest(document).descriptor(annotations=marks, platform=unknown)
