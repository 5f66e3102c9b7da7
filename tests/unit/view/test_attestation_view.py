from app.trust.encoded import object_in
from app.trust.envelope import read_envelope
from app.trust.statement import parse_statement
from app.view.attestation_view import envelope, statement
from app.view.markup import render
from tests.unit.trust.signers import b64, document
from tests.unit.trust.test_statement import DIGEST, V02
from tests.unit.trust.test_statement import statement as stated
from tests.unit.view.facts import facts
from tests.unit.view.reading import Node, read


def shown(data: bytes) -> Node:
    return read(render(statement(parse_statement(data), lambda digest, kind, octets: None)))


def test_provenance_names_builder_source_and_materials() -> None:
    predicate = {
        "builder": {"id": "https://ci.example/runner"},
        "invocation": {"configSource": {"uri": "git+https://git.example/app"}},
        "materials": [{"uri": "git+https://git.example/app", "digest": {"sha1": "ab12"}}],
    }
    node = shown(stated(predicate, V02))
    assert facts(node)["Built by"] == "https://ci.example/runner"
    assert facts(node)["Source"] == "git+https://git.example/app"
    assert "sha1:ab12" in node.one("tbody").words
    assert node.one("tbody").one("a")["href"] == "https://git.example/app"


def test_provenance_that_says_nothing_says_so() -> None:
    assert "It says nothing that is known here." in shown(stated({})).words


def test_a_subject_whose_digest_is_none_is_text() -> None:
    node = shown(stated({}, "x", subject=[{"name": "a", "digest": {"gitCommit": "ab"}}]))
    assert "gitCommit:ab" in node.words


def test_many_subjects_are_cut_with_a_count() -> None:
    many = [{"name": f"n{number}", "digest": {"sha256": DIGEST.encoded}} for number in range(60)]
    assert "and 10 more" in shown(stated({}, "x", subject=many)).words


def test_many_materials_are_cut_with_a_count() -> None:
    node = shown(stated({"materials": [{"uri": f"m{number}"} for number in range(230)]}, V02))
    assert len(node.one("tbody").all("tr")) == 200
    assert "and 30 more in the JSON" in node.words


def test_an_envelope_without_signatures_says_what_that_means() -> None:
    found = read_envelope(object_in(document(payloadType="t", payload=b64(b"p"), signatures=[]), "envelope"), "")
    assert "none: anybody could have written it" in read(render(envelope(found))).words
