"""sample/classic and sample/antique: Docker's own formats, schema 2 and the signed schema 1."""

from playground.answer import Json
from playground.archives import folder, text
from playground.images import DOCKER_LAYER, Layer, Platform, add_image, layer
from playground.signing import jws_signature, libtrust_jwk
from playground.store import DOCKER_LIST, SCHEMA1_SIGNED, Blob, Object, Repository, json_bytes, sha256
from playground.tokens import b64url
from playground.words import prose

PLATFORMS = (
    Platform("linux", "amd64"),
    Platform("linux", "arm64", "v8"),
    Platform("linux", "386"),
    Platform("linux", "s390x"),
    Platform("windows", "amd64", os_version="10.0.20348.2113"),
)


def build_classic() -> Repository:
    """A manifest list as `latest` and `list`, a plain image as `single`."""
    repository = Repository()
    shared = layer([folder("etc"), text("etc/motd", prose("classic", 20))], "ADD file:c1a55 in / ", DOCKER_LAYER)
    entries: list[Json] = []
    for platform in PLATFORMS:
        name = f"{platform.os}-{platform.architecture}"
        own = layer([folder("opt"), text("opt/platform", name + "\n")], f"COPY {name} /opt/platform", DOCKER_LAYER)
        config: Object = {
            "Hostname": "",
            "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
            "Cmd": ["/bin/sh"],
            "Image": own.diff_id,
            "Labels": None,
        }
        steps: list[Layer | str] = [shared, own, '/bin/sh -c #(nop)  CMD ["/bin/sh"]']
        tags = ("single",) if platform.architecture == "s390x" else ()
        image = add_image(repository, steps, *tags, platform=platform, config=config, docker=True)
        entries.append(image.descriptor(platform=platform.as_json()))
    repository.add_manifest(
        {"schemaVersion": 2, "mediaType": DOCKER_LIST, "manifests": entries}, "latest", "list", indent=3
    )
    return repository


def build_antique() -> Repository:
    """A signed schema 1 manifest, which registries have not taken since distribution 3 but some still hold."""
    repository = Repository()
    layers = [layer([text(f"etc/{name}", prose(name, 5))], f"ADD {name}", DOCKER_LAYER) for name in ("older", "newer")]
    newest_first = list(reversed(layers))
    history: list[Json] = []
    for at, one in enumerate(newest_first):
        v1: Object = {"id": one.diff_id[7:], "created": "2014-06-09T12:00:00Z", "os": "linux"}
        if at + 1 < len(newest_first):
            v1["parent"] = newest_first[at + 1].diff_id[7:]
        v1["container_config"] = {"Cmd": [one.created_by]}
        history.append({"v1Compatibility": json_bytes(v1, None).decode()})
        repository.blobs[one.blob.digest] = one.blob
    payload = json_bytes(
        {
            "schemaVersion": 1,
            "name": "sample/antique",
            "tag": "latest",
            "architecture": "amd64",
            "fsLayers": [{"blobSum": one.blob.digest} for one in newest_first],
            "history": history,
        },
        3,
    )
    repository.keep(signed(payload), "latest")
    return repository


def signed(payload: bytes) -> Blob:
    """Docker's pretty JWS: signatures are put before the last brace, and the digest is that of the payload alone.

    `formatLength` and `formatTail` of the protected header say how to get the payload back.
    """
    tail = b"\n}"
    head = payload.removesuffix(tail)
    form: Object = {"formatLength": len(head), "formatTail": b64url(tail), "time": "2014-06-09T12:00:00Z"}
    protected = b64url(json_bytes(form, None))
    signature: Object = {
        "header": {"jwk": libtrust_jwk("antique"), "alg": "ES256"},
        "signature": jws_signature("antique", f"{protected}.{b64url(payload)}".encode()),
        "protected": protected,
    }
    signatures = json_bytes({"signatures": [signature]}, 3).removeprefix(b"{").removesuffix(tail)
    return Blob(SCHEMA1_SIGNED, sha256(payload), head + b"," + signatures + tail)
