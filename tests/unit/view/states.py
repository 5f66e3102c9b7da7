"""States for tests of the view: one registry, one repository, and what may be known of them."""

import json
from collections.abc import Mapping, Sequence

from app.auth.errors import LoginPrompt
from app.auth.identity import Standing
from app.client.fetched import Fetched
from app.oci import media_type as types
from app.oci.config import ImageConfig, parse_config
from app.oci.descriptor import Descriptor
from app.oci.digest import Digest, digest_of
from app.oci.index import Index
from app.oci.manifest_document import parse_manifest
from app.oci.origin import Origin
from app.state.failure import Failure, failure_of
from app.state.host_config import DEFAULT
from app.state.model import (
    AppState,
    Catalog,
    Child,
    Landing,
    Listing,
    ManifestPage,
    Page,
    Recent,
    Settings,
    TagDetail,
    TagOrder,
    Tags,
)
from app.state.route import parse_route
from app.view import screen
from tests.unit.view.reading import Node, read

REGISTRY = Origin("https", "registry.example.net", None)
HOST = "#/registry.example.net"
REPOSITORY = f"{HOST}/harbour/tide-gauge"
MANIFEST = f"{REPOSITORY}:2.4.1"
URL = "https://registry.example.net/v2/harbour/tide-gauge/manifests/2.4.1"
ANONYMOUS = Standing(None, None, None)
ALICE = Standing("bearer", "alice", 272.4)
SETTINGS = Settings(True, "auto", (), ())
RECENT = Recent("registry.example.net", 1_770_800_000.0)
PROMPT = LoginPrompt(REGISTRY, "bearer", "https://registry.example.net/token", REGISTRY, None, (), "required", None)


def at(hash_: str, page: Page, **fields: object) -> AppState:
    """A state that shows this page, signed in to nothing."""
    base = AppState(parse_route(hash_), page, False, None, None, False, None, None, ANONYMOUS, DEFAULT, SETTINGS, ())
    return base._replace(**fields)  # type: ignore[arg-type]


def shown(state: AppState) -> Node:
    """The page as a person gets it: the main region with its chunks filled in."""
    regions = {region.region: region for region in screen.render(state).regions}
    main = read(regions["main"].build())
    for node in main:
        if "data-region" in node.attributes:
            node.children = list(read(regions[node["id"]].build()).children)
    return main


def keys(state: AppState) -> dict[str, object]:
    """The keys of all regions by their names."""
    return {region.region: region.key for region in screen.render(state).regions}


def listing(
    items: Sequence[str], *, complete: bool = True, loading: bool = False, failure: Failure | None = None
) -> Listing:
    return Listing(tuple(items), complete, loading, failure)


def catalog(
    items: Sequence[str],
    *,
    complete: bool = True,
    loading: bool = False,
    failure: Failure | None = None,
    filter_: str = "",
    grouped: bool = False,
    rows: Sequence[str] | None = None,
    shown: int = 200,
) -> Catalog:
    entries = listing(items, complete=complete, loading=loading, failure=failure)
    return Catalog(entries, filter_, grouped, tuple(items if rows is None else rows), shown)


def tags(
    items: Sequence[str],
    *,
    complete: bool = True,
    loading: bool = False,
    failure: Failure | None = None,
    filter_: str = "",
    order: TagOrder = "-version",
    rows: Sequence[str] | None = None,
    shown: int = 200,
    details: Mapping[str, TagDetail] | None = None,
) -> Tags:
    entries = listing(items, complete=complete, loading=loading, failure=failure)
    return Tags(entries, filter_, order, tuple(items if rows is None else rows), shown, details or {})


def digest(text: str) -> Digest:
    return digest_of(text.encode())


def fetched(document: object, media_type: str, *, stated: bool = True) -> Fetched:
    """A manifest as the client would bring it; with `stated` False the registry's own digest was hidden."""
    raw = json.dumps(document).encode()
    found = digest_of(raw)
    return Fetched(raw, media_type, found, found if stated else None, parse_manifest(raw, media_type))


def descriptor(
    of: Fetched, platform: str | None = None, annotations: Mapping[str, str] | None = None
) -> dict[str, object]:
    """The JSON of a descriptor of a manifest. `platform`: os/architecture[/variant]."""
    found: dict[str, object] = {"mediaType": of.media_type, "digest": str(of.digest), "size": len(of.raw)}
    if platform is not None:
        system, architecture, *variant = platform.split("/")
        found["platform"] = {"os": system, "architecture": architecture, **({"variant": variant[0]} if variant else {})}
    if annotations is not None:
        found["annotations"] = dict(annotations)
    return found


