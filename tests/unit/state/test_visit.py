import asyncio

import pytest

from app.ports.transport import Request
from app.state.doctor_model import DoctorPage
from app.state.model import Blob, Catalog, Landing, ManifestPage, Missing, Raw, SettingsPage, Tags
from app.state.route import LANDING, parse_route
from app.state.summary import is_read
from app.state.visit import first_page
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response, json_response
from tests.unit.state.fake_content import CATALOG_URL, HOME, TAGS, TAGS_URL, plan_catalog, plan_tags
from tests.unit.state.fake_page import Tab, names, nothing_there, play

DIGEST = "sha256:" + "a" * 64


class Gate:
    """An answer that waits until it is let through."""

    def __init__(self, response: FakeResponse) -> None:
        self.response = response
        self.opened: asyncio.Event | None = None

    async def __call__(self, request: Request) -> FakeResponse:
        self.opened = asyncio.Event()
        await self.opened.wait()
        return self.response.again()

    def open(self) -> None:
        assert self.opened is not None
        self.opened.set()


def gated_catalog() -> tuple[Tab, Gate]:
    tab, gate = Tab(FakeTransport(nothing_there)), Gate(json_response({"repositories": ["a", "b"]}))
    tab.transport.on("GET", CATALOG_URL, gate)
    plan_tags(tab.transport, ["1.0"])
    return tab, gate


def test_a_page_shows_its_frame_at_once_and_its_data_when_it_comes() -> None:
    tab, gate = gated_catalog()

    async def scene(tab: Tab) -> None:
        await tab.start()
        await tab.go(HOME)
        assert tab.facts() == ("registry", "loading", "")
        assert tab.shell.regions["context"].startswith("r.example")
        gate.open()
        await tab.settle()
        assert tab.facts() == ("registry", "shown", "")
        assert tab.rows() == ["a", "b"]

    play(scene, lambda: tab)


def test_leaving_a_page_aborts_its_requests() -> None:
    tab, _ = gated_catalog()

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.go(TAGS)
        assert [request.url for request in tab.transport.aborted] == [CATALOG_URL]
        assert tab.facts() == ("repository", "shown", "")
        assert tab.rows() == ["1.0"]

    play(scene, lambda: tab)


def test_of_two_quick_navigations_only_the_second_is_shown() -> None:
    tab, _ = gated_catalog()

    async def scene(tab: Tab) -> None:
        await tab.start()
        tab.leave_for(HOME)
        tab.leave_for(TAGS)
        await tab.settle()
        assert {commit.main.view for commit in tab.shell.commits[1:]} == {"repository"}
        assert {commit.nav for commit in tab.shell.commits[1:]} == {2}
        assert CATALOG_URL not in tab.transport.urls()

    play(scene, lambda: tab)


def test_an_answer_that_comes_after_its_page_was_left_changes_nothing() -> None:
    tab, gate = gated_catalog()

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        gate.open()
        # The answer is there, but the task that waits for it has not gone on yet.
        tab.leave_for("#/")
        await tab.settle()
        assert tab.facts() == ("landing", "idle", "")
        assert isinstance(tab.state.page, Landing)
        assert tab.state.settings.recents == ()

    play(scene, lambda: tab)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (error_response(404, "UNSUPPORTED"), "unsupported"),
        (error_response(405, "UNSUPPORTED"), "unsupported"),
        (error_response(403, "DENIED"), "denied"),
        (FakeResponse(401, b"{}"), "hidden"),
        (error_response(429, "TOOMANYREQUESTS"), "rate-limited"),
        (FakeResponse(200, fails="network"), "unreachable"),
        (FakeResponse(500), "bad-answer"),
        (FakeResponse(200, b"<html>", [("Content-Type", "text/html")]), "bad-answer"),
    ],
)
def test_a_catalog_that_cannot_be_read_fails_by_the_name_of_its_problem(answer: FakeResponse, problem: str) -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, answer)
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", problem)

    play(scene)


