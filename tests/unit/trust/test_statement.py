import pytest
from playground.sboms import provenance

from app.oci.digest import digest_of
from app.oci.document import InvalidDocument
from app.trust.statement import Provenance, parse_statement
from tests.unit.trust.signers import document

DIGEST = digest_of(b"image")
V1 = "https://slsa.dev/provenance/v1"
V02 = "https://slsa.dev/provenance/v0.2"


def statement(predicate: object, kind: str = V1, **more: object) -> bytes:
    subject = [{"name": "app", "digest": {"sha256": DIGEST.encoded}}]
    return document(
        _type="https://in-toto.io/Statement/v1", predicateType=kind, predicate=predicate, **{"subject": subject, **more}
    )


def test_a_statement_is_about_its_subjects() -> None:
    found = parse_statement(statement({}))
    assert found.predicate_type == V1
    assert found.is_of(DIGEST)
    assert not found.is_of(digest_of(b"another"))


def test_a_build_is_told_by_provenance_of_version_1() -> None:
    found = parse_statement(statement(provenance("2.0.0", "2026-01-05T08:00:00Z"))).provenance
    assert found is not None
    assert found.builder == "https://git.example/actions/runner"
    assert found.source == "git+https://git.example/harbour/harbour@refs/tags/v2.0.0"
    assert found.started == "2026-01-05T08:00:00Z"
    assert found.materials[0][0] == found.source


def test_a_build_is_told_by_provenance_of_version_0_2() -> None:
    predicate = {
        "builder": {"id": "b"},
        "buildType": "t",
        "invocation": {"configSource": {"uri": "git+https://git.example/a"}},
        "metadata": {"buildInvocationID": "i", "buildStartedOn": "s", "buildFinishedOn": "f"},
        "materials": [{"uri": "pkg:docker/base", "digest": {"sha256": "ab"}}, "broken", {"digest": {}}],
    }
    assert parse_statement(statement(predicate, V02)).provenance == Provenance(
        "b", "t", "i", "s", "f", "git+https://git.example/a", (("pkg:docker/base", "sha256:ab"),)
    )


@pytest.mark.parametrize(
    "predicate", [{}, {"builder": "text", "materials": 7}, {"buildDefinition": {"externalParameters": []}}]
)
def test_provenance_of_another_shape_says_nothing(predicate: object) -> None:
    found = parse_statement(statement(predicate)).provenance
    assert found is not None
    assert found.builder is None


def test_another_predicate_is_no_provenance() -> None:
    assert parse_statement(statement({}, "https://spdx.dev/Document")).provenance is None


def test_a_predicate_that_is_no_object_is_no_provenance() -> None:
    assert parse_statement(statement("text")).provenance is None


def test_a_statement_without_predicate_type_is_refused() -> None:
    with pytest.raises(InvalidDocument):
        parse_statement(document(subject=[]))
