import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.sniff import sniff
from tests.unit.auth.keys import RSA_KEY, certificate, spki
from tests.unit.layers.layer_kit import gzip_of, tar_of
from tests.unit.layers.zstd_kit import zstd_of

CERTIFICATE = certificate(RSA_KEY)
PEM = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(CERTIFICATE) + b"-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    ("head", "kind", "name"),
    [
        (b"", "empty", "empty"),
        (b"plain text\n", "text", "utf-8"),
        ("Ærøskøbing 港\n".encode(), "text", "utf-8"),
        (b"\xef\xbb\xbfmarked", "text", "utf-8-sig"),
        ("wide".encode("utf-16"), "text", "utf-16"),
        (b"caf\xe9 au lait", "text", "latin-1"),
        (b"escape \x1b[31m is of terminals", "text", "utf-8"),
        (b'{"a": 1}', "json", "json"),
        (b'  [\n {"a": 1}]\n', "json", "json"),
        (b"{}", "json", "json"),
        (b"[section]\nkey=value", "text", "utf-8"),
        (b"{ not json", "text", "utf-8"),
        (b"<svg onload=alert(1)>", "text", "utf-8"),
        (b"\x89PNG\r\n\x1a\n....", "image", "png"),
        (b"\xff\xd8\xff\xe0", "image", "jpeg"),
        (b"GIF89a..", "image", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image", "webp"),
        (b"XXXX\0\0\0\0WEBPVP8 ", "binary", "binary"),
        (b"BMW is no bitmap", "text", "utf-8"),
        (PEM, "pem", "certificate"),
        (CERTIFICATE, "certificate", "x509"),
        (spki(RSA_KEY), "der", "der"),
        (b"0 is not DER", "text", "utf-8"),
        (b"\x7fELF\x02\x01\x01", "elf", "elf"),
        (b"\0asm\x01\0\0\0", "wasm", "wasm"),
        (gzip_of(b"x"), "archive", "gzip"),
        (zstd_of(b"x"), "archive", "zstd"),
        (tar_of(("a", b"")), "archive", "tar"),
        (b"PK\x03\x04....", "archive", "zip"),
        (b"BZh and a text", "text", "utf-8"),
        (b"%PDF-1.7", "document", "pdf"),
        (b"MZ\x90\0\x03", "binary", "windows program"),
        (b"\x01\x02\x03\0", "binary", "binary"),
    ],
)
def test_a_content_is_known_by_how_it_begins(head: bytes, kind: str, name: str) -> None:
    found = sniff(head)
    assert (found.kind, found.name) == (kind, name)


def test_a_character_cut_in_two_leaves_a_text_a_text() -> None:
    head = ("港" * 2000).encode()[:4096]
    assert sniff(head, 6000).kind == "text"


def test_json_that_is_cut_is_json() -> None:
    assert sniff(b'{"a": [1, 2, ', 10**6).kind == "json"


def test_der_that_is_not_as_long_as_the_content_is_none() -> None:
    assert sniff(CERTIFICATE[:100], 100).kind == "binary"
    assert sniff(CERTIFICATE[:100], len(CERTIFICATE)).kind == "certificate"


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything(head: bytes) -> None:
    assert sniff(head).kind
