import pytest

from app.client.endpoints import blob_url
from app.oci.digest import digest_of
from app.state import compare_reading
from app.state.compare_files import Counted
from app.state.compare_model import ComparePage
from tests.unit.fake_transport import FakeTransport
from tests.unit.state.fake_content import REGISTRY
from tests.unit.state.fake_page import Tab, play
from tests.unit.state.test_compare_desk import BASE, OTHER, ROUTE, image, layer, tab

NEW = {"new.txt": b"new", "same.txt": b"other"}


def both(transport: FakeTransport) -> None:
    image(transport, REGISTRY, "1", layers=(BASE,))
    image(transport, OTHER, "2", layers=(BASE, NEW))


def test_files_of_both_are_read_and_compared_and_a_shared_layer_once() -> None:
    async def scene(tab: Tab) -> None:
        both(tab.transport)
        await tab.start(ROUTE)
        await tab.press("compare-files")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert files.done
        assert files.counted == Counted(1, 0, 1, 1)
        assert [(one.path, one.mark) for one in files.changes] == [("new.txt", "added"), ("same.txt", "changed")]
        shared = str(digest_of(layer(BASE)))
        assert len([url for url in tab.transport.urls() if url.endswith(shared)]) == 1

    play(scene, tab)


def test_one_file_is_compared_by_its_bytes_when_asked_for() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1", layers=({"a": b"one", "b": b"same"},))
        image(tab.transport, OTHER, "2", layers=({"a": b"two", "b": b"same", "c": b""},))
        await tab.start(ROUTE)
        await tab.press("compare-files")
        for path in ("a", "b", "none"):
            await tab.press("compare-file", path=path)
        files = tab.shown(ComparePage).files
        assert files is not None
        assert dict(files.contents) == {"a": "different", "b": "same", "none": "unreadable"}

    play(scene, tab)


def test_contents_of_files_that_are_alike_are_compared_by_themselves() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1", layers=({"version": b"1.0", "same": b"same"},))
        image(tab.transport, OTHER, "2", layers=({"version": b"2.0", "same": b"same", "more": b""},))
        await tab.start(ROUTE)
        await tab.press("compare-files")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert [(one.path, one.differs) for one in files.changes if one.mark == "changed"] == [
            ("version", ("content",))
        ]
        assert files.counted == Counted(1, 0, 1, 1)
        assert (files.checked, files.running) == (2, False)

    play(scene, tab)


def test_coming_back_to_a_result_it_is_begun_again_when_more_is_wanted() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1", layers=({"a": b"1.0"},))
        image(tab.transport, OTHER, "2", layers=({"a": b"2.0", "c": b""},))
        await tab.start(ROUTE)
        await tab.press("compare-files")
        await tab.go("")
        await tab.go(ROUTE)
        before = len(tab.transport.requests)
        await tab.press("compare-file", path="a")
        assert len(tab.transport.requests) > before
        files = tab.shown(ComparePage).files
        assert files is not None
        assert files.done

    play(scene, tab)


def test_very_many_are_compared_when_a_person_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_reading, "MOST_AT_ONCE", 1)

    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1", layers=({"a": b"1.0", "b": b"same"},))
        image(tab.transport, OTHER, "2", layers=({"a": b"2.0", "b": b"same", "c": b""},))
        await tab.start(ROUTE)
        await tab.press("compare-files")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert (files.counted.alike, files.checked) == (2, None)
        await tab.press("compare-contents")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert files.counted == Counted(1, 0, 1, 1)

    play(scene, tab)


def test_a_layer_that_is_gone_says_so_and_can_be_tried_again() -> None:
    async def scene(tab: Tab) -> None:
        both(tab.transport)
        del tab.transport._plans[("GET", blob_url(OTHER, "team/app", digest_of(layer(NEW))))]
        await tab.start(ROUTE)
        await tab.press("compare-files")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert (files.done, files.running, files.unread) == (False, False, 1)
        assert files.failure is not None

    play(scene, tab)
