import asyncio

import pytest

from app.client.endpoints import blob_url
from app.client.errors import BadAnswer, BadDigest
from app.oci.digest import digest_of
from app.state import blob_download
from app.state.blob_download import download, file_name
from app.state.blob_page import begin
from app.state.model import Blob
from app.state.route import parse_route
from tests.unit.fake_transport import FakeResponse
from tests.unit.state.fake_content import REGISTRY, REPOSITORY, TAGS, plan_image
from tests.unit.state.fake_page import FakeShell, Tab, play
from tests.unit.state.fake_work import FakeWork

CONTENT = bytes(range(256)) * 40
DIGEST = digest_of(CONTENT)


def run(content: bytes, **fields: object) -> tuple[FakeWork, FakeShell]:
    route = parse_route(f"{TAGS}/-/blob/{DIGEST}")
    page = begin(route)._replace(too_large=True, **fields)  # type: ignore[arg-type]
    work, saved = FakeWork(route, page), FakeShell()
    work.transport.on("GET", blob_url(REGISTRY, REPOSITORY, DIGEST), FakeResponse(200, content))
    asyncio.run(download(work, saved, "x"))
    return work, saved


def test_a_large_blob_is_offered_as_a_file_once_it_is_verified() -> None:
    work, saved = run(CONTENT)
    assert saved.downloads == [("x", CONTENT, "application/octet-stream")]
    received = [page.received for page in work.shown if isinstance(page, Blob)]
    assert (received[1], received[-1]) == (0, None)


def test_bytes_of_another_digest_are_offered_to_nobody() -> None:
    with pytest.raises(BadDigest):
        run(b"other")


def test_what_does_not_fit_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob_download, "LARGEST", 100)
    with pytest.raises(BadAnswer) as caught:
        run(CONTENT)
    assert caught.value.reason == "too-large"


def test_one_download_is_enough() -> None:
    work, saved = run(CONTENT, received=7)
    assert saved.downloads == []
    assert work.transport.requests == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("lights.csv", "lights.csv"),
        ("a/b/lights.csv", "lights.csv"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("../../.bashrc", "bashrc"),
        ("a\u202egpj.exe", "a_gpj.exe"),
        ("con:aux", "con_aux"),
        ("...", "file"),
        ("", "file"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_title_becomes_a_name_that_is_nothing_more(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_file_of_an_artifact_is_offered_under_its_own_name() -> None:
    async def scene(tab: Tab) -> None:
        plan_image(tab.transport, "1.0")
        tab.transport.on("GET", blob_url(REGISTRY, REPOSITORY, DIGEST), FakeResponse(200, CONTENT))
        await tab.start(f"{TAGS}:1.0")
        await tab.press("file-download", digest=str(DIGEST), name="a/lights.csv")
        await tab.press("file-download", digest="no digest", name="x")
        assert tab.shell.downloads == [("lights.csv", CONTENT, "application/octet-stream")]

    play(scene)


def test_a_large_blob_is_downloaded_from_its_page() -> None:
    async def scene(tab: Tab) -> None:
        tab.transport.on("GET", blob_url(REGISTRY, REPOSITORY, DIGEST), FakeResponse(200, CONTENT))
        await tab.start(f"{TAGS}/-/blob/{DIGEST}?size=9000000")
        await tab.press("download")
        assert [name for name, _, _ in tab.shell.downloads] == [f"app-{DIGEST.short}"]

    play(scene)
