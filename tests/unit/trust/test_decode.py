import json
from collections.abc import Mapping

import pytest
from playground.sboms import cyclonedx, spdx
from playground.signing import cosign_annotations, dsse

from app.oci.document import InvalidDocument
from app.trust.decode import (
    BUNDLE,
    CERTIFICATE,
    CHAIN,
    SIGNATURE,
    Chain,
    CosignSignature,
    SignedBundle,
    SignedStatement,
    decode_content,
)
from app.trust.notation import NotationSignature
from app.trust.sbom import Sbom
from app.trust.statement import Statement
from tests.unit.trust.signers import b64, certificate, document, pem
from tests.unit.trust.test_bundle import bundle
from tests.unit.trust.test_notation import cose, jws
from tests.unit.trust.test_simple_signing import payload
from tests.unit.trust.test_statement import statement

COSIGN: Mapping[str, str] = {name: str(text) for name, text in cosign_annotations(payload()).items()}


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (payload(), "", CosignSignature),
        (dsse(json.loads(statement({}))), "", SignedStatement),
        (bundle({}), "", SignedBundle),
        (jws(), "", NotationSignature),
        (cose(), "application/cose", NotationSignature),
        (statement({}), "application/json", Statement),
        (json.dumps(spdx("a", "1", {}, "")).encode(), "", Sbom),
        (json.dumps(cyclonedx("a", "1", {}, "")).encode(), "", Sbom),
        (b"SPDXVersion: SPDX-2.3\n", "text/spdx", Sbom),
        (pem(certificate()).encode(), "", Chain),
    ],
)
def test_each_kind_is_known_by_its_shape(data: bytes, media_type: str, kind: type) -> None:
    assert type(decode_content(data, media_type)) is kind


@pytest.mark.parametrize("data", [b"", b"{}", b'{"config": {}}', b"text", b"[1]", b"\x7fELF"])
def test_what_is_nothing_of_the_kind_is_none(data: bytes) -> None:
    assert decode_content(data) is None


@pytest.mark.parametrize("data", [b"{", b'{"payloadType": 1, "signatures": []}', b'{"critical": {"image": 1}}'])
def test_what_is_broken_says_so(data: bytes) -> None:
    with pytest.raises(InvalidDocument):
        decode_content(data)


def test_what_cosign_keeps_beside_a_payload_is_read() -> None:
    found = decode_content(payload(), "", COSIGN)
    assert isinstance(found, CosignSignature)
    assert found.signature is not None
    assert [one.identity for one in found.certificates] == ["ada@harbour.example"]
    assert [one.subject for one in found.chain] == ["CN=Sample CA"]
    assert found.entry is not None
    assert found.problems == ()


@pytest.mark.parametrize("name", [SIGNATURE, CERTIFICATE, CHAIN, BUNDLE])
def test_an_annotation_that_cannot_be_read_costs_only_itself(name: str) -> None:
    broken = "-----BEGIN CERTIFICATE-----" if name in (CERTIFICATE, CHAIN) else "*"
    found = decode_content(payload(), "", {**COSIGN, name: broken})
    assert isinstance(found, CosignSignature)
    assert found.problems == (name,)


def test_an_envelope_with_another_payload_has_no_statement() -> None:
    found = decode_content(document(payloadType="text/plain", payload=b64(b"hello"), signatures=[]))
    assert isinstance(found, SignedStatement)
    assert found.statement is None


def test_an_envelope_with_a_broken_statement_has_none() -> None:
    found = decode_content(document(payloadType="application/vnd.in-toto+json", payload=b64(b"{}"), signatures=[]))
    assert isinstance(found, SignedStatement)
    assert found.statement is None
