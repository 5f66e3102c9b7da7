from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ObjectIdentifier

from app.trust.certificate import parse_certificate
from app.trust.rekor import LogEntry
from app.view.markup import render
from app.view.signature_certificate import certificate, certificates, chain_view, log_entry
from tests.unit.trust import signers
from tests.unit.view.facts import facts
from tests.unit.view.reading import read

KEY = ec.derive_private_key(3, ec.SECP256R1())
FULCIO = "1.3.6.1.4.1.57264.1."


def utf8(text: str) -> bytes:
    return bytes([0x0C, len(text)]) + text.encode()


def test_what_fulcio_knows_is_in_words_and_once() -> None:
    found = parse_certificate(
        signers.certificate(
            KEY,
            (x509.SubjectAlternativeName([x509.UniformResourceIdentifier("https://ci.example/run")]), True),
            (x509.UnrecognizedExtension(ObjectIdentifier(FULCIO + "1"), b"https://login.example"), False),
            (x509.UnrecognizedExtension(ObjectIdentifier(FULCIO + "8"), utf8("https://login.example")), False),
            (x509.UnrecognizedExtension(ObjectIdentifier(FULCIO + "14"), utf8("refs/heads/main")), False),
        )
    )
    node = read(render(certificate(found)))
    assert [name.words for name in node.all("dt")].count("Signed in at") == 1
    assert facts(node)["Signed in at"] == "https://login.example"
    assert facts(node)["Source branch or tag"] == "refs/heads/main"
    assert node.all("a", href="https://ci.example/run")


def test_validity_and_issuer_are_said() -> None:
    said = facts(read(render(certificate(parse_certificate(signers.certificate())))))
    assert said["Issued by"] == "O=Harbour Office"
    assert said["Valid"] == "from 2026-09-21 07:00:00 UTC to 2026-09-22 07:00:00 UTC"


def test_extensions_that_are_not_known_are_counted() -> None:
    found = signers.certificate(KEY, (x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"x"), True))
    words = read(render(certificate(parse_certificate(found)))).words
    assert "1 further extension" in words
    assert "1.2.3.4" in words
    assert "(critical)" in words


def test_those_that_issued_it_are_folded() -> None:
    one = parse_certificate(signers.certificate())
    node = read(render(certificates((one,), (one,))))
    assert len(node.all("details")) == 1
    assert "Certificate 2 beside it" in node.one("summary").words


def test_without_certificates_there_is_no_heading() -> None:
    assert render(certificates(())) == ""


def test_one_certificate_alone_is_not_numbered() -> None:
    assert read(render(chain_view((parse_certificate(signers.certificate()),)))).one("h3").words == "Certificate"


def test_a_log_entry_says_that_its_proof_was_not_checked() -> None:
    words = read(render(log_entry(LogEntry(7, "ab", 1789974900, "hashedrekord 0.0.1", True, False, b"{}")))).words
    assert "a signed promise of inclusion, not checked" in words
    assert "hashedrekord 0.0.1" in words


def test_a_log_entry_without_proof_says_so() -> None:
    assert "no proof" in read(render(log_entry(LogEntry(None, "", None, None, False, False, b"")))).words
