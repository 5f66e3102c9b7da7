from app.view.content_certificate import MOST, certificate_view
from app.view.markup import render
from tests.unit.trust.signers import certificate, pem
from tests.unit.view.reading import read

ONE = certificate()


def test_a_certificate_in_der_says_whose_it_is_and_that_nobody_checked_it() -> None:
    words = read(render(certificate_view(ONE, None))).words
    assert "Subject" in words
    assert "Read, not checked" in words


def test_a_bundle_shows_the_first_ones_and_how_many_more() -> None:
    node = read(render(certificate_view(b"", pem(*[ONE] * (MOST + 5)))))
    assert len(node.all("dl")) == MOST
    assert "5 more in the file" in node.words


def test_a_broken_one_among_others_is_passed_over() -> None:
    text = pem(ONE) + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + pem(ONE)
    assert len(read(render(certificate_view(b"", text))).all("dl")) == 2


def test_what_is_none_is_said() -> None:
    assert "No certificate could be read" in read(render(certificate_view(b"\x30\x00", None))).words