CONFIG_JSON = json.dumps(
    {
        "created": "2026-02-11T06:42:18Z",
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "Entrypoint": ["/bin/tide-gauge"],
            "Cmd": ["serve", "--title", "Tide gauge"],
            "User": "10001",
            "ExposedPorts": {"8080/tcp": {}},
            "Env": ["TZ=UTC"],
            "Labels": {"maintainer": "harbour-team"},
        },
        "rootfs": {"type": "layers", "diff_ids": []},
        "history": [
            {"created_by": "ADD rootfs.tar.xz / # buildkit"},
            {"created_by": 'CMD ["sh"]', "empty_layer": True},
            {"created_by": "RUN /bin/sh -c make install # buildkit"},
        ],
    }
).encode()
CONFIG: ImageConfig = parse_config(CONFIG_JSON)


def image_json(name: str = "amd64", layers: int = 2, **more: object) -> dict[str, object]:
    """The JSON of an image's manifest; `name` makes its layers its own."""
    sizes = (3_000_000, 1_000_000, 500)
    return {
        "schemaVersion": 2,
        "mediaType": types.OCI_MANIFEST,
        "config": {"mediaType": types.OCI_CONFIG, "digest": str(digest_of(CONFIG_JSON)), "size": len(CONFIG_JSON)},
        "layers": [
            {"mediaType": types.OCI_LAYER_GZIP, "digest": str(digest(f"{name} {number}")), "size": sizes[number % 3]}
            for number in range(layers)
        ],
        **more,
    }


IMAGE = fetched(image_json(), types.OCI_MANIFEST)
ARM = fetched(image_json("arm64"), types.OCI_MANIFEST)
ATTESTATION = fetched(
    {
        "schemaVersion": 2,
        "mediaType": types.OCI_MANIFEST,
        "config": {"mediaType": types.OCI_CONFIG, "digest": str(digest("att")), "size": 200},
        "layers": [{"mediaType": types.IN_TOTO, "digest": str(digest("in-toto")), "size": 41_000}],
    },
    types.OCI_MANIFEST,
)
INDEX = fetched(
    {
        "schemaVersion": 2,
        "mediaType": types.OCI_INDEX,
        "manifests": [
            descriptor(IMAGE, "linux/amd64"),
            descriptor(ARM, "linux/arm64/v8"),
            descriptor(
                ATTESTATION,
                "unknown/unknown",
                {
                    "vnd.docker.reference.type": "attestation-manifest",
                    "vnd.docker.reference.digest": str(IMAGE.digest),
                },
            ),
        ],
    },
    types.OCI_INDEX,
)
CHART = fetched(
    {
        "schemaVersion": 2,
        "mediaType": types.OCI_MANIFEST,
        "config": {"mediaType": types.HELM_CONFIG, "digest": str(digest("chart config")), "size": 420},
        "layers": [
            {
                "mediaType": types.HELM_CHART,
                "digest": str(digest("chart")),
                "size": 24_380,
                "annotations": {"org.opencontainers.image.title": "tide-gauge-2.4.1.tgz"},
            }
        ],
        "annotations": {"org.opencontainers.image.version": "2.4.1"},
    },
    types.OCI_MANIFEST,
)


def descriptors(of: Fetched) -> tuple[Descriptor, ...]:
    assert isinstance(of.document, Index)
    return of.document.manifests


def children(*read_ones: Fetched | None) -> tuple[Child, ...]:
    """The manifests of INDEX, read as far as given."""
    found = (*read_ones, None, None, None)
    return tuple(Child(one, found[number], None) for number, one in enumerate(descriptors(INDEX)))


def manifest_page(of: Fetched | None, **fields: object) -> ManifestPage:
    """The page of a manifest; nothing refers to it."""
    base = ManifestPage(of, (), None, None, None, None, (), None)
    return base._replace(**fields)  # type: ignore[arg-type]


def image_page(**fields: object) -> ManifestPage:
    return manifest_page(IMAGE, image=IMAGE, config=CONFIG)._replace(**fields)  # type: ignore[arg-type]


def index_page(**fields: object) -> ManifestPage:
    page = manifest_page(INDEX, children=children(IMAGE, ARM, ATTESTATION), image=IMAGE, config=CONFIG)
    return page._replace(**fields)  # type: ignore[arg-type]


def failed(error: Exception) -> Failure:
    return failure_of(error)


LANDING = Landing("", None)
