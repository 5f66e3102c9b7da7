import pytest

from app.oci.digest import digest_of
from app.oci.document import InvalidDocument
from app.trust.simple_signing import parse_simple_signing
from tests.unit.trust.signers import document

DIGEST = digest_of(b"image")


def payload(**more: object) -> bytes:
    image = {"docker-manifest-digest": str(DIGEST)}
    critical = {
        "identity": {"docker-reference": "r.example/app"},
        "image": image,
        "type": "cosign container image signature",
    }
    return document(critical=critical, **more)


def test_a_payload_claims_a_digest_under_a_name() -> None:
    found = parse_simple_signing(payload(optional={"creator": "ada", "run": 7, "list": []}))
    assert found.reference == "r.example/app"
    assert found.is_of(DIGEST)
    assert not found.is_of(digest_of(b"another"))
    assert found.optional == (("creator", "ada"), ("run", "7"))


def test_optional_may_be_null() -> None:
    assert parse_simple_signing(payload(optional=None)).optional == ()


@pytest.mark.parametrize(
    "data", [b"{}", b'{"critical": []}', b'{"critical": {"image": {"docker-manifest-digest": 7}}}']
)
def test_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDocument):
        parse_simple_signing(data)
