"""What vouches for sample/harbour:latest: a signature, an attestation, two SBOMs, and a signature of an SBOM.

Each is there twice, as clients of either age keep it: as a referrer with a subject, and under a tag made of the digest
(sha256-….sig, .att, .sbom).
"""

from playground.content_harbour import PACKAGES, VERSIONS
from playground.images import CONFIG, CREATED, add_artifact
from playground.sboms import SLSA, cyclonedx, provenance, spdx
from playground.signing import DSSE, cosign_annotations, dsse
from playground.store import Blob, Object, Repository, json_bytes

SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json"
SIGNATURE = "application/vnd.dev.cosign.artifact.sig.v1+json"
SPDX = "application/spdx+json"
CYCLONEDX = "application/vnd.cyclonedx+json"


def add_trust(repository: Repository) -> None:
    """Add all of it to sample/harbour."""
    index = repository.manifests[repository.tags["latest"]]
    version, created = "2.0.0", VERSIONS["2.0.0"][0]
    tag = index.digest.replace(":", "-")
    sign_manifest(repository, index, tag + ".sig")
    attest(repository, index, tag + ".att", version, created)

    text = json_bytes(spdx("harbour", version, PACKAGES, created))
    listed = repository.add_blob(SPDX, text)
    notes: Object = {"org.opencontainers.image.created": created}
    sbom = add_artifact(repository, SPDX, [listed.descriptor()], subject=index, annotations=notes)
    sign_manifest(repository, sbom, sbom.digest.replace(":", "-") + ".sig")
    old = repository.add_blob("text/spdx+json", text)
    add_artifact(repository, "", [old.descriptor()], tag + ".sbom", config=image_config(repository, [old]))

    components = repository.add_blob(CYCLONEDX, json_bytes(cyclonedx("harbour", version, PACKAGES, created)))
    add_artifact(repository, CYCLONEDX, [components.descriptor()], subject=index, annotations=notes)


def sign_manifest(repository: Repository, subject: Blob, tag: str) -> None:
    """A cosign signature: the payload is a blob, the signature over it an annotation."""
    claim: Object = {
        "critical": {
            "identity": {"docker-reference": "sample/harbour"},
            "image": {"docker-manifest-digest": subject.digest},
            "type": "cosign container image signature",
        },
        "optional": None,
    }
    payload = repository.add_blob(SIMPLE_SIGNING, json_bytes(claim, None))
    layers = [payload.descriptor(annotations=cosign_annotations(payload.data))]
    add_artifact(repository, "", layers, tag, config=image_config(repository, [payload]))
    add_artifact(repository, SIGNATURE, layers, subject=subject)


def attest(repository: Repository, subject: Blob, tag: str, version: str, created: str) -> None:
    """An in-toto statement in a DSSE envelope, as `cosign attest` keeps it."""
    statement: Object = {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": SLSA,
        "subject": [{"name": "sample/harbour", "digest": {"sha256": subject.digest.removeprefix("sha256:")}}],
        "predicate": provenance(version, created),
    }
    envelope = repository.add_blob(DSSE, dsse(statement))
    layers = [envelope.descriptor(annotations={"dev.cosignproject.cosign/signature": "", "predicateType": SLSA})]
    add_artifact(repository, "", layers, tag, config=image_config(repository, [envelope]))
    add_artifact(repository, "application/vnd.in-toto+json", layers, subject=subject)


def image_config(repository: Repository, layers: list[Blob]) -> Blob:
    """The config that cosign writes under its tags, so that registries without artifacts take them for images."""
    document: Object = {
        "architecture": "",
        "created": CREATED,
        "history": [{"created": CREATED}],
        "os": "",
        "rootfs": {"type": "layers", "diff_ids": [one.digest for one in layers]},
        "config": {},
    }
    return repository.add_blob(CONFIG, json_bytes(document, None))
