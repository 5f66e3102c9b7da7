"""One file of a page of files: read once, kept, compared, downloaded."""

import pytest

from app.state import files_contents
from app.state.files_commands import safe_name
from app.state.files_model import FilesPage, FileView
from tests.unit.layers.layer_kit import info, link, noise, tar_of
from tests.unit.state.fake_files import BELOW, FILES, Registry, opened, see, two_layers
from tests.unit.state.fake_page import Tab

PLAIN = "application/vnd.oci.image.layer.v1.tar"


def file_of(registry: Registry, *hashes: str) -> FileView:
    found = opened(registry, *hashes).file
    assert found is not None
    return found


def text_of(view: FileView) -> bytes:
    assert view.content is not None, view
    return view.content.data


def test_a_file_is_read_by_one_request() -> None:
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data")
        before = len(registry.transport.requests)
        await tab.go(f"{FILES}/data/replaced.txt")
        file = tab.shown(FilesPage).file
        assert file is not None
        assert (file.phase, file.way, text_of(file)) == ("shown", "range", b"new text\n")
        assert len(registry.transport.requests) == before + 1
        await tab.go(f"{FILES}/data/replaced.txt?as=hex")
        assert len(registry.transport.requests) == before + 1

    see(registry, scene)


def test_a_file_of_a_plain_layer_is_asked_for_by_its_place() -> None:
    registry = Registry()
    registry.image(registry.layer(*BELOW, data=tar_of(*BELOW), mediaType=PLAIN))
    assert text_of(file_of(registry, f"{FILES}/data/kept.txt")) == b"kept\n"
    assert registry.asked()[-1][1] == "bytes=2048-"


def test_the_copy_in_a_lower_layer_is_shown_by_its_number() -> None:
    assert text_of(file_of(two_layers(), f"{FILES}/data/replaced.txt?layer=1")) == b"old\n"


def test_two_copies_are_held_against_each_other() -> None:
    view = file_of(two_layers(), f"{FILES}/data/replaced.txt?diff=1")
    assert view.against == 1
    assert view.diff is not None
    assert (view.diff.kind, view.diff.added, view.diff.removed) == ("lines", 1, 1)


@pytest.mark.parametrize("number", ["2", "9", "x", ""])
def test_what_is_no_other_copy_is_not_compared(number: str) -> None:
    view = file_of(two_layers(), f"{FILES}/data/kept.txt?diff={number}")
    assert (view.against, view.diff) == (None, None)


def test_a_hard_link_to_a_lower_layer_has_its_contents() -> None:
    registry = Registry()
    twin = info("data/twin", b"1", linkname="data/kept.txt")
    registry.image(registry.layer(*BELOW), registry.layer(twin))
    assert text_of(file_of(registry, f"{FILES}/data/twin")) == b"kept\n"


def test_a_hard_link_to_nothing_is_said() -> None:
    registry = Registry()
    registry.image(registry.layer(info("lost", b"1", linkname="nowhere")))
    view = file_of(registry, f"{FILES}/lost")
    assert (view.phase, view.trouble) == ("failed", "missing-link")


def test_a_link_has_no_contents_of_its_own_but_says_where_it_leads() -> None:
    page = opened(two_layers(), f"{FILES}/data/way")
    assert page.file is None
    assert page.details is not None
    assert page.details.resolved is not None
    assert page.details.resolved.path == "data/kept.txt"


def test_a_path_through_a_link_leads_to_the_file_behind_it() -> None:
    registry = Registry()
    registry.image(registry.layer(("usr/bin/tool", b"tool\n"), link("bin", "usr/bin")))
    page = opened(registry, f"{FILES}/bin/tool")
    assert page.via == "usr/bin/tool"
    assert page.file is not None
    assert text_of(page.file) == b"tool\n"


def test_a_file_that_costs_much_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_contents, "LARGE", 10)
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data/kept.txt")
        asked = tab.shown(FilesPage).file
        assert asked is not None
        assert (asked.phase, asked.content) == ("asked", None)
        assert asked.cost
        await tab.press("files-file")
        shown = tab.shown(FilesPage).file
        assert shown is not None
        assert text_of(shown) == b"kept\n"

    see(registry, scene)


def test_without_ranges_all_before_a_file_counts_and_it_is_read_all_the_same() -> None:
    registry = Registry(ranges=False)
    members = [(f"file{number:03}", noise(number, 2000)) for number in range(50)]
    registry.image(registry.layer(*members, data=tar_of(*members), mediaType=PLAIN))
    assert text_of(file_of(registry, f"{FILES}/file049")) == noise(49, 2000)


def test_a_download_is_all_of_the_file_under_a_harmless_name() -> None:
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data/kept.txt")
        await tab.press("files-download")
        assert tab.shell.downloads == [("kept.txt", b"kept\n", "application/octet-stream")]

    see(registry, scene)


def test_a_download_that_fails_is_said_and_the_file_stays() -> None:
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data/kept.txt")
        tab.controller.files().contents._files.clear()
        registry.gone.update(registry.blobs)
        await tab.press("files-download")
        file = tab.shown(FilesPage).file
        assert file is not None
        assert file.failure is not None
        assert file.failure.kind == "not-found"
        assert text_of(file) == b"kept\n"

    see(registry, scene)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("motd", "motd"),
        ("..", "file"),
        ("../../.bashrc", "_.._.bashrc"),
        ("a\u202egnp.exe", "a_gnp.exe"),
        ('"><img>', "___img_"),
        ("x" * 500, "x" * 120),
        (".profile", "profile"),
    ],
)
def test_no_system_reads_more_into_the_name_of_a_download(name: str, safe: str) -> None:
    assert safe_name(name) == safe
