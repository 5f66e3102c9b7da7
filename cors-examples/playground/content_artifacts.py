"""sample/chart, sample/wasm, sample/notes: artifacts that are no images."""

from playground.archives import gzip, tar, text
from playground.images import CREATED, add_artifact
from playground.store import Object, Repository, json_bytes
from playground.words import prose

HELM_CONFIG = "application/vnd.cncf.helm.config.v1+json"
HELM_CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
WASM_CONFIG = "application/vnd.wasm.config.v0+json"

# WebAssembly core specification, "Modules": (module (func (export "add") (param i32 i32) (result i32) …))
WASM_MODULE = (
    b"\0asm\x01\0\0\0"
    b"\x01\x07\x01\x60\x02\x7f\x7f\x01\x7f"  # type section: one function type
    b"\x03\x02\x01\x00"  # function section: one function of that type
    b"\x07\x07\x01\x03add\x00\x00"  # export section: it is called add
    b"\x0a\x09\x01\x07\x00\x20\x00\x20\x01\x6a\x0b"  # code section: local.get 0, local.get 1, i32.add
)


def title(name: str) -> Object:
    """The annotation by which clients name the file that a layer is."""
    return {"org.opencontainers.image.title": name}


def build_chart() -> Repository:
    """A Helm chart in three versions; a + of a version is an _ in its tag."""
    repository = Repository()
    for version in ("0.3.0", "0.4.0", "1.0.0+tide.5"):
        metadata: Object = {
            "name": "harbour",
            "version": version,
            "description": "Harbour for Kubernetes",
            "apiVersion": "v2",
            "appVersion": "2.0.0",
            "type": "application",
            "home": "https://harbour.example/",
            "maintainers": [{"name": "Ada Marlin", "email": "ada@harbour.example"}],
        }
        chart = f"apiVersion: v2\nname: harbour\nversion: {version}\nappVersion: 2.0.0\ntype: application\n"
        service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n"
        entries = [
            text("harbour/Chart.yaml", chart),
            text("harbour/values.yaml", "image:\n  repository: sample/harbour\n  tag: latest\nreplicas: 2\n"),
            text("harbour/templates/service.yaml", service),
            text("harbour/README.md", "# Harbour\n\n" + prose(version, 8)),
        ]
        config = repository.add_blob(HELM_CONFIG, json_bytes(metadata, None))
        content = repository.add_blob(HELM_CHART, gzip(tar(entries)))
        notes: Object = {
            "org.opencontainers.image.title": "harbour",
            "org.opencontainers.image.version": version,
            "org.opencontainers.image.description": "Harbour for Kubernetes",
            "org.opencontainers.image.created": CREATED,
        }
        add_artifact(
            repository, "", [content.descriptor()], version.replace("+", "_"), config=config, annotations=notes
        )
    return repository


def build_wasm() -> Repository:
    """A WebAssembly module, laid out as the CNCF's Wasm OCI artifact."""
    repository = Repository()
    module = repository.add_blob("application/wasm", WASM_MODULE)
    document: Object = {
        "created": CREATED,
        "author": "Harbour Office <office@harbour.example>",
        "architecture": "wasm",
        "os": "wasip1",
        "layerDigests": [module.digest],
    }
    config = repository.add_blob(WASM_CONFIG, json_bytes(document, None))
    add_artifact(repository, "", [module.descriptor(annotations=title("add.wasm"))], "latest", "0.1.0", config=config)
    return repository


def build_notes() -> Repository:
    """Files as `oras push` keeps them: `latest` of today, `legacy` from before there was an artifactType."""
    repository = Repository()
    page = repository.add_blob("text/markdown", b"# Notes to mariners\n\n" + prose("notes", 20).encode())
    table = repository.add_blob("text/csv", b"light,height\nNorth Mole,31\nSouth Mole,29\n")
    layers = [page.descriptor(annotations=title("notes.md")), table.descriptor(annotations=title("lights.csv"))]
    notes: Object = {"org.opencontainers.image.created": CREATED, "example.harbour.notice": "17 of 2026"}
    add_artifact(repository, "application/vnd.example.harbour.notes.v1", layers, "latest", annotations=notes)
    config = repository.add_blob("application/vnd.example.harbour.config.v1+json", b'{"edition":16}')
    add_artifact(repository, "", layers[:1], "legacy", config=config)
    return repository
