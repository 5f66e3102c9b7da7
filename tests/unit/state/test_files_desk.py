"""Pages of files, from the manifest to the last line: what is read, kept, cancelled and gone on with."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.layers.limits import Limits
from app.ports.transport import Request
from app.state import files_reading
from app.state.files_model import FilesPage
from tests.unit.fake_transport import FakeResponse
from tests.unit.layers.layer_kit import noise, tar_of
from tests.unit.state.fake_content import HOME, REPOSITORY
from tests.unit.state.fake_files import ABOVE, BELOW, FILES, Registry, names, opened, see, two_layers
from tests.unit.state.fake_page import Tab


def test_a_folder_lists_what_a_container_sees_and_what_was_deleted() -> None:
    page = opened(two_layers(), f"{FILES}/data")
    assert names(page) == [
        "data/gone.txt deleted 2",
        "data/kept.txt",
        "data/replaced.txt replaces 1",
        "data/way",
    ]
    assert page.settled
    assert page.what == "folder"
    assert [(one.digest, one.diff_id) for one in page.layers] == [("ok", "ok")] * 2


def test_what_was_deleted_can_be_left_out() -> None:
    assert "data/gone.txt deleted 2" not in names(opened(two_layers(), f"{FILES}/data?deleted=no"))


def test_another_folder_of_the_same_image_costs_no_request() -> None:
    registry = two_layers()
    before: list[int] = []

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        before.append(len(registry.transport.requests))
        await tab.go(f"{FILES}/data")
        assert len(registry.transport.requests) == before[0]
        assert tab.facts() == ("files", "shown", "")

    see(registry, scene)


def test_one_layer_is_shown_by_what_it_did_and_those_above_are_not_read() -> None:
    registry = Registry()
    layers = [registry.layer(*BELOW), registry.layer(*ABOVE), registry.layer(("etc/late", b"late"))]
    registry.image(*layers)
    page = opened(registry, f"{FILES}/data?layer=2")
    assert names(page) == ["data/.wh.gone.txt removed", "data/replaced.txt changed"]
    assert page.summary is not None
    assert (page.summary.added, page.summary.changed, page.summary.removed) == (0, 1, 1)
    assert layers[2]["digest"] not in [digest for digest, _ in registry.asked()]
    assert page.settled


def test_a_layer_alone_is_read_by_its_digest() -> None:
    registry = two_layers()
    digest = [key for key in registry.blobs if registry.blobs[key][:1] != b"{"]
    page = opened(registry, f"{HOME}/{REPOSITORY}/-/layer/{digest[0]}/data")
    assert not page.whole
    assert names(page)[0] == "data/gone.txt"
    assert [one.diff_id for one in page.layers] == ["unknown"]


def test_a_layer_opened_from_its_manifest_knows_its_diff_id() -> None:
    registry = two_layers()
    digest = next(key for key in registry.blobs if registry.blobs[key][:1] != b"{")
    page = opened(registry, f"{HOME}/{REPOSITORY}:1/-/layer/{digest}")
    assert [(one.diff_id, one.ref.said) for one in page.layers] == [("ok", "COPY layer 1")]


def test_a_layer_that_is_not_there_fails_the_page_and_is_asked_for_again() -> None:
    registry = Registry()
    one = registry.layer(*BELOW)
    registry.image(one)
    registry.gone.add(one["digest"])

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        assert tab.facts() == ("files", "failed", "not-found")
        registry.gone.clear()
        await tab.press("retry")
        assert tab.facts() == ("files", "shown", "")

    see(registry, scene)


def test_one_missing_layer_leaves_the_others() -> None:
    registry = Registry()
    below, above = registry.layer(*BELOW), registry.layer(*ABOVE)
    registry.image(below, above)
    registry.gone.add(below["digest"])
    page = opened(registry, f"{FILES}/data")
    assert [one.phase for one in page.layers] == ["failed", "complete"]
    assert names(page) == ["data/replaced.txt"]


def test_a_damaged_layer_is_shown_and_said() -> None:
    registry = Registry()
    raw = tar_of(("motd", b"calm"))
    one = registry.layer(data=raw, mediaType="application/vnd.oci.image.layer.v1.tar")
    registry.image(one)
    registry.blobs[one["digest"]] = raw.replace(b"calm", b"gale")

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        assert tab.facts()[2] == "bad-digest"
        assert names(tab.shown(FilesPage)) == ["motd"]

    see(registry, scene)


def test_a_large_layer_is_asked_about_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_reading, "LARGE", 10)
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data")
        page = tab.shown(FilesPage)
        assert [one.phase for one in page.layers] == ["asked", "asked"]
        assert registry.asked() == []
        assert tab.facts() == ("files", "partial", "")
        await tab.press("files-read")
        assert tab.facts() == ("files", "shown", "")

    see(registry, scene)


def test_a_bomb_stops_at_a_limit_that_a_person_can_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_reading, "LIMITS", Limits(entries=2))
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data")
        page = tab.shown(FilesPage)
        assert [one.phase for one in page.layers] == ["limit", "limit"]
        assert page.total > 0
        assert tab.facts()[1] == "partial"
        assert "stopped at a limit" in tab.shell.regions["files-progress"]
        await tab.press("files-go-on")
        assert tab.facts() == ("files", "shown", "")

    see(registry, scene)


class Halting(FakeResponse):
    """A body whose second half never comes."""

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self.body[: len(self.body) // 2]
        await asyncio.Event().wait()


class Slow:
    """A registry that halts in the middle of a blob, the first time."""

    def __init__(self, registry: Registry, digest: str) -> None:
        self.halted = False
        self._digest = digest
        self._answer = registry.answer
        registry.transport._handler = self

    def __call__(self, request: Request) -> FakeResponse:
        answer = self._answer(request)
        if self._digest not in request.url or self.halted:
            return answer
        self.halted = True
        return Halting(200, answer.body)


def big_layer(registry: Registry) -> dict[str, object]:
    return registry.layer(*((f"many/file{number:04}", noise(number, 400)) for number in range(300)))


def test_cancelling_keeps_the_tree_so_far_and_going_on_asks_for_the_rest() -> None:
    registry = Registry()
    one = big_layer(registry)
    registry.image(one)
    slow = Slow(registry, str(one["digest"]))

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/many")
        assert tab.facts()[1] in ("partial", "loading")
        await tab.press("files-cancel")
        page = tab.shown(FilesPage)
        assert not page.running
        assert [each.phase for each in page.layers] == ["paused"]
        assert not page.settled
        await tab.press("files-go-on")
        assert tab.facts() == ("files", "shown", "")
        assert tab.shown(FilesPage).total == 300

    see(registry, scene)
    assert slow.halted
    assert [bool(each) for _, each in registry.asked()] == [False, True]


def test_leaving_stops_the_download_and_coming_back_goes_on() -> None:
    registry = Registry()
    one = big_layer(registry)
    registry.image(one)
    Slow(registry, str(one["digest"]))

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/many")
        await tab.go("#/-/settings")
        for _ in range(20):
            await asyncio.sleep(0)
        assert registry.transport.in_flight == 0
        await tab.go(f"{FILES}/many")
        assert tab.facts() == ("files", "shown", "")

    see(registry, scene)


def test_of_a_long_folder_two_hundred_lines_are_shown_and_more_as_they_come_near() -> None:
    registry = Registry()
    registry.image(big_layer(registry))

    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/many")
        page = tab.shown(FilesPage)
        assert (len(page.lines), page.total) == (200, 300)
        await tab.see(0, 1)
        assert len(tab.shown(FilesPage).lines) == 200
        await tab.see(6, 7)
        assert len(tab.shown(FilesPage).lines) == 300
        assert "file0299" in tab.shell.regions["rows-11"]

    see(registry, scene)


def test_somebody_else_starts_with_nothing_that_was_read() -> None:
    registry = two_layers()

    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        before = len(registry.asked())
        route = tab.state.route
        assert route.registry is not None
        tab.controller.connections.renew(route.registry)
        await tab.go(f"{FILES}/data")
        assert len(registry.asked()) == 2 * before

    see(registry, scene)
