"""Sigstore bundles v0.3, as cosign 3 keeps signatures and attestations: referrers, with no tag beside them."""

import hashlib
import json
from base64 import b64decode, b64encode

from playground.images import add_artifact
from playground.signing import INTEGRATED, certificate, dsse, sign
from playground.store import Blob, Object, Repository, json_bytes

BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
SIGN = "https://sigstore.dev/cosign/sign/v1"


def bundle(statement: Object) -> bytes:
    """sigstore/protobuf-specs, sigstore_bundle.proto: certificate, log entry, and a statement in its envelope."""
    envelope = json.loads(dsse(statement))
    body: Object = {
        "apiVersion": "0.0.1",
        "kind": "dsse",
        "spec": {
            "envelopeHash": {"algorithm": "sha256", "value": hashlib.sha256(dsse(statement)).hexdigest()},
            "payloadHash": {
                "algorithm": "sha256",
                "value": hashlib.sha256(b64decode(envelope["payload"])).hexdigest(),
            },
            "signatures": [
                {
                    "signature": envelope["signatures"][0]["sig"],
                    "verifier": b64encode(certificate("signer", "Sample CA").encode()).decode(),
                }
            ],
        },
    }
    entry = json_bytes(body, None)
    # A log of this entry alone: RFC 6962 section 2.1, the hash of a tree of one leaf is the leaf's.
    root = hashlib.sha256(b"\0" + entry).digest()
    log = hashlib.sha256(b"sample log").digest()
    origin = f"log.harbour.example - 1\n1\n{b64encode(root).decode()}\n"
    promised: Object = {
        "body": b64encode(entry).decode(),
        "integratedTime": INTEGRATED,
        "logID": log.hex(),
        "logIndex": 1852,
    }
    document: Object = {
        "mediaType": BUNDLE,
        "verificationMaterial": {
            "certificate": {"rawBytes": b64encode(der(certificate("signer", "Sample CA"))).decode()},
            "tlogEntries": [
                {
                    "logIndex": "1852",
                    "logId": {"keyId": b64encode(log).decode()},
                    "kindVersion": {"kind": "dsse", "version": "0.0.1"},
                    "integratedTime": str(INTEGRATED),
                    "inclusionPromise": {"signedEntryTimestamp": sign("log", json_bytes(promised, None))},
                    "inclusionProof": {
                        "logIndex": "0",
                        "rootHash": b64encode(root).decode(),
                        "treeSize": "1",
                        "hashes": [],
                        "checkpoint": {"envelope": f"{origin}\n— log.harbour.example {sign('log', origin.encode())}\n"},
                    },
                    "canonicalizedBody": b64encode(entry).decode(),
                }
            ],
            "timestampVerificationData": {"rfc3161Timestamps": []},
        },
        "dsseEnvelope": envelope,
    }
    return json_bytes(document, None)


def der(pem: str) -> bytes:
    """What stands between the lines."""
    return b64decode("".join(line for line in pem.splitlines() if not line.startswith("-----")))


def add_bundle(repository: Repository, subject: Blob, predicate_type: str, predicate: Object) -> None:
    """A referrer whose one layer is a bundle."""
    statement: Object = {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": predicate_type,
        "subject": [{"name": "", "digest": {"sha256": subject.digest.removeprefix("sha256:")}}],
        "predicate": predicate,
    }
    kept = repository.add_blob(BUNDLE, bundle(statement))
    notes: Object = {
        "dev.sigstore.bundle.content": "dsse-envelope",
        "dev.sigstore.bundle.predicateType": predicate_type,
        "org.opencontainers.image.created": "2026-09-21T07:15:00Z",
    }
    add_artifact(repository, BUNDLE, [kept.descriptor()], subject=subject, annotations=notes)
