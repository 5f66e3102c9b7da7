"""sample/nested, sample/policy, sample/flux, sample/pki: an index of indexes, and more artifacts that are no images."""

from playground.archives import Entry, folder, gzip, tar, text
from playground.content_artifacts import title
from playground.identities import authority, leaf
from playground.images import CONFIG, CREATED, Platform, add_artifact, add_image, add_index, layer
from playground.store import OCI_MANIFEST, Object, Repository, json_bytes
from playground.words import prose

FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
FOREIGN_URL = "https://layers.example/windows/nanoserver/20348.2113/base.tar.gz"
WINDOWS = Platform("windows", "amd64", os_version="10.0.20348.2113")

REGO = """package harbour.entry

import rego.v1

default allow := false

# A ship may enter when the tide is high enough for it.
allow if input.ship.draught < data.harbour.depth
"""


def build_nested() -> Repository:
    """Image-spec, image-index.md: an index may name indexes. One of Linux, one of Windows with a foreign layer."""
    repository = Repository()
    linux: list[Object] = []
    for platform in (Platform("linux", "amd64"), Platform("linux", "riscv64")):
        own = layer([folder("opt"), text("opt/platform", platform.architecture + "\n")], "COPY platform /opt/platform")
        image = add_image(repository, [own], platform=platform)
        linux.append(image.descriptor(platform=platform.as_json()))
    windows = add_windows(repository)
    inner = [
        add_index(repository, linux).descriptor(annotations=title("Linux")),
        add_index(repository, [windows]).descriptor(annotations=title("Windows")),
    ]
    add_index(repository, inner, "latest")
    repository.tags["windows"] = str(windows["digest"])
    return repository


def add_windows(repository: Repository) -> Object:
    """An image of two layers, of which the registry has one: the lower is to be had from its maker alone."""
    base = layer(
        [folder("Files"), text("Files/License.txt", prose("windows", 30))], "Apply image 10.0.20348.2113", FOREIGN
    )
    own = layer([folder("Files"), text("Files/harbour.txt", "fair winds\r\n")], "cmd /S /C copy harbour.txt C:\\")
    document: Object = {
        "created": CREATED,
        **WINDOWS.as_json(),
        "config": {"Cmd": ["c:\\windows\\system32\\cmd.exe"]},
        "rootfs": {"type": "layers", "diff_ids": [base.diff_id, own.diff_id]},
        "history": [{"created": CREATED, "created_by": one.created_by} for one in (base, own)],
    }
    config = repository.add_blob(CONFIG, json_bytes(document, None))
    repository.blobs[own.blob.digest] = own.blob
    manifest: Object = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": config.descriptor(),
        "layers": [base.blob.descriptor(urls=[FOREIGN_URL]), own.blob.descriptor()],
    }
    return repository.add_manifest(manifest).descriptor(platform=WINDOWS.as_json())


def build_policy() -> Repository:
    """`latest`: a bundle as `opa build` and `oras push` make it. `conftest`: files as `conftest push` keeps them."""
    repository = Repository()
    roots: Object = {"revision": "17-of-2026", "roots": ["harbour"]}
    data: Object = {"harbour": {"depth": 11, "pilots": ["Ada Marlin"]}}
    entries = [
        Entry("/.manifest", json_bytes(roots, None)),
        Entry("/data.json", json_bytes(data, None)),
        text("/harbour/entry.rego", REGO),
    ]
    bundle = repository.add_blob("application/vnd.oci.image.layer.v1.tar+gzip", gzip(tar(entries)))
    config = repository.add_blob("application/vnd.oci.image.config.v1+json", b"{}")
    layers = [bundle.descriptor(annotations=title("bundle.tar.gz"))]
    add_artifact(repository, "", layers, "latest", config=config)
    prefix = "application/vnd.cncf.openpolicyagent."
    files = [
        repository.add_blob(prefix + "policy.layer.v1+rego", REGO.encode()),
        repository.add_blob(prefix + "data.layer.v1+json", json_bytes(data, None)),
    ]
    named = [
        one.descriptor(annotations=title(name)) for one, name in zip(files, ("entry.rego", "data.json"), strict=True)
    ]
    config = repository.add_blob(prefix + "config.v1+json", b"{}")
    add_artifact(repository, "", named, "conftest", config=config)
    return repository


def build_flux() -> Repository:
    """Manifests for Kubernetes as `flux push artifact` packs them."""
    repository = Repository()
    deployment = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: harbour\nspec:\n  replicas: 2\n  template:\n"
        "    spec:\n      containers:\n        - name: harbour\n          image: sample/harbour:2.0.0\n"
    )
    entries = [
        text("kustomization.yaml", "resources:\n  - deployment.yaml\n  - namespace.yaml\n"),
        text("deployment.yaml", deployment),
        text("namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: harbour\n"),
    ]
    document: Object = {"created": CREATED}
    config = repository.add_blob("application/vnd.cncf.flux.config.v1+json", json_bytes(document, None))
    content = repository.add_blob("application/vnd.cncf.flux.content.v1.tar+gzip", gzip(tar(entries)))
    notes: Object = {
        "org.opencontainers.image.created": CREATED,
        "org.opencontainers.image.source": "https://git.example/harbour/fleet",
        "org.opencontainers.image.revision": "main@sha1:5f1c2d0a9b8e7f6a5d4c3b2a190817263544f1e2",
    }
    add_artifact(repository, "", [content.descriptor()], "latest", config=config, annotations=notes)
    return repository


def build_pki() -> Repository:
    """Certificates as files: one in PEM, the same in DER, and a chain."""
    repository = Repository()
    pem = leaf("signer-of-notices").pem + authority().pem
    kept = {
        "notices.pem": repository.add_blob("application/x-pem-file", leaf("signer-of-notices").pem.encode()),
        "notices.der": repository.add_blob("application/pkix-cert", leaf("signer-of-notices").der),
        "chain.pem": repository.add_blob("application/pem-certificate-chain", pem.encode()),
    }
    layers = [one.descriptor(annotations=title(name)) for name, one in kept.items()]
    add_artifact(repository, "application/vnd.example.harbour.pki.v1", layers, "latest")
    return repository
