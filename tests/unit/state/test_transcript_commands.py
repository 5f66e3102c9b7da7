import json

import pytest

from app.state.host_config import DEFAULT
from app.state.model import TranscriptPage
from tests.unit.fake_transport import FakeTransport
from tests.unit.state.fake_content import HOME
from tests.unit.state.fake_lab import Lab, lab_tab
from tests.unit.state.fake_page import Tab, play


def test_a_transcript_is_taken_away_as_har() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go(f"{HOME}/-/transcript")
        await tab.press("export-har")
        ((name, content, media_type),) = tab.shell.downloads
        assert (name, media_type) == ("transcript-r.example.har", "application/json")
        log = json.loads(content)["log"]
        assert log["creator"]["version"] == "1.0 · abc"
        assert [entry["response"]["status"] for entry in log["entries"]] == [401, 200, 200]

    play(scene, lambda: Tab(FakeTransport(Lab(is_open=True)), config=DEFAULT._replace(build="1.0 · abc")))


def test_a_transcript_is_taken_away_as_text() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go("#/-/transcript")
        await tab.press("export-text")
        ((name, content, media_type),) = tab.shell.downloads
        assert (name, media_type) == ("transcript.txt", "text/plain;charset=utf-8")
        assert "https://r.example: ok" in content.decode()

    play(scene, lab_tab(is_open=True))


def test_the_transcript_of_one_registry_leaves_out_the_others() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go("#/[::1]:5000/-/transcript")
        await tab.press("export-text")
        ((name, content, _),) = tab.shell.downloads
        assert name == "transcript-__1-5000.txt"
        assert b"r.example" not in content

    play(scene, lab_tab("basic"))


def test_a_transcript_is_cleared_for_its_registry_alone() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go("#/other.example")
        await tab.go(f"{HOME}/-/transcript")
        await tab.press("clear-transcript")
        assert tab.shown(TranscriptPage).groups == ()
        await tab.go("#/-/transcript")
        assert [group.registry.host for group in tab.shown(TranscriptPage).groups] == ["other.example"]
        await tab.press("clear-transcript")
        assert tab.shown(TranscriptPage).groups == ()

    play(scene, lab_tab("basic"))


@pytest.mark.parametrize("name", ["export-har", "export-text", "clear-transcript"])
def test_there_is_nothing_to_take_away_from_another_page(name: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.press(name)
        assert tab.shell.downloads == []
        await tab.go("#/-/transcript")
        assert len(tab.shown(TranscriptPage).groups) == 1

    play(scene, lab_tab("basic"))