def test_tags_of_a_repository_that_is_not_there_are_not_found() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(TAGS)
        assert tab.facts() == ("repository", "failed", "not-found")

    play(scene)


def test_a_registry_that_does_not_answer_is_unreachable() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, "network")
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", "unreachable")

    play(scene)


def test_an_exception_that_nobody_foresaw_is_a_failed_page() -> None:
    def broken(request: Request) -> FakeResponse:
        raise KeyError("broken")

    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, broken)
        await tab.start(HOME)
        assert tab.facts() == ("registry", "failed", "bad-answer")

    play(scene)


def test_a_list_whose_second_page_fails_keeps_the_first() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a", "b"], "network")
        await tab.start(HOME)
        assert tab.facts() == ("registry", "partial", "unreachable")
        assert tab.rows() == ["a", "b"]

    play(scene)


def test_a_list_is_partial_while_more_of_it_is_coming() -> None:
    gate = Gate(json_response({"repositories": ["c"]}))

    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a", "b"], gate)
        await tab.start(HOME)
        assert tab.facts() == ("registry", "partial", "")
        gate.open()
        await tab.settle()
        assert tab.facts() == ("registry", "shown", "")
        assert [commit.mark for commit in tab.shell.commits if commit.mark] == ["first-data", "shown"]

    play(scene)


def test_a_commit_brings_two_hundred_rows_at_most() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, names("r", 900))
        await tab.start(HOME)
        await tab.press("more")
        await tab.see(0, 1, 9)
        assert len(tab.rows()) == 400
        for commit in tab.shell.commits:
            lines = [patch.html.splitlines() for patch in commit.patches if patch.region.startswith("rows-")]
            assert sum(map(len, lines)) <= 200

    play(scene)


def test_rows_are_rendered_as_the_last_ones_come_near() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, names("r", 900))
        await tab.start(HOME)
        await tab.see(0, 1)
        assert len(tab.rows()) == 200
        await tab.see(5, 6)
        assert tab.rows() == names("r", 300)

    play(scene)


def test_nothing_is_asked_for_rows_that_are_all_shown() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["a"])
        await tab.start(HOME)
        before = len(tab.shell.commits)
        await tab.see(0)
        assert len(tab.shell.commits) == before
        assert tab.transport.urls() == [CATALOG_URL]

    play(scene)


def test_starting_again_gives_the_attempt_under_way_up() -> None:
    tab, gate = gated_catalog()

    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        assert tab.controller.visit is not None
        tab.controller.visit.start()
        await tab.settle()
        assert len(tab.transport.aborted) == 1
        gate.open()
        await tab.settle()
        assert tab.facts() == ("registry", "shown", "")

    play(scene, lambda: tab)


def test_a_closed_visit_changes_nothing() -> None:
    async def scene(tab: Tab) -> None:
        plan_tags(tab.transport, ["1.0"])
        await tab.start(TAGS)
        visit = tab.controller.visit
        assert visit is not None
        before = tab.state
        visit.close()
        visit.show(Landing("x", None))
        visit.start()
        visit.near((0,))
        await tab.settle()
        assert tab.state == before
        assert tab.transport.urls() == [TAGS_URL]

    play(scene)


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("", Landing, False),
        ("r.example", Catalog, True),
        ("r.example/a", Tags, True),
        ("r.example/a:1", ManifestPage, True),
        ("r.example/a:1/-/raw", Raw, True),
        (f"r.example/a/-/blob/{DIGEST}", Blob, True),
        ("-/settings", SettingsPage, False),
        ("r.example/-/doctor", DoctorPage, True),
        ("-/doctor", DoctorPage, True),
        ("r.example/-/where", Missing, False),
    ],
)
def test_every_route_has_a_first_page(text: str, kind: type, read: bool) -> None:
    page = first_page(parse_route(text), can_keep=True, secure=True)
    assert type(page) is kind
    assert is_read(page) is read


def test_the_first_page_of_the_app_is_the_landing_page() -> None:
    assert first_page(LANDING, can_keep=True, secure=True) == Landing("", None)
