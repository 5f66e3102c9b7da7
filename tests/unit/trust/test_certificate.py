import contextlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from app.auth.der import NotDer, write_element
from app.trust.certificate import parse_certificate, parse_chain
from tests.unit.trust.signers import KEY, certificate, pem

FULCIO = "1.3.6.1.4.1.57264.1."


def test_a_certificate_says_who_what_and_until_when() -> None:
    found = parse_certificate(certificate(subject=[(NameOID.COMMON_NAME, "ship"), (NameOID.COUNTRY_NAME, "DK")]))
    assert found.subject == "CN=ship, C=DK"
    assert found.issuer == "O=Harbour Office"
    assert (found.not_before, found.not_after) == ("2026-09-21T07:00:00Z", "2026-09-22T07:00:00Z")
    assert (found.key, found.algorithm, found.serial) == ("EC P-256", "ECDSA with SHA-256", "1a2b")
    assert found.uses == ("code signing",)
    assert not found.is_authority


def test_the_identity_is_the_first_alternative_name() -> None:
    found = parse_certificate(certificate())
    assert found.names == (("e-mail", "ada@harbour.example"),)
    assert found.identity == "ada@harbour.example"


def test_without_alternative_names_the_identity_is_the_subject() -> None:
    basic = (x509.BasicConstraints(ca=True, path_length=None), True)
    found = parse_certificate(certificate(KEY, basic))
    assert found.identity == "CN=ship"
    assert found.is_authority


def test_alternative_names_of_every_kind_are_read() -> None:
    import ipaddress

    names = x509.SubjectAlternativeName(
        [
            x509.UniformResourceIdentifier("https://ci.example/run/1"),
            x509.DNSName("harbour.example"),
            x509.IPAddress(ipaddress.ip_address("192.0.2.7")),
            x509.OtherName(x509.ObjectIdentifier(FULCIO + "7"), write_element(0x0C, b"robot")),
        ]
    )
    assert parse_certificate(certificate(KEY, (names, False))).names == (
        ("URI", "https://ci.example/run/1"),
        ("DNS", "harbour.example"),
        ("IP", "192.0.2.7"),
        ("other name", "robot"),
    )


def test_what_fulcio_put_in_is_named() -> None:
    old = x509.UnrecognizedExtension(x509.ObjectIdentifier(FULCIO + "1"), b"https://login.example")
    new = x509.UnrecognizedExtension(
        x509.ObjectIdentifier(FULCIO + "12"), write_element(0x0C, b"https://git.example/a")
    )
    found = parse_certificate(certificate(KEY, (old, False), (new, False)))
    assert found.fulcio == (("issuer", "https://login.example"), ("source repository URI", "https://git.example/a"))


def test_an_extension_of_nobody_knows_what_is_named_by_its_number() -> None:
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\xff")
    (found,) = parse_certificate(certificate(KEY, (strange, True))).extensions
    assert (found.identifier, found.name, found.critical, found.text) == ("1.2.3.4", None, True, None)


def test_uses_of_the_key_are_in_words() -> None:
    usage = x509.KeyUsage(True, False, False, False, False, True, False, False, False)
    found = parse_certificate(
        certificate(KEY, (usage, True), (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False))
    )
    assert found.extensions[0].text == "digital signature, certificate signing"
    assert found.uses == ("OCSP signing",)


def test_an_rsa_key_is_named() -> None:
    key = rsa.generate_private_key(65537, 2048)
    assert parse_certificate(certificate(key)).key == "RSA"


def test_a_chain_is_read_in_its_order() -> None:
    leaf, root = certificate(), certificate(subject=[(NameOID.COMMON_NAME, "root")])
    assert [one.subject for one in parse_chain("leading words\n" + pem(leaf, root))] == ["CN=ship", "CN=root"]


def test_a_text_without_certificates_has_none() -> None:
    assert parse_chain("nothing here") == ()


@pytest.mark.parametrize(
    "text", ["-----BEGIN CERTIFICATE-----\nMII", "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----"]
)
def test_a_broken_chain_is_refused(text: str) -> None:
    with pytest.raises(NotDer):
        parse_chain(text)


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x03\x30\x01\x00", certificate() + b"\0", certificate()[:-1]])
def test_bytes_that_are_no_certificate_are_refused(data: bytes) -> None:
    with pytest.raises(NotDer):
        parse_certificate(data)


# One for all examples: a signature differs each time, in length too.
WHOLE = certificate()


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_changed_byte_never_raises_anything_else(at: int, octet: int) -> None:
    data = bytearray(WHOLE)
    data[at] = octet
    with contextlib.suppress(NotDer):
        parse_certificate(bytes(data))
