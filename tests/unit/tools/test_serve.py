import asyncio
import errno
import gzip
import os
import socket
from pathlib import Path

import pytest

from tools.serve import LOOPBACK, PortTaken, Site, listen, main, make_app, media_type


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "static" / "vendor").mkdir(parents=True)
    (root / "static" / ".hidden").mkdir()
    (root / "app").mkdir()
    for name, text in {
        "index.html": "<!doctype html>",
        "pyscript.toml": "[files]\n",
        "pyproject.toml": "[project]\n",
        "app/main.py": "import app\n",
        "app/secret.py": "x = 1\n",
        "static/page.mjs": "export {};\n" * 200,
        "static/.hidden/file.js": "",
        "static/.env": "",
        "static/vendor/run.wasm": "wasm" * 1000,
    }.items():
        (root / name).write_text(text)
    (tmp_path / "outside.txt").write_text("not yours")
    (root / "static" / "link.txt").symlink_to(tmp_path / "outside.txt")
    return root


def ask(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they are on the wire, of a request to a server of its own."""

    async def asked() -> tuple[int, dict[str, str], bytes]:
        runner, port = await listen(make_app(site), 0)
        try:
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            lines = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close"]
            lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            writer.close()
            first, *rest = head.decode().split("\r\n")
            fields = dict(line.split(": ", 1) for line in rest)
            return int(first.split()[1]), fields, body
        finally:
            await runner.cleanup()

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pyodide.mjs", "text/javascript; charset=utf-8"),
        ("core.js", "text/javascript; charset=utf-8"),
        ("pyodide.asm.wasm", "application/wasm"),
        ("pyscript.toml", "application/toml"),
        ("app.zip", "application/zip"),
        ("build.json", "application/json"),
        ("icon.svg", "image/svg+xml"),
        ("main.py", "text/x-python; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("LICENSE", "text/plain; charset=utf-8"),
        ("unknown.xyz", "application/octet-stream"),
    ],
)
def test_a_file_is_served_with_the_type_that_a_browser_insists_on(name: str, expected: str) -> None:
    assert media_type(Path(name)) == expected


def test_the_root_is_the_page(root: Path) -> None:
    status, headers, body = ask(Site(root), "/")
    assert (status, headers["Content-Type"], body) == (200, "text/html; charset=utf-8", b"<!doctype html>")


@pytest.mark.parametrize("path", ["/pyscript.toml", "/app/main.py", "/static/page.mjs", "/static/page.mjs?v=1"])
def test_what_belongs_to_the_site_is_served(root: Path, path: str) -> None:
    assert ask(Site(root), path)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/pyproject.toml",
        "/app/secret.py",
        "/app/",
        "/static",
        "/static/",
        "/static/vendor",
        "/static/.env",
        "/static/.hidden/file.js",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/..%2f..%2foutside.txt",
        "/static/..%5c..%5coutside.txt",
        "/static//page.mjs",
        "//etc/passwd",
        "/static/link.txt",
        "/static/none.js",
        "/static/page.mjs%00.txt",
    ],
)
def test_what_does_not_belong_to_the_site_is_not_found(root: Path, path: str) -> None:
    status, _, body = ask(Site(root), path)
    assert status == 404
    assert b"not yours" not in body


def test_a_post_is_not_allowed(root: Path) -> None:
    assert ask(Site(root), "/", "POST")[0] == 405


def test_a_head_has_the_headers_and_no_body(root: Path) -> None:
    status, headers, body = ask(Site(root), "/static/page.mjs", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == (root / "static/page.mjs").stat().st_size


def test_text_is_compressed_for_who_accepts_it(root: Path) -> None:
    _, headers, body = ask(Site(root), "/static/page.mjs", Accept_Encoding="gzip, deflate")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == (root / "static/page.mjs").read_bytes()


def test_text_is_plain_for_who_does_not_accept_compression(root: Path) -> None:
    _, headers, body = ask(Site(root), "/static/page.mjs", Accept_Encoding="gzip;q=0")
    assert "Content-Encoding" not in headers
    assert body == (root / "static/page.mjs").read_bytes()


def test_a_ready_made_brotli_file_is_taken(root: Path) -> None:
    (root / "static/vendor/run.wasm.br").write_bytes(b"brotli")
    _, headers, body = ask(Site(root), "/static/vendor/run.wasm", Accept_Encoding="gzip, deflate, br, zstd")
    assert (headers["Content-Encoding"], headers["Content-Type"], body) == ("br", "application/wasm", b"brotli")


def test_a_compressed_file_older_than_its_source_is_not_taken(root: Path) -> None:
    twin = root / "static/vendor/run.wasm.br"
    twin.write_bytes(b"stale")
    source = (root / "static/vendor/run.wasm").stat()
    os.utime(twin, ns=(source.st_mtime_ns - 10**9, source.st_mtime_ns - 10**9))
    _, headers, _ = ask(Site(root), "/static/vendor/run.wasm", Accept_Encoding="br")
    assert "Content-Encoding" not in headers


def test_a_compressed_twin_is_no_file_of_the_site(root: Path) -> None:
    (root / "static/vendor/run.wasm.br").write_bytes(b"brotli")
    assert ask(Site(root), "/static/vendor/run.wasm.br")[0] == 404


def test_a_browser_that_has_the_file_is_told_so(root: Path) -> None:
    site = Site(root)
    tag = ask(site, "/static/page.mjs", Accept_Encoding="gzip")[1]["ETag"]
    status, headers, body = ask(site, "/static/page.mjs", Accept_Encoding="gzip", If_None_Match=tag)
    assert (status, body, headers["ETag"], headers["Cache-Control"]) == (304, b"", tag, "no-cache")


def test_a_file_that_changed_is_sent_anew(root: Path) -> None:
    site = Site(root)
    tag = ask(site, "/index.html")[1]["ETag"]
    (root / "index.html").write_text("<!doctype html><p>new")
    status, _, body = ask(site, "/index.html", If_None_Match=tag)
    assert (status, body) == (200, b"<!doctype html><p>new")


def test_each_encoding_has_an_entity_tag_of_its_own(root: Path) -> None:
    site = Site(root)
    assert ask(site, "/static/page.mjs")[1]["ETag"] != ask(site, "/static/page.mjs", Accept_Encoding="gzip")[1]["ETag"]


def test_an_overlay_stands_for_a_file(root: Path) -> None:
    site = Site(root, {"/pyscript.toml": lambda: b"[portolan]\n"})
    _, headers, body = ask(site, "/pyscript.toml")
    assert (headers["Content-Type"], body) == ("application/toml", b"[portolan]\n")


def test_a_busy_port_is_an_error_that_names_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--root", str(root)]) == 1
    assert f"port {port} on 127.0.0.1 is taken" in capsys.readouterr().err


def test_another_failure_to_listen_is_not_taken_for_a_busy_port(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object) -> None:
        raise OSError(errno.EACCES, "no")

    monkeypatch.setattr("tools.serve.web.TCPSite.start", refused)
    with pytest.raises(OSError, match="no") as error:
        asyncio.run(listen(make_app(Site(root)), 80))
    assert not isinstance(error.value, PortTaken)


def test_only_this_machine_can_connect(root: Path) -> None:
    async def addresses() -> list[str]:
        runner, _ = await listen(make_app(Site(root)), 0)
        try:
            return [address[0] for address in runner.addresses]
        finally:
            await runner.cleanup()

    assert asyncio.run(addresses()) == [LOOPBACK]
